/** Bars side by side, each with a solid part and a hatched one on top of it. */
import { scaleBand, scaleLinear } from 'd3-scale';
import css from './plot.module.css';

export interface Bar {
  readonly name: string;
  readonly solid: number;
  readonly hatched?: number;
}

const edge = { top: 10, right: 4, bottom: 26, left: 40 } as const;

/** @param labelled which names stand below: as many as have room @param width px @param height px */
export function Bars(props: {
  readonly bars: readonly Bar[];
  readonly labelled: (index: number) => boolean;
  readonly width: number;
  readonly height: number;
}) {
  const { bars, labelled, width, height } = props;
  const most = Math.max(1, ...bars.map(({ solid, hatched = 0 }) => solid + hatched));
  const y = scaleLinear([0, most], [height - edge.bottom, edge.top]).nice(4);
  const x = scaleBand(
    bars.map(({ name }) => name),
    [edge.left, width - edge.right],
  ).padding(0.22);
  const counts = y.ticks(4).filter(Number.isInteger);
  return (
    <>
      {counts.map((count) => (
        <g key={count}>
          <line className={css['grid']} x1={edge.left} x2={width - edge.right} y1={y(count)} y2={y(count)} />
          <text className={css['label']} x={edge.left - 8} y={y(count)} dy="0.35em" textAnchor="end">
            {count}
          </text>
        </g>
      ))}
      {bars.map(({ name, solid, hatched = 0 }, index) => {
        const at = { x: x(name) ?? 0, width: x.bandwidth() };
        return (
          <g key={name}>
            <rect {...at} className={css['solid']} y={y(solid)} height={y(0) - y(solid)} />
            {hatched > 0 ? (
              <rect {...at} className={css['hatched']} y={y(solid + hatched)} height={y(solid) - y(solid + hatched)} />
            ) : null}
            {labelled(index) ? (
              <text className={css['label']} x={at.x + at.width / 2} y={height - 8} textAnchor="middle">
                {name}
              </text>
            ) : null}
          </g>
        );
      })}
    </>
  );
}
