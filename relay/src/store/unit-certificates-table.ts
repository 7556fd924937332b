/** The only SQL about the certificates of units that were paired. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface UnitCertificate {
  /** Hexadecimal, small letters. */
  readonly serial: string;
  readonly unit: UnitId;
  /** SHA-256 of it, base64url. */
  readonly digest: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly cameAt?: Instant;
  readonly revokedAt?: Instant;
}

const read = (row: Tables['unit_certificates']): UnitCertificate => ({
  serial: row.serial,
  unit: row.unit as UnitId,
  digest: row.digest,
  from: row.from_at as Instant,
  until: row.until_at as Instant,
  ...(row.came_at !== null && { cameAt: row.came_at as Instant }),
  ...(row.revoked_at !== null && { revokedAt: row.revoked_at as Instant }),
});

export async function insertCertificate(db: Db, one: UnitCertificate): Promise<void> {
  const { serial, unit, digest, from, until } = one;
  const values = { serial, unit, digest, from_at: from, until_at: until, came_at: null, revoked_at: null };
  await db.insertInto('unit_certificates').values(values).execute();
}

export async function findCertificate(db: Db, serial: string): Promise<UnitCertificate | undefined> {
  const row = await db.selectFrom('unit_certificates').selectAll().where('serial', '=', serial).executeTakeFirst();
  return row && read(row);
}

export async function certificatesOf(db: Db, unit: UnitId): Promise<readonly UnitCertificate[]> {
  const rows = await db
    .selectFrom('unit_certificates')
    .selectAll()
    .where('unit', '=', unit)
    .where('revoked_at', 'is', null)
    .orderBy('from_at')
    .execute();
  return rows.map(read);
}

export async function certificateCame(db: Db, serial: string, at: Instant): Promise<void> {
  await db.updateTable('unit_certificates').set({ came_at: at }).where('serial', '=', serial).execute();
}

/** @param but those that go on */
export async function revokeCertificates(
  db: Db,
  unit: UnitId,
  at: Instant,
  but: readonly string[] = [],
): Promise<void> {
  await db
    .updateTable('unit_certificates')
    .set({ revoked_at: at })
    .where('unit', '=', unit)
    .where('revoked_at', 'is', null)
    .where('serial', 'not in', ['', ...but])
    .execute();
}
