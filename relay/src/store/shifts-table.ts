/** The only SQL about shifts and what one tells the next. */
import type { HandoverView } from '@nattfrid/shared/desk/night-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

/** Somebody who is in a team now. */
export interface OpenShift {
  readonly shift: string;
  readonly team: TeamId;
  readonly operator: string;
  readonly who: string;
  readonly organisation: Organisation;
  readonly session: string;
  readonly joinedAt: Instant;
}

export async function openShifts(db: Db): Promise<readonly OpenShift[]> {
  const rows = await db
    .selectFrom('shifts')
    .selectAll()
    .where('left_at', 'is', null)
    .orderBy('joined_at')
    .orderBy('shift')
    .execute();
  return rows.map((row) => ({
    shift: row.shift,
    team: row.team as TeamId,
    operator: row.operator,
    who: row.who,
    organisation: row.organisation,
    session: row.session,
    joinedAt: row.joined_at as Instant,
  }));
}

export async function insertShift(db: Db, one: OpenShift): Promise<void> {
  const { shift, team, operator, who, organisation, session, joinedAt } = one;
  await db
    .insertInto('shifts')
    .values({ shift, team, operator, who, organisation, session, joined_at: joinedAt, left_at: null, why_left: null })
    .execute();
}

/** The same shift, gone on with on another device. */
export async function moveShift(db: Db, shift: string, session: string): Promise<void> {
  await db.updateTable('shifts').set({ session }).where('shift', '=', shift).execute();
}

export async function endShift(db: Db, shift: string, at: Instant, why: string): Promise<void> {
  await db.updateTable('shifts').set({ left_at: at, why_left: why }).where('shift', '=', shift).execute();
}

const read = (row: Tables['handovers']): HandoverView => ({
  handover: row.handover,
  team: row.team as TeamId,
  organisation: row.organisation,
  by: row.by_whom,
  byId: row.by_id,
  at: printInstant(row.at as Instant),
  note: row.note,
  ...(row.read_by !== null && { readBy: row.read_by }),
  ...(row.read_at !== null && { readAt: printInstant(row.read_at as Instant) }),
});

/** Those that nobody has read, and those read since. */
export async function handoversOnDesk(db: Db, since: Instant): Promise<readonly HandoverView[]> {
  const rows = await db
    .selectFrom('handovers')
    .selectAll()
    .where((or) => or.or([or('read_at', 'is', null), or('read_at', '>=', since)]))
    .orderBy('at')
    .execute();
  return rows.map(read);
}

export async function findHandover(db: Db, handover: string): Promise<HandoverView | undefined> {
  const row = await db.selectFrom('handovers').selectAll().where('handover', '=', handover).executeTakeFirst();
  return row && read(row);
}

export async function insertHandover(db: Db, one: Omit<HandoverView, 'at'>, at: Instant): Promise<void> {
  const { handover, team, organisation, by, byId, note } = one;
  await db
    .insertInto('handovers')
    .values({ handover, team, organisation, by_whom: by, by_id: byId, note, at, read_by: null, read_at: null })
    .execute();
}

export async function markHandoverRead(db: Db, handover: string, by: string, at: Instant): Promise<void> {
  await db.updateTable('handovers').set({ read_by: by, read_at: at }).where('handover', '=', handover).execute();
}

/** What was read before: its words have done their work. */
export const forgetReadHandovers = async (db: Db, before: Instant): Promise<number> =>
  Number((await db.deleteFrom('handovers').where('read_at', '<', before).executeTakeFirstOrThrow()).numDeletedRows);

export const forgetShifts = async (db: Db, before: Instant): Promise<number> =>
  Number((await db.deleteFrom('shifts').where('left_at', '<', before).executeTakeFirstOrThrow()).numDeletedRows);

/** Whole shifts of an organisation, those that go on until now: for whoever checks the log. */
export async function shiftsOf(
  db: Db,
  organisation: Organisation,
  now: Instant,
): Promise<readonly { readonly operator: string; readonly from: Instant; readonly until: Instant }[]> {
  const rows = await db
    .selectFrom('shifts')
    .select(['operator', 'joined_at', 'left_at'])
    .where('organisation', '=', organisation)
    .execute();
  return rows.map(({ operator, joined_at, left_at }) => ({
    operator,
    from: joined_at as Instant,
    until: (left_at ?? now) as Instant,
  }));
}
