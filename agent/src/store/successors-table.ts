/** The only SQL about keys that took the place of the municipality's: one for each that it had, written down once and never changed. */
import { SuccessorLetter } from '@nattfrid/shared/wire/signer-letter';
import type { Database } from './database.ts';

export const successorsTable = (database: Database) => ({
  all: (): readonly SuccessorLetter[] =>
    database.all('select body from successors').flatMap(({ body }) => {
      const read = SuccessorLetter.safeParse(JSON.parse(String(body)));
      return read.success ? [read.data] : [];
    }),
  add: (letter: SuccessorLetter): void =>
    void database.run(
      'insert into successors (old, body) values (?, ?) on conflict (old) do nothing',
      letter.old,
      JSON.stringify(letter),
    ),
});
export type SuccessorsTable = ReturnType<typeof successorsTable>;
