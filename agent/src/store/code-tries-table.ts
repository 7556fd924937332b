/** The only SQL about how often the short code was tried: on the disk before it is compared. */
import type { Database } from './database.ts';

export interface CodeTries {
  /** Of which time that the machine was given power. */
  readonly boot: string;
  readonly tries: number;
  readonly inAll: number;
}

export const codeTriesTable = (database: Database) => ({
  find(): CodeTries | undefined {
    const row = database.all('select boot, tries, in_all from code_tries')[0];
    return row && { boot: String(row['boot']), tries: Number(row['tries']), inAll: Number(row['in_all']) };
  },
  save: ({ boot, tries, inAll }: CodeTries): void =>
    void database.run(
      'insert into code_tries (slot, boot, tries, in_all) values (1, ?, ?, ?) on conflict (slot) do update set boot = excluded.boot, tries = excluded.tries, in_all = excluded.in_all',
      boot,
      tries,
      inAll,
    ),
});
export type CodeTriesTable = ReturnType<typeof codeTriesTable>;
