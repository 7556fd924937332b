/** The only SQL about the plan: the one signed letter in force, as it came, and the one that takes its place when it begins. */
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { SignerLetter } from '@nattfrid/shared/wire/signer-letter';
import type { Database } from './database.ts';

export function planTable(database: Database) {
  const load = (table: 'plan' | 'next_plan'): PlanLetter | undefined => {
    const row = database.all(`select body, signature, signer from ${table}`)[0];
    if (!row) return undefined;
    const signer = row['signer'] === null ? undefined : SignerLetter.parse(JSON.parse(String(row['signer'])));
    return { body: String(row['body']), signature: String(row['signature']), ...(signer && { signer }) };
  };
  const save = (table: 'plan' | 'next_plan', letter: PlanLetter) =>
    database.run(
      `insert into ${table} (slot, body, signature, signer) values (1, ?, ?, ?)
       on conflict (slot) do update set body = excluded.body, signature = excluded.signature, signer = excluded.signer`,
      letter.body,
      letter.signature,
      letter.signer ? JSON.stringify(letter.signer) : null,
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
