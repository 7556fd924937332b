/** Asks after every unit now and then, counts it by the hour, and keeps a week of it: for whoever looks for a pattern. */
import type { UnitWeek } from '@nattfrid/shared/desk/unit-week';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { days, hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Db, Store } from '../store/database.ts';
import { addToHour, forgetHours, hoursOf } from '../store/unit-hours-table.ts';
import { sampleOf } from './sample.ts';
import type { Units } from './units.ts';

export interface UnitHours {
  /** One sample of each unit; called every few minutes. */
  tick(): Promise<void>;
  /** The last seven days by the hour, as far as they are known. */
  week(db: Db, unit: UnitId): Promise<UnitWeek>;
}

/** Written in one go: a few milliseconds, in which no alarm is acknowledged. */
const atOnce = 50;

export function openUnitHours(parts: {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly units: Pick<Units, 'onDesk'>;
}): UnitHours {
  const { store, clock, units } = parts;
  let forgotten: Instant | undefined;
  const weekAgo = (hour: Instant) => after(hour, milliseconds(-days(7)));
  return {
    async tick() {
      const hour = hourOf(clock.now());
      const counted = (await store.read((db) => units.onDesk(db))).flatMap((view) => {
        const sample = sampleOf(view);
        return sample ? [{ unit: view.unit, sample }] : [];
      });
      for (let from = 0; from < counted.length; from += atOnce)
        await store.write(async ({ db }) => {
          for (const { unit, sample } of counted.slice(from, from + atOnce)) await addToHour(db, unit, hour, sample);
        });
      if (forgotten === hour) return;
      forgotten = hour;
      await store.write(({ db }) => forgetHours(db, weekAgo(hour)));
    },
    async week(db, unit) {
      const from = weekAgo(hourOf(clock.now()));
      const known = await hoursOf(db, unit, from);
      return { from: printInstant(from), hours: known.map((one) => ({ ...one, hour: printInstant(one.hour) })) };
    },
  };
}

const hourOf = (at: Instant): Instant => instant(Math.floor(at / hours(1)) * hours(1));
