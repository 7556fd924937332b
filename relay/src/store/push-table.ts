/** The only SQL about Web Push: the devices, what waits for them, what was forgotten, and the relay's own key. */
import type { Subscription } from '@nattfrid/shared/desk/push-routes';
import type { ForgottenDevice } from '@nattfrid/shared/desk/push-view';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface DeviceRow {
  readonly device: string;
  readonly operator: string;
  readonly session: string;
  readonly organisation: string;
  readonly subscription: Subscription;
  readonly label: string;
  readonly language: 'sv' | 'en';
  readonly since: Instant;
  readonly deliveredAt: Instant | undefined;
  readonly failingSince: Instant | undefined;
}

/** A device whose session goes on, and in which role its person is now. */
export interface RungDevice extends DeviceRow {
  readonly role: string;
}

const time = (at: number | null): Instant | undefined => (at === null ? undefined : instant(at));
const read = (row: Tables['push_devices']): DeviceRow => ({
  device: row.device,
  operator: row.operator,
  session: row.session,
  organisation: row.organisation,
  subscription: { endpoint: row.endpoint, keys: { p256dh: row.p256dh, auth: row.auth } },
  label: row.label,
  language: row.language === 'en' ? 'en' : 'sv',
  since: instant(row.since),
  deliveredAt: time(row.delivered_at),
  failingSince: time(row.failing_since),
});

/** By its endpoint a browser is one device: turned on again, perhaps by somebody else, it is that one's now. */
export async function saveDevice(db: Db, row: DeviceRow): Promise<void> {
  const { device, operator, session, organisation, label, language, since, subscription } = row;
  await db.deleteFrom('push_devices').where('endpoint', '=', subscription.endpoint).execute();
  await db
    .insertInto('push_devices')
    .values({
      ...{ device, operator, session, organisation, label, language, since, ...subscription.keys },
      endpoint: subscription.endpoint,
      delivered_at: row.deliveredAt ?? null,
      failing_since: row.failingSince ?? null,
    })
    .execute();
}

export async function devicesOf(db: Db, operator: string): Promise<readonly DeviceRow[]> {
  const rows = await db
    .selectFrom('push_devices')
    .selectAll()
    .where('operator', '=', operator)
    .orderBy('since')
    .execute();
  return rows.map(read);
}

export async function deviceAt(db: Db, endpoint: string): Promise<DeviceRow | undefined> {
  const row = await db.selectFrom('push_devices').selectAll().where('endpoint', '=', endpoint).executeTakeFirst();
  return row && read(row);
}

/** @param now by the system's clock, by which sessions run out */
const rung = (db: Db, now: Instant) =>
  db
    .selectFrom('push_devices')
    .innerJoin('sessions', (join) =>
      join.onRef('sessions.id', '=', 'push_devices.session').onRef('sessions.userId', '=', 'push_devices.operator'),
    )
    .innerJoin('operators', 'operators.id', 'push_devices.operator')
    .selectAll('push_devices')
    .select('operators.role')
    .where('sessions.expiresAt', '>', printInstant(now));

/** Of an organisation, those whose session goes on. */
export async function devicesToRing(db: Db, organisation: string, now: Instant): Promise<readonly RungDevice[]> {
  const rows = await rung(db, now).where('push_devices.organisation', '=', organisation).execute();
  return rows.map((row) => ({ ...read(row), role: row.role }));
}

export async function deviceToRing(db: Db, device: string, now: Instant): Promise<RungDevice | undefined> {
  const row = await rung(db, now).where('push_devices.device', '=', device).executeTakeFirst();
  return row && { ...read(row), role: row.role };
}

export async function markDevice(
  db: Db,
  device: string,
  change: { readonly deliveredAt: Instant } | { readonly failingSince: Instant },
): Promise<void> {
  const table = db.updateTable('push_devices').where('device', '=', device);
  if ('deliveredAt' in change) await table.set({ delivered_at: change.deliveredAt, failing_since: null }).execute();
  else await table.set({ failing_since: change.failingSince }).where('failing_since', 'is', null).execute();
}

export async function deleteDevice(db: Db, device: string): Promise<void> {
  await db.deleteFrom('push_devices').where('device', '=', device).execute();
}

/** Its owner is told at the next sign-in. */
export async function forgetDevice(
  db: Db,
  { device, operator, label }: DeviceRow,
  why: ForgottenDevice['why'],
  at: Instant,
): Promise<void> {
  await deleteDevice(db, device);
  await db
    .insertInto('push_forgotten')
    .values({ device, operator, label, at, why })
    .onConflict((conflict) => conflict.column('device').doNothing())
    .execute();
}

