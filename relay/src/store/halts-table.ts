/** The only SQL about halts: every stop and pause of each unit, whether the unit has it, and which pauses are to end sooner. */
import type { HaltId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { HaltLetter } from '@nattfrid/shared/wire/halt-letter';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface HaltRow {
  readonly halt: HaltId;
  readonly unit: UnitId;
  /** As it goes to the unit. */
  readonly letter: Extract<HaltLetter, { type: 'stop' | 'pause' }>;
  readonly madeAt: Instant;
  readonly handedAt: Instant | undefined;
  readonly takenAt: Instant | undefined;
  readonly refused: string | undefined;
  readonly overAt: Instant | undefined;
  readonly overTakenAt: Instant | undefined;
}

const instantOr = (value: number | null): Instant | undefined => (value === null ? undefined : (value as Instant));

const read = (row: Tables['halts']): HaltRow => ({
  halt: row.halt as HaltId,
  unit: row.unit as UnitId,
  letter: JSON.parse(row.body) as HaltRow['letter'],
  madeAt: row.made_at as Instant,
  handedAt: instantOr(row.handed_at),
  takenAt: instantOr(row.taken_at),
  refused: row.refused ?? undefined,
  overAt: instantOr(row.over_at),
  overTakenAt: instantOr(row.over_taken_at),
});

export async function insertHalt(db: Db, unit: UnitId, letter: HaltRow['letter'], at: Instant): Promise<void> {
  const last = await db
    .selectFrom('halts')
    .select((select) => select.fn.max('turn').as('turn'))
    .where('unit', '=', unit)
    .executeTakeFirst();
  await db
    .insertInto('halts')
    .values({
      halt: letter.halt,
      unit,
      turn: Number(last?.turn ?? 0) + 1,
      type: letter.type,
      body: JSON.stringify(letter),
      plan_version: letter.type === 'stop' ? letter.planVersion : null,
      until: letter.type === 'pause' ? Date.parse(letter.until) : null,
      made_at: at,
      handed_at: at,
      taken_at: null,
      refused: null,
      over_at: null,
      over_taken_at: null,
    })
    .execute();
}

/** The last stop that says most, and the pauses that are not past, in the order in which they were said. */
export async function haltsOf(db: Db, unit: UnitId, at: Instant): Promise<readonly HaltRow[]> {
  // One question: it is asked with each beat of each unit.
  const rows = await db
    .selectFrom('halts')
    .selectAll()
    .where('unit', '=', unit)
    .where((where) => where.or([where('type', '=', 'stop'), where('until', '>', at)]))
    .orderBy('plan_version', 'desc')
    .orderBy('turn', 'desc')
    .execute();
  const stop = rows.filter(({ type }) => type === 'stop').slice(0, 1);
  const pauses = rows.filter(({ type }) => type === 'pause');
  return [...stop, ...pauses].toSorted((one, other) => one.turn - other.turn).map(read);
}

export async function findHalt(db: Db, halt: HaltId): Promise<HaltRow | undefined> {
  const row = await db.selectFrom('halts').selectAll().where('halt', '=', halt).executeTakeFirst();
  return row && read(row);
}

/** Only what is given changes. */
export async function updateHalt(
  db: Db,
  halt: HaltId,
  change: {
    readonly handedAt?: Instant;
    readonly takenAt?: Instant;
    readonly refused?: string;
    readonly overAt?: Instant;
    readonly overTakenAt?: Instant;
  },
): Promise<void> {
  const { handedAt, takenAt, refused, overAt, overTakenAt } = change;
  await db
    .updateTable('halts')
    .set({
      ...(handedAt !== undefined && { handed_at: handedAt }),
      ...(takenAt !== undefined && { taken_at: takenAt }),
      ...(refused !== undefined && { refused }),
      ...(overAt !== undefined && { over_at: overAt }),
      ...(overTakenAt !== undefined && { over_taken_at: overTakenAt }),
    })
    .where('halt', '=', halt)
    .execute();
}

/** Another unit has taken the place of the one that had them. */
export async function haltsNotTaken(db: Db, unit: UnitId): Promise<void> {
  await db.updateTable('halts').set({ taken_at: null, over_taken_at: null }).where('unit', '=', unit).execute();
}

export async function deleteHalts(db: Db, unit: UnitId): Promise<void> {
  await db.deleteFrom('halts').where('unit', '=', unit).execute();
}
