/** The only SQL about the editions of clients' plans; each form is sealed, and goes through here as it is. */
import type { CarePlanId, ClientId } from '@nattfrid/shared/domain/ids';
import type { KnownCarePlan } from '../record/care-plan.ts';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface CarePlanRow {
  readonly plan: KnownCarePlan;
  /** The form, sealed; undefined: erased. */
  readonly body: string | undefined;
  readonly fromDay: string;
  readonly untilDay: string;
}

const read = (row: Tables['care_plans']): CarePlanRow => ({
  plan: JSON.parse(row.record) as KnownCarePlan,
  body: row.body ?? undefined,
  fromDay: row.from_day,
  untilDay: row.until_day,
});

/** A draft that is drafted anew is written over: what was signed never is. */
export async function saveCarePlan(db: Db, { plan, body, fromDay, untilDay }: CarePlanRow): Promise<void> {
  const { carePlan, client, edition } = plan.facts;
  const row = {
    edition,
    state: plan.name,
    from_day: fromDay,
    until_day: untilDay,
    body: body ?? null,
    record: JSON.stringify(plan),
  };
  await db
    .insertInto('care_plans')
    .values({ care_plan: carePlan, client, ...row })
    .onConflict((conflict) => conflict.column('care_plan').doUpdateSet(row))
    .execute();
}

/** The newest edition first. */
export async function carePlansOf(db: Db, client: ClientId): Promise<readonly CarePlanRow[]> {
  const rows = await db
    .selectFrom('care_plans')
    .selectAll()
    .where('client', '=', client)
    .orderBy('edition', 'desc')
    .execute();
  return rows.map(read);
}

export async function findCarePlan(db: Db, carePlan: CarePlanId): Promise<CarePlanRow | undefined> {
  const row = await db.selectFrom('care_plans').selectAll().where('care_plan', '=', carePlan).executeTakeFirst();
  return row && read(row);
}

/** Those that time, or what a unit says, may change. */
export async function carePlansOn(db: Db): Promise<readonly CarePlanRow[]> {
  const rows = await db.selectFrom('care_plans').selectAll().where('state', 'in', ['signed', 'in-force']).execute();
  return rows.map(read);
}

/** All that have ever been signed. */
export async function carePlansSigned(db: Db): Promise<readonly CarePlanRow[]> {
  const rows = await db
    .selectFrom('care_plans')
    .selectAll()
    .where('state', 'in', ['signed', 'in-force', 'ended'])
    .orderBy('from_day')
    .execute();
  return rows.map(read);
}
