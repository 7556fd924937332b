/** The only SQL about the plan: the one signed letter in force, as it came, and the one that takes its place when it begins. */
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { Database } from './database.ts';

export function planTable(database: Database) {
  const load = (table: 'plan' | 'next_plan'): PlanLetter | undefined => {
    const row = database.all(`select body, signature from ${table}`)[0];
    return row && { body: String(row['body']), signature: String(row['signature']) };
  };
  const save = (table: 'plan' | 'next_plan', letter: PlanLetter) =>
    database.run(
      `insert into ${table} (slot, body, signature) values (1, ?, ?) on conflict (slot) do update set body = excluded.body, signature = excluded.signature`,
      letter.body,
      letter.signature,
    );
  return {
    load: () => load('plan'),
    loadNext: () => load('next_plan'),
    /** None is to follow it. */
    save: (letter: PlanLetter): void =>
      database.transaction(() => {
        save('plan', letter);
        database.run('delete from next_plan');
      }),
    saveNext: (letter: PlanLetter): void => void save('next_plan', letter),
  };
}
export type PlanTable = ReturnType<typeof planTable>;
