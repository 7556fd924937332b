/** The only SQL about how units were, hour by hour. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

/** How often a unit was asked after in an hour, and how often each was as it should be. */
export interface UnitHour {
  readonly hour: Instant;
  readonly samples: number;
  readonly heard: number;
  readonly camera: number;
  readonly clock: number;
  readonly plan: number;
}
export type Counted = Omit<UnitHour, 'hour'>;

/** @param hour its first moment */
export async function addToHour(db: Db, unit: UnitId, hour: Instant, one: Counted): Promise<void> {
  await db
    .insertInto('unit_hours')
    .values({ unit, hour, ...one })
    .onConflict((conflict) =>
      conflict.columns(['unit', 'hour']).doUpdateSet(({ ref, eb }) => ({
        samples: eb(ref('unit_hours.samples'), '+', one.samples),
        heard: eb(ref('unit_hours.heard'), '+', one.heard),
        camera: eb(ref('unit_hours.camera'), '+', one.camera),
        clock: eb(ref('unit_hours.clock'), '+', one.clock),
        plan: eb(ref('unit_hours.plan'), '+', one.plan),
      })),
    )
    .execute();
}

/** @returns those from this moment on that anything is known of, in order */
export const hoursOf = async (db: Db, unit: UnitId, from: Instant): Promise<readonly UnitHour[]> =>
  (
    await db
      .selectFrom('unit_hours')
      .select(['hour', 'samples', 'heard', 'camera', 'clock', 'plan'])
      .where('unit', '=', unit)
      .where('hour', '>=', from)
      .orderBy('hour')
      .execute()
  ).map((row) => ({ ...row, hour: row.hour as Instant }));

export async function forgetHours(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('unit_hours').where('hour', '<', before).execute();
}

export async function forgetHoursOf(db: Db, unit: UnitId): Promise<void> {
  await db.deleteFrom('unit_hours').where('unit', '=', unit).execute();
}
