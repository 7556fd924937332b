/** The only SQL about halts: the stop and the pauses that the unit has been told of, and the darkness whose end is not written yet. */
import type { Database } from './database.ts';

export function haltTable(database: Database) {
  const load = (name: string): string | undefined => {
    const row = database.all('select body from halts where name = ?', name)[0];
    return row && String(row['body']);
  };
  return {
    /** JSON; undefined: it has never been told of any. */
    load: () => load('told'),
    save: (body: string): void =>
      void database.run(
        "insert into halts (name, body) values ('told', ?) on conflict (name) do update set body = excluded.body",
        body,
      ),
    /** JSON of why it was dark and since when, from the line of its beginning to that of its end. */
    loadDark: () => load('dark'),
    saveDark(body: string | undefined): void {
      database.run("delete from halts where name = 'dark'");
      if (body !== undefined) database.run("insert into halts (name, body) values ('dark', ?)", body);
    },
    /** All or nothing, on the disk when it returns. */
    transaction: <Result>(work: () => Result): Result => database.transaction(work),
  };
}
export type HaltTable = ReturnType<typeof haltTable>;