export const allDevices = async (db: Db): Promise<readonly DeviceRow[]> =>
  (await db.selectFrom('push_devices').selectAll().execute()).map(read);

export async function forgottenOf(db: Db, operator: string): Promise<readonly ForgottenDevice[]> {
  const rows = await db.selectFrom('push_forgotten').selectAll().where('operator', '=', operator).execute();
  return rows.map(({ device, label, at, why }) => ({ device, label, why, at: printInstant(instant(at)) }));
}

export async function forgottenSeen(db: Db, operator: string, device: string): Promise<void> {
  await db.deleteFrom('push_forgotten').where('operator', '=', operator).where('device', '=', device).execute();
}

export interface Ring {
  readonly id: string;
  readonly device: string;
  readonly alarm: AlarmId;
  readonly organisation: string;
  readonly client: string;
  readonly kind: string;
  readonly overdue: boolean;
  readonly madeAt: Instant;
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly state: Tables['push_outbox']['state'];
}

const readRing = (row: Tables['push_outbox']): Ring => ({
  ...row,
  alarm: row.alarm as AlarmId,
  overdue: row.overdue === 1,
  madeAt: instant(row.made_at),
  nextAt: instant(row.next_at),
});

/** The same ring twice is once. @returns whether it is new */
export async function addRing(db: Db, ring: Ring): Promise<boolean> {
  const { id, device, alarm, organisation, client, kind, attempts, state } = ring;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('push_outbox')
    .values({
      ...{ id, device, alarm, organisation, client, kind, attempts, state },
      overdue: ring.overdue ? 1 : 0,
      made_at: ring.madeAt,
      next_at: ring.nextAt,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows !== undefined && numInsertedOrUpdatedRows > 0n;
}

export async function saveRing(db: Db, { id, attempts, nextAt, state }: Ring): Promise<void> {
  await db.updateTable('push_outbox').set({ attempts, next_at: nextAt, state }).where('id', '=', id).execute();
}

/** What waits, the newest alarms first: what came a moment ago is worth more than what has failed ten times. */
export async function ringsThatWait(db: Db): Promise<readonly Ring[]> {
  const rows = await db
    .selectFrom('push_outbox')
    .selectAll()
    .where('state', '=', 'waiting')
    .orderBy('attempts')
    .orderBy('made_at', 'desc')
    .limit(500)
    .execute();
  return rows.map(readRing);
}

export async function ringsOf(db: Db, alarms: readonly AlarmId[]): Promise<readonly Ring[]> {
  if (alarms.length === 0) return [];
  return (await db.selectFrom('push_outbox').selectAll().where('alarm', 'in', alarms).execute()).map(readRing);
}

/** Nobody needs to be rung for it any more. */
export async function dropRings(db: Db, alarm: AlarmId): Promise<void> {
  await db
    .updateTable('push_outbox')
    .set({ state: 'dropped' })
    .where('alarm', '=', alarm)
    .where('state', '=', 'waiting')
    .execute();
}

export async function vapidKey(db: Db): Promise<{ readonly publicKey: string; readonly sealed: string } | undefined> {
  const row = await db.selectFrom('vapid_keys').selectAll().executeTakeFirst();
  return row && { publicKey: row.public_key, sealed: row.private_sealed };
}

export async function saveVapidKey(db: Db, publicKey: string, sealed: string, at: Instant): Promise<void> {
  await db.deleteFrom('vapid_keys').execute();
  const row = { slot: 1, public_key: publicKey, private_sealed: sealed, made_at: at };
  await db.insertInto('vapid_keys').values(row).execute();
}

export async function tellsAlias(db: Db, organisation: string): Promise<boolean> {
  const row = await db
    .selectFrom('organisations')
    .select('push_alias')
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  return row?.push_alias === 1;
}

export async function setTellsAlias(db: Db, organisation: string, tells: boolean): Promise<void> {
  await db
    .updateTable('organisations')
    .set({ push_alias: tells ? 1 : 0 })
    .where('organisation', '=', organisation)
    .execute();
}

export const forgetRings = async (db: Db, before: Instant): Promise<number> => {
  const old = db.deleteFrom('push_outbox').where('state', '!=', 'waiting').where('made_at', '<', before);
  return Number((await old.executeTakeFirstOrThrow()).numDeletedRows);
};
