/** The only SQL about organisations and the agreements between them. */
import { Agreement, type OrganisationView } from '@nattfrid/shared/desk/agreement';
import { type Instant, instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

const read = (row: Tables['agreements']): Agreement => ({
  agreement: row.agreement,
  municipality: row.municipality,
  operator: row.operator,
  what: Agreement.unwrap().shape.what.parse(JSON.parse(row.what)),
  ...(row.hours_from && row.hours_to && { hours: { from: row.hours_from, to: row.hours_to } }),
  from: printInstant(instant(row.valid_from)),
  ...(row.valid_until !== null && { until: printInstant(instant(row.valid_until)) }),
  ...(row.ended_at !== null && { endedAt: printInstant(instant(row.ended_at)) }),
});

export async function allAgreements(db: Db): Promise<readonly Agreement[]> {
  return (await db.selectFrom('agreements').selectAll().orderBy('valid_from').execute()).map(read);
}

export async function findAgreement(db: Db, agreement: string): Promise<Agreement | undefined> {
  const row = await db.selectFrom('agreements').selectAll().where('agreement', '=', agreement).executeTakeFirst();
  return row && read(row);
}

export async function insertAgreement(db: Db, one: Agreement): Promise<void> {
  await db
    .insertInto('agreements')
    .values({
      agreement: one.agreement,
      municipality: one.municipality,
      operator: one.operator,
      what: JSON.stringify(one.what),
      hours_from: one.hours?.from ?? null,
      hours_to: one.hours?.to ?? null,
      valid_from: parseInstant(one.from),
      valid_until: one.until === undefined ? null : parseInstant(one.until),
      ended_at: null,
    })
    .execute();
}

export async function endAgreement(db: Db, agreement: string, at: Instant): Promise<void> {
  await db.updateTable('agreements').set({ ended_at: at }).where('agreement', '=', agreement).execute();
}

export async function allOrganisations(db: Db): Promise<readonly OrganisationView[]> {
  return db.selectFrom('organisations').select(['organisation', 'name', 'kind']).orderBy('name').execute();
}

export async function insertOrganisation(db: Db, one: OrganisationView, addedAt: Instant): Promise<void> {
  await db
    .insertInto('organisations')
    .values({ ...one, added_at: addedAt })
    .execute();
}
