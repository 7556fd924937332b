/** The only SQL about installations: each as a whole, by its work order. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import type { Installation } from '../record/installation.ts';
import type { Db } from './database.ts';

/** What a unit does wrong while it is set up calls nobody; one that was left half done is no longer being set up. */
const longestSettingUp = hours(24);

export async function findInstallation(db: Db, order: string): Promise<Installation | undefined> {
  const row = await db.selectFrom('installations').select('body').where('work_order', '=', order).executeTakeFirst();
  return row && (JSON.parse(row.body) as Installation);
}

export async function saveInstallation(db: Db, one: Installation): Promise<void> {
  const { order, organisation, unit, pairedAt } = one.facts;
  const changing = { unit, state: one.state, paired_at: pairedAt, body: JSON.stringify(one) };
  await db
    .insertInto('installations')
    .values({ work_order: order, organisation, ...changing })
    .onConflict((conflict) => conflict.column('work_order').doUpdateSet(changing))
    .execute();
}

/** Of the order by which this unit is being set up. */
export async function openInstallationOf(db: Db, unit: UnitId): Promise<Installation | undefined> {
  const row = await db
    .selectFrom('installations')
    .select('body')
    .where('unit', '=', unit)
    .where('state', '!=', 'done')
    .orderBy('paired_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && (JSON.parse(row.body) as Installation);
}

/** Nobody is called for what goes wrong with them: somebody stands beside them. */
export async function isBeingSetUp(db: Db, unit: UnitId, now: Instant): Promise<boolean> {
  const rows = await db
    .selectFrom('installations')
    .select('body')
    .where('unit', '=', unit)
    .where('state', '!=', 'done')
    .where('paired_at', '>', after(now, milliseconds(-longestSettingUp)))
    .execute();
  return rows.some(setsUp);
}

/** No look of their plan can be made yet: they wait until they are ready. */
export async function notReadyUnits(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('installations').select(['unit', 'body']).where('state', '!=', 'done').execute();
  return new Set(rows.filter(setsUp).map(({ unit }) => unit));
}

/** With the work orders by which they were made: their records name homes and people. @returns how many */
export async function forgetInstallations(db: Db, orders: readonly string[]): Promise<number> {
  let many = 0;
  for (const order of orders) {
    const { numDeletedRows } = await db.deleteFrom('installations').where('work_order', '=', order).executeTakeFirst();
    many += Number(numDeletedRows);
  }
  return many;
}

/** One that is to be taken back looks after its home until it has been: a return that was begun and left hides nothing. */
const setsUp = ({ body }: { readonly body: string }): boolean =>
  (JSON.parse(body) as Installation).facts.kind !== 'return';
