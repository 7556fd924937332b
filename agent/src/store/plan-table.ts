/** The only SQL about the plan: the one signed letter in force, as it came. */
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { Database } from './database.ts';

export const planTable = (database: Database) => ({
  load(): PlanLetter | undefined {
    const row = database.all('select body, signature from plan')[0];
    return row && { body: String(row['body']), signature: String(row['signature']) };
  },
  save: (letter: PlanLetter): void =>
    void database.run(
      'insert into plan (slot, body, signature) values (1, ?, ?) on conflict (slot) do update set body = excluded.body, signature = excluded.signature',
      letter.body,
      letter.signature,
    ),
});
export type PlanTable = ReturnType<typeof planTable>;
