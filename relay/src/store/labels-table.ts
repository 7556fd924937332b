/** The only SQL about the labels of units in stock, and about what units have signed when they were wiped. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { WipeCertificate } from '@nattfrid/shared/seal/wipe';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export interface StockedLabel {
  readonly unit: UnitId;
  readonly organisation: Organisation;
  /** Of the stock. */
  readonly item: string;
  /** Ed25519, base64url. */
  readonly publicKey: string;
  /** SHA-256 of the door key, base64url. */
  readonly doorHash: string;
  readonly addedAt: Instant;
}

export async function findLabel(db: Db, unit: UnitId): Promise<StockedLabel | undefined> {
  const row = await db.selectFrom('labels').selectAll().where('unit', '=', unit).executeTakeFirst();
  return (
    row && {
      unit,
      organisation: row.organisation as Organisation,
      item: row.item,
      publicKey: row.public_key,
      doorHash: row.door_hash,
      addedAt: row.added_at as Instant,
    }
  );
}

/** One of the same item takes its place: it has been wiped with its label. */
export async function insertLabel(db: Db, one: StockedLabel): Promise<void> {
  await db.deleteFrom('labels').where('item', '=', one.item).execute();
  await db
    .insertInto('labels')
    .values({
      unit: one.unit,
      organisation: one.organisation,
      item: one.item,
      public_key: one.publicKey,
      door_hash: one.doorHash,
      added_at: one.addedAt,
    })
    .execute();
}

export async function insertWipe(db: Db, organisation: Organisation, one: WipeCertificate): Promise<void> {
  const values = { unit: one.unit, organisation, at: parseInstant(one.at), body: JSON.stringify(one) };
  await db
    .insertInto('wipes')
    .values(values)
    .onConflict((conflict) => conflict.columns(['unit', 'at']).doNothing())
    .execute();
}

export async function wipesOf(db: Db, unit: UnitId): Promise<readonly WipeCertificate[]> {
  const rows = await db.selectFrom('wipes').select('body').where('unit', '=', unit).orderBy('at').execute();
  return rows.map(({ body }) => JSON.parse(body) as WipeCertificate);
}
