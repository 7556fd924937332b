/** Reads the database through once a day, and as soon as it answers that it is damaged; what is whole is carried into a new one meanwhile. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Database } from './database.ts';
import type { Mended } from './mend.ts';

export interface WatchDisk extends Disposable {
  /** A write was refused because of damage: mended at once, but not again and again on a disk that goes on breaking. */
  damaged(): void;
  /** It is damaged, and could not be mended. */
  readonly isDamaged: boolean;
}

const daily = hours(24);
const again = minutes(10);
const probe = seconds(10);

export function watchDisk(given: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told when what is known of the disk has changed. */
  readonly changed: () => void;
  /** The last write was refused. */
  readonly failing?: () => boolean;
  /** Told when a write was taken again. */
  readonly well?: () => void;
}): WatchDisk {
  const { database, clock, log, changed, failing = () => false, well = () => {} } = given;
  let isDamaged = false;
  let triedAt: number | undefined;
  const check = () => {
    const before = isDamaged;
    triedAt = clock.steady();
    try {
      const how = database.mend(clock.now());
      if (how) sayMended(how, log);
      isDamaged = false;
    } catch (error) {
      isDamaged = true;
      log.error('The database of the unit is damaged and cannot be mended', { words: asFault(error).message });
    }
    if (isDamaged !== before) changed();
  };
  const checking = clock.every(daily, check);
  // Nothing may have to be written for hours: that it can be again is found out, since the relay keeps an alarm up until then.
  const probing = clock.every(probe, () => {
    if (!failing()) return;
    try {
      database.touch();
    } catch {
      return;
    }
    well();
  });
  return {
    damaged() {
      if (triedAt === undefined || clock.steady() - triedAt >= again) check();
    },
    get isDamaged() {
      return isDamaged;
    },
    [Symbol.dispose]() {
      checking[Symbol.dispose]();
      probing[Symbol.dispose]();
    },
  };
}

export const sayMended = ({ aside, carried }: Mended, log: Logger): void =>
  log.error('The database of the unit was damaged: what was whole has been carried into a new one', {
    aside,
    ...carried,
  });
