/** One table of the printed night; empty cells are left wide enough to write in. */
import { useWords } from '../words/words.ts';
import css from './night.module.css';

export function PaperTable(props: {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  const { say } = useWords();
  const { title, heads, rows } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes focus (WCAG 2.1.1)
    <section aria-label={title} tabIndex={0}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{say('paper.none')}</p>
      ) : (
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
            {rows.map((cells) => (
              <tr key={cells.join('|')} data-testid="paper-row">
                {cells.map((cell, index) => (
                  <td key={heads[index]} {...(cell ? {} : { className: css['blank'] })}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
