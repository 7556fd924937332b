/** The only SQL about whether the bench has the unit's label: it stands beside what the label says, and goes with it. */
import type { Database } from './database.ts';

export const handedOverTable = (database: Database) => ({
  /** @returns the key of the bench that has it, base64url */
  find(): string | undefined {
    const row = database.all("select value from keys where name = 'label-handed-over'")[0];
    return row && String(row['value']);
  },
  /** Within the caller's transaction. */
  save: (benchKey: string): void =>
    void database.run("insert or replace into keys (name, value) values ('label-handed-over', ?)", benchKey),
});
