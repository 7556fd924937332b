/** Two shares that grow with time, as steps: one drawn through, one dashed, each with its name at its end. */
import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import css from './plot.module.css';

/** @param at minutes @param share in [0, 1] */
export interface Share {
  readonly at: number;
  readonly share: number;
}

const edge = { top: 26, right: 26, bottom: 28, left: 46 } as const;

/** @param names of the first and the second @param width px @param height px */
export function Shares(props: {
  readonly first: readonly Share[];
  readonly second: readonly Share[];
  readonly names: readonly [string, string];
  /** «%» and «min» behind the figures. */
  readonly units: readonly [string, string];
  readonly width: number;
  readonly height: number;
}) {
  const { first, second, names, units, width, height } = props;
  const end = Math.max(1, ...[...first, ...second].map(({ at }) => at));
  const x = scaleLinear([0, end], [edge.left, width - edge.right]);
  const y = scaleLinear([0, 1], [height - edge.bottom, edge.top]);
  const path = line<Share>(
    ({ at }) => x(at),
    ({ share }) => y(share),
  ).curve(curveStepAfter);
  return (
    <>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line className={css['grid']} x1={edge.left} x2={width - edge.right} y1={y(share)} y2={y(share)} />
          <text className={css['label']} x={edge.left - 8} y={y(share)} dy="0.35em" textAnchor="end">
            {Math.round(share * 100)} {units[0]}
          </text>
        </g>
      ))}
      {x.ticks(width < 480 ? 3 : 6).map((at) => (
        <text key={at} className={css['label']} x={x(at)} y={height - 8} textAnchor="middle">
          {at} {units[1]}
        </text>
      ))}
      <path className={css['through']} d={path([{ at: 0, share: 0 }, ...first]) ?? ''} />
      <path className={css['dashed']} d={path([{ at: 0, share: 0 }, ...second]) ?? ''} />
      {[first, second].map((shares, index) => {
        const last = shares.at(-1);
        if (!last) return null;
        // Above the first, and below the last stretch of the second, which ends with a step up.
        const above = index === 0;
        const level = above ? last.share : (shares.at(-2) ?? last).share;
        return (
          <text
            key={names[index]}
            className={css['name']}
            x={width - edge.right}
            y={y(level) + (above ? -8 : 18)}
            textAnchor="end"
          >
            {names[index]}
          </text>
        );
      })}
    </>
  );
}
