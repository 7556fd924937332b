/** The only SQL about what would have been alarms: counted, and told to nobody. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Evidence } from '@nattfrid/shared/domain/alarm';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { ShadowKind } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export interface ShadowRow {
  readonly event: string;
  readonly unit: UnitId;
  readonly client: ClientAlias;
  readonly kind: ShadowKind;
  readonly began: Instant;
  readonly ended: Instant | undefined;
  readonly evidence: Evidence;
}

/** By its id each is the same event, however often it is reported. */
export async function shadowBegan(db: Db, row: Omit<ShadowRow, 'ended'>): Promise<void> {
  const { event, unit, client, kind, began, evidence } = row;
  await db
    .insertInto('shadow_events')
    .values({ event, unit, client, kind, began_at: began, ended_at: null, evidence: JSON.stringify(evidence) })
    .onConflict((conflict) => conflict.column('event').doNothing())
    .execute();
}

export async function shadowEnded(db: Db, unit: UnitId, event: string, at: Instant): Promise<void> {
  await db
    .updateTable('shadow_events')
    .set({ ended_at: at })
    .where('event', '=', event)
    .where('unit', '=', unit)
    .where('ended_at', 'is', null)
    .execute();
}

/** Of this organisation's units, oldest first. @param until left out */
export async function shadowsBetween(
  db: Db,
  organisation: Organisation,
  from: Instant,
  until: Instant,
): Promise<readonly ShadowRow[]> {
  const rows = await db
    .selectFrom('shadow_events')
    .selectAll()
    .where('unit', 'in', db.selectFrom('units').select('unit').where('organisation', '=', organisation))
    .where('began_at', '>=', from)
    .where('began_at', '<', until)
    .orderBy('began_at')
    .orderBy('event')
    .execute();
  return rows.map((row) => ({
    event: row.event,
    unit: row.unit as UnitId,
    client: row.client as ClientAlias,
    kind: row.kind as ShadowKind,
    began: row.began_at as Instant,
    ended: row.ended_at === null ? undefined : (row.ended_at as Instant),
    evidence: JSON.parse(row.evidence) as Evidence,
  }));
}

/** @returns how many */
export async function forgetShadows(db: Db, before: Instant): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('shadow_events')
    .where('began_at', '<', before)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
