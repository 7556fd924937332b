/** What the engines say in different words of SQL: each says it in one file, and whoever needs it asks `wordsOf`. */
import type { RawBuilder } from 'kysely';
import type { AnyDb } from '../engine/engine.ts';

/** As it stands in the table: texts and numbers. */
export type Row = Readonly<Record<string, string | number | null>>;

export interface Words {
  /** A text at the top of a JSON object in a column of text; null where there is none. */
  jsonText(column: string, name: string): RawBuilder<string | null>;
  /** Whether a column holds a text somewhere, capitals as they are. */
  holds(column: string, text: string): RawBuilder<boolean>;
  /** Whether there is such a table. */
  hasTable(db: AnyDb, table: string): Promise<boolean>;
  /** All rows of a table in a transaction, so many at once: never all of them in memory. */
  pages(tx: AnyDb, table: string, columns: readonly string[], many: number): AsyncIterable<readonly Row[]>;
}
