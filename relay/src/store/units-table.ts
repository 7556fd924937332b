/** The only SQL about units. */
import { firstOrganisation, type Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Announce } from '@nattfrid/shared/wire/announce';
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import type { Presence } from '../record/presence.ts';
import type { Trouble } from '../record/trouble.ts';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface UnitRow {
  readonly unit: UnitId;
  readonly organisation: Organisation;
  readonly client: ClientAlias;
  readonly place?: string;
  /** The one whose key has signed for it: no other can. */
  readonly municipality?: string;
  /** Ed25519, base64url. */
  readonly publicKey: string;
  /** It comes in by a certificate. */
  readonly isPaired?: true;
  readonly pairedAt?: Instant;
  readonly presence: Presence;
  readonly vitals?: Vitals;
  readonly announced?: Announce;
  readonly trouble: Trouble;
}

/** What its token is checked against; the token itself is nowhere. */
export interface StoredToken {
  readonly salt: string;
  readonly hash: string;
}

function read(row: Tables['units']): UnitRow {
  return {
    unit: row.unit as UnitId,
    organisation: row.organisation ?? firstOrganisation,
    client: row.client as ClientAlias,
    ...(row.place !== null && { place: row.place }),
    ...(row.municipality !== null && { municipality: row.municipality }),
    publicKey: row.public_key,
    ...(row.paired_at !== null && { isPaired: true, pairedAt: row.paired_at as Instant }),
    presence: presenceIn(row),
    ...(row.vitals && { vitals: JSON.parse(row.vitals) as Vitals }),
    ...(row.announced && { announced: JSON.parse(row.announced) as Announce }),
    trouble: troubleIn(row),
  };
}

const presenceIn = ({ presence, heard_at }: Pick<Tables['units'], 'presence' | 'heard_at'>): Presence =>
  presence === 'expected' || heard_at === null
    ? { name: 'expected' }
    : { name: presence, heardAt: heard_at as Instant };

const troubleIn = ({ trouble }: Pick<Tables['units'], 'trouble'>): Trouble =>
  trouble ? (JSON.parse(trouble) as Trouble) : {};

export async function insertUnit(
  db: Db,
  unit: {
    readonly unit: UnitId;
    readonly client: ClientAlias;
    readonly place: string | undefined;
    readonly publicKey: string;
    readonly addedAt: Instant;
    readonly organisation: Organisation;
    /** By its label: no token opens anything for it. */
    readonly pairedAt?: Instant;
  },
  token: StoredToken,
): Promise<void> {
  await db
    .insertInto('units')
    .values({
      unit: unit.unit,
      client: unit.client,
      place: unit.place ?? null,
      municipality: null,
      public_key: unit.publicKey,
      token_salt: token.salt,
      token_hash: token.hash,
      presence: 'expected',
      heard_at: null,
      vitals: null,
      announced: null,
      trouble: null,
      added_at: unit.addedAt,
      organisation: unit.organisation,
      paired_at: unit.pairedAt ?? null,
    })
    .execute();
  const { unit: name, organisation } = unit;
  await db
    .insertInto('unit_organisations')
    .values({ unit: name, organisation })
    .onConflict((conflict) => conflict.column('unit').doUpdateSet({ organisation }))
    .execute();
}

/** Whose each unit is; those that have been taken out as well. */
export async function unitOrganisations(db: Db): Promise<ReadonlyMap<string, Organisation>> {
  const rows = await db.selectFrom('unit_organisations').selectAll().execute();
  return new Map(rows.map(({ unit, organisation }) => [unit, organisation]));
}

export async function unitOrganisation(db: Db, unit: string): Promise<Organisation | undefined> {
  const row = await db
    .selectFrom('unit_organisations')
    .select('organisation')
    .where('unit', '=', unit)
    .executeTakeFirst();
  return row?.organisation;
}

export async function findUnit(db: Db, unit: UnitId): Promise<UnitRow | undefined> {
  const row = await db.selectFrom('units').selectAll().where('unit', '=', unit).executeTakeFirst();
  return row && read(row);
}

/** What must be known of each to count its silence: read each second, so without what it says of itself. */
export type Listened = Pick<UnitRow, 'unit' | 'client' | 'presence' | 'trouble'>;

