/** The only SQL about rooms: the newest proposal of each unit, and every version that a person has confirmed. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { RoomLetter, RoomRefusal } from '@nattfrid/shared/wire/room-letter';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

interface RoomRow {
  readonly unit: UnitId;
  /** As it goes to the unit; the operator in it is an alias. */
  readonly letter: RoomLetter;
  /** Who confirmed it, by name. */
  readonly who: string;
  readonly inUseSince?: Instant;
  readonly refused?: RoomRefusal;
}

interface ProposalRow {
  readonly proposal: RoomProposal;
  readonly receivedAt: Instant;
}

const read = (row: Tables['rooms']): RoomRow => ({
  unit: row.unit as UnitId,
  letter: JSON.parse(row.body) as RoomLetter,
  who: row.who,
  ...(row.in_use_since !== null && { inUseSince: row.in_use_since as Instant }),
  ...(row.refused !== null && { refused: row.refused as RoomRefusal }),
});

export async function insertRoom(
  db: Db,
  unit: UnitId,
  letter: RoomLetter,
  { who, waits }: { readonly who: string; readonly waits: boolean },
): Promise<void> {
  const { version } = letter;
  const fresh = { in_use_since: null, refused: null, waiting: waits ? 1 : null, second: null };
  await db
    .insertInto('rooms')
    .values({ unit, version, body: JSON.stringify(letter), who, ...fresh })
    .execute();
}

/** The one with the highest version of those that may be used. */
export async function newestRoom(db: Db, unit: UnitId): Promise<RoomRow | undefined> {
  const row = await ofUnit(db, unit).where('waiting', 'is', null).executeTakeFirst();
  return row && read(row);
}

/** The last room that two people have said yes to, else the first of all: many small changes since then are a large one. */
export async function baseRoom(db: Db, unit: UnitId): Promise<RoomRow | undefined> {
  const seconded = await ofUnit(db, unit).where('second', 'is not', null).executeTakeFirst();
  if (seconded) return read(seconded);
  const first = await db
    .selectFrom('rooms')
    .selectAll()
    .where('unit', '=', unit)
    .where('waiting', 'is', null)
    .orderBy('version')
    .limit(1)
    .executeTakeFirst();
  return first && read(first);
}

/** The newest room, where it waits for a second person; an older one that waited waits no more. */
export async function waitingRoom(db: Db, unit: UnitId): Promise<RoomRow | undefined> {
  const row = await ofUnit(db, unit).executeTakeFirst();
  return row && row.waiting !== null ? read(row) : undefined;
}

/** A second person has said yes. */
export async function endWaiting(db: Db, unit: UnitId, letter: RoomLetter, second: string): Promise<void> {
  await db
    .updateTable('rooms')
    .set({ waiting: null, second, body: JSON.stringify(letter) })
    .where('unit', '=', unit)
    .where('version', '=', letter.version)
    .execute();
}

/** The unit wants a second person's word for it, where nobody has been asked for one yet. */
export async function waitAgain(db: Db, unit: UnitId, version: number): Promise<void> {
  await db
    .updateTable('rooms')
    .set({ waiting: 1 })
    .where('unit', '=', unit)
    .where('version', '=', version)
    .where('second', 'is', null)
    .where('in_use_since', 'is', null)
    .execute();
}

/** The highest version first. */
const ofUnit = (db: Db, unit: UnitId) =>
  db.selectFrom('rooms').selectAll().where('unit', '=', unit).orderBy('version', 'desc').limit(1);

/** The first word about it counts: a unit says again what it has said before. */
export async function markRoomInUse(db: Db, unit: UnitId, version: number, since: Instant): Promise<void> {
  await db
    .updateTable('rooms')
    .set({ in_use_since: since, refused: null })
    .where('unit', '=', unit)
    .where('version', '=', version)
    .where('in_use_since', 'is', null)
    .execute();
}

export async function markRoomRefused(db: Db, unit: UnitId, version: number, why: RoomRefusal): Promise<void> {
  await db
    .updateTable('rooms')
    .set({ refused: why })
    .where('unit', '=', unit)
    .where('version', '=', version)
    .where('in_use_since', 'is', null)
    .execute();
}

export async function saveProposal(db: Db, unit: UnitId, { proposal, receivedAt }: ProposalRow): Promise<void> {
  const row = { body: JSON.stringify(proposal), received_at: receivedAt };
  await db
    .insertInto('room_proposals')
    .values({ unit, ...row })
    .onConflict((conflict) => conflict.column('unit').doUpdateSet(row))
    .execute();
}

export async function findProposal(db: Db, unit: UnitId): Promise<ProposalRow | undefined> {
  const row = await db.selectFrom('room_proposals').selectAll().where('unit', '=', unit).executeTakeFirst();
  return row && { proposal: JSON.parse(row.body) as RoomProposal, receivedAt: row.received_at as Instant };
}

/** Another unit has taken the place of the one that used them, and has proposed nothing yet. */
export async function roomsNotInUse(db: Db, unit: UnitId): Promise<void> {
  await db.updateTable('rooms').set({ in_use_since: null, refused: null }).where('unit', '=', unit).execute();
  await db.deleteFrom('room_proposals').where('unit', '=', unit).execute();
}

export async function deleteRooms(db: Db, unit: UnitId): Promise<void> {
  await db.deleteFrom('rooms').where('unit', '=', unit).execute();
  await db.deleteFrom('room_proposals').where('unit', '=', unit).execute();
}
