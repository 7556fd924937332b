/** The only SQL about plans: every version that was ever sent, exactly as it was signed. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { SignerLetter } from '@nattfrid/shared/wire/signer-letter';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface PlanRow {
  readonly unit: UnitId;
  readonly version: number;
  readonly plan: string;
  readonly municipality: string;
  readonly letter: PlanLetter;
  readonly receivedAt: Instant;
  readonly taken: boolean;
}

const read = (row: Tables['plans']): PlanRow => ({
  unit: row.unit as UnitId,
  version: row.version,
  plan: row.plan,
  municipality: row.municipality,
  letter: {
    body: row.body,
    signature: row.signature,
    ...(row.signer !== null && { signer: SignerLetter.parse(JSON.parse(row.signer)) }),
  },
  receivedAt: row.received_at as Instant,
  taken: row.taken_at !== null,
});

export async function insertPlan(db: Db, row: Omit<PlanRow, 'taken'>): Promise<void> {
  await db
    .insertInto('plans')
    .values({
      unit: row.unit,
      version: row.version,
      plan: row.plan,
      municipality: row.municipality,
      body: row.letter.body,
      signature: row.letter.signature,
      signer: row.letter.signer ? JSON.stringify(row.letter.signer) : null,
      received_at: row.receivedAt,
      taken_at: null,
    })
    .execute();
}

/** The one with the highest version. */
export async function newestPlan(db: Db, unit: UnitId): Promise<PlanRow | undefined> {
  const row = await db
    .selectFrom('plans')
    .selectAll()
    .where('unit', '=', unit)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && read(row);
}

/** The newest of each unit. */
export async function newestPlans(db: Db): Promise<readonly PlanRow[]> {
  const rows = await db
    .selectFrom('plans as one')
    .selectAll()
    .where((where) =>
      where('version', '=', (of) =>
        of
          .selectFrom('plans as other')
          .select((select) => select.fn.max('other.version').as('newest'))
          .whereRef('other.unit', '=', 'one.unit'),
      ),
    )
    .execute();
  return rows.map(read);
}

export async function markPlanTaken(db: Db, unit: UnitId, version: number, at: Instant): Promise<void> {
  await db
    .updateTable('plans')
    .set({ taken_at: at })
    .where('unit', '=', unit)
    .where('version', '=', version)
    .where('taken_at', 'is', null)
    .execute();
}

/** Another unit has taken the place of the one that had them. */
export async function plansNotTaken(db: Db, unit: UnitId): Promise<void> {
  await db.updateTable('plans').set({ taken_at: null }).where('unit', '=', unit).execute();
}

export async function deletePlans(db: Db, unit: UnitId): Promise<void> {
  await db.deleteFrom('plans').where('unit', '=', unit).execute();
}
