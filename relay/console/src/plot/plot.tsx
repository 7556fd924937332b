/** Around every plot: what it shows in a sentence, what its marks mean, and the same figures as a table. */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.ts';
import css from './plot.module.css';

/** How a mark looks: by its pattern as well as by its colour. */
export type Mark = 'solid' | 'hatched';

export function Plot(props: {
  readonly title: string;
  /** What a person would read out of it. */
  readonly says: string;
  /** px */
  readonly height: number;
  readonly legend?: readonly { readonly mark: Mark; readonly words: string }[];
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** @param width px of the place that there is */
  readonly draw: (width: number) => ReactNode;
  readonly 'data-testid'?: string;
}) {
  const { say } = useWords();
  const { title, says, height, legend = [], heads, rows, draw } = props;
  const [place, width] = useWidth();
  return (
    <figure className={css['plot']} data-testid={props['data-testid']}>
      <figcaption>
        <b>{title}</b>
        <span>{says}</span>
      </figcaption>
      {legend.length > 0 ? (
        <ul className={css['legend']}>
          {legend.map(({ mark, words }) => (
            <li key={words}>
              <svg width="22" height="14" aria-hidden="true">
                <Hatching />
                <rect width="22" height="14" className={css[mark]} />
              </svg>
              {words}
            </li>
          ))}
        </ul>
      ) : null}
      <div ref={place}>
        {width > 0 ? (
          <svg width={width} height={height} role="img" aria-label={`${title}. ${says}`}>
            <Hatching />
            {draw(width)}
          </svg>
        ) : null}
      </div>
      <details>
        <summary>{say('plot.asTable')}</summary>
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...rest]) => (
              <tr key={first}>
                <th scope="row">{first}</th>
                {rest.map((cell, index) => (
                  <td key={heads[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** The pattern of what is hatched; each drawing needs its own. */
const Hatching = () => (
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" className={css['hatchGround']} />
      <rect width="2.5" height="6" className={css['hatchLine']} />
    </pattern>
  </defs>
);

function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!place.current) return;
    const seen = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    seen.observe(place.current);
    setWidth(Math.floor(place.current.clientWidth));
    return () => seen.disconnect();
  }, []);
  return [place, width] as const;
}
