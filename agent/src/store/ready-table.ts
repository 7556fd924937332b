/** The only SQL about whether a unit that was paired by its label is ready: one row, and none in a unit that was made by hand. */
import type { Database } from './database.ts';

export const readyTable = (database: Database) => ({
  /** JSON; undefined: it was never paired by a label. */
  load(): string | undefined {
    const row = database.all('select body from ready where slot = 1')[0];
    return row && String(row['body']);
  },
  save: (body: string): void =>
    void database.run(
      'insert into ready (slot, body) values (1, ?) on conflict (slot) do update set body = excluded.body',
      body,
    ),
});
export type ReadyTable = ReturnType<typeof readyTable>;
