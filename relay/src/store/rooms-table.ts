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

export async function insertRoom(db: Db, unit: UnitId, letter: RoomLetter, who: string): Promise<void> {
  const { version } = letter;
  await db
    .insertInto('rooms')
    .values({ unit, version, body: JSON.stringify(letter), who, in_use_since: null, refused: null })
    .execute();
}

/** The one with the highest version. */
export async function newestRoom(db: Db, unit: UnitId): Promise<RoomRow | undefined> {
  const row = await db
    .selectFrom('rooms')
    .selectAll()
    .where('unit', '=', unit)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && read(row);
}

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