export async function listenedUnits(db: Db): Promise<readonly Listened[]> {
  const rows = await db.selectFrom('units').select(['unit', 'client', 'presence', 'heard_at', 'trouble']).execute();
  return rows.map((row) => ({
    unit: row.unit as UnitId,
    client: row.client as ClientAlias,
    presence: presenceIn(row),
    trouble: troubleIn(row),
  }));
}

export async function allUnits(db: Db): Promise<readonly UnitRow[]> {
  return (await db.selectFrom('units').selectAll().orderBy('unit').execute()).map(read);
}

/** Those that are in one home. */
export async function unitsOfClient(db: Db, client: ClientAlias): Promise<readonly UnitRow[]> {
  return (await db.selectFrom('units').selectAll().where('client', '=', client).orderBy('unit').execute()).map(read);
}

export async function findToken(db: Db, unit: UnitId): Promise<StoredToken | undefined> {
  const row = await db
    .selectFrom('units')
    .select(['token_salt', 'token_hash'])
    .where('unit', '=', unit)
    .where('paired_at', 'is', null)
    .executeTakeFirst();
  return row && { salt: row.token_salt, hash: row.token_hash };
}

/** Only what is given changes. */
export async function updateUnit(
  db: Db,
  unit: UnitId,
  change: {
    readonly presence?: Presence;
    readonly vitals?: Vitals;
    readonly announced?: Announce;
    readonly municipality?: string;
    readonly trouble?: Trouble;
  },
): Promise<void> {
  const { presence, vitals, announced, municipality, trouble } = change;
  await db
    .updateTable('units')
    .set({
      ...(presence && { presence: presence.name, heard_at: presence.name === 'expected' ? null : presence.heardAt }),
      ...(vitals && { vitals: JSON.stringify(vitals) }),
      ...(announced && { announced: JSON.stringify(announced) }),
      ...(municipality !== undefined && { municipality }),
      ...(trouble && { trouble: JSON.stringify(trouble) }),
    })
    .where('unit', '=', unit)
    .execute();
}

/** What opens for each unit now, and its key: either is another one once it has been made anew. */
export interface UnitCredential {
  /** The stored hash of its token; of a unit that was paired its certificates that are neither over nor revoked. */
  readonly credentials: ReadonlySet<string>;
  readonly publicKey: string;
}

export async function unitCredentials(db: Db, now: Instant): Promise<ReadonlyMap<UnitId, UnitCredential>> {
  const rows = await db.selectFrom('units').select(['unit', 'token_hash', 'public_key', 'paired_at']).execute();
  const certificates = await db
    .selectFrom('unit_certificates')
    .select(['unit', 'serial'])
    .where('revoked_at', 'is', null)
    .where('until_at', '>', now)
    .execute();
  const serialsOf = Map.groupBy(certificates, ({ unit }) => unit);
  return new Map(
    rows.map((row) => {
      const serials = (serialsOf.get(row.unit) ?? []).map(({ serial }) => certificateCredential(serial));
      const credentials = new Set(row.paired_at === null ? [row.token_hash] : serials);
      return [row.unit as UnitId, { credentials, publicKey: row.public_key }] as const;
    }),
  );
}

/** How a certificate is called among the credentials. */
export const certificateCredential = (serial: string): string => `certificate ${serial}`;

export async function updateToken(db: Db, unit: UnitId, { salt, hash }: StoredToken): Promise<void> {
  await db.updateTable('units').set({ token_salt: salt, token_hash: hash }).where('unit', '=', unit).execute();
}

/** Another one in its place, of which nothing has been heard yet. */
export async function exchangeUnit(db: Db, unit: UnitId, publicKey: string, token: StoredToken): Promise<void> {
  await updateToken(db, unit, token);
  await db
    .updateTable('units')
    .set({
      public_key: publicKey,
      paired_at: null,
      presence: 'expected',
      heard_at: null,
      vitals: null,
      announced: null,
      trouble: null,
    })
    .where('unit', '=', unit)
    .execute();
}

export async function deleteUnit(db: Db, unit: UnitId): Promise<void> {
  await db
    .updateTable('unit_certificates')
    .set({ revoked_at: 0 })
    .where('unit', '=', unit)
    .where('revoked_at', 'is', null)
    .execute();
  await db.deleteFrom('units').where('unit', '=', unit).execute();
}
