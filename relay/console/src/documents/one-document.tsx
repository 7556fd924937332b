/** A document as it is printed: dark letters on white paper, also where the screen is dark. */

import { QrCode } from '../parts/qr-code.tsx';
import type { Document, Section } from './document.ts';
import css from './documents.module.css';

export const OneDocument = ({ document: { title, isSign, sections } }: { document: Document }) => (
  <article className={css['paper']} data-sign={isSign ?? false} data-testid="document">
    <h2>{title}</h2>
    {sections.map((section, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a section is its place in the document
      <OneSection key={index} section={section} />
    ))}
  </article>
);

function OneSection({ section }: { section: Section }) {
  return (
    <section>
      {section.heading ? <h3>{section.heading}</h3> : null}
      {'text' in section ? <p>{section.text}</p> : null}
      {'qr' in section ? (
        <figure>
          <QrCode text={section.qr} label={section.words} />
          <figcaption>{section.words}</figcaption>
        </figure>
      ) : null}
      {'items' in section ? (
        <ul>
          {section.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      ) : null}
      {'rows' in section ? (
        <table>
          <thead>
            <tr>
              {section.heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {section.rows.map((row) => (
              <tr key={row.join()}>
                {row.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
