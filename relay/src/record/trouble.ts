/** Pure. What is wrong with a unit that only the relay can tell: each is an alarm of the relay's own, raised once and ended when it is over. */

import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { CannotKeep } from '@nattfrid/shared/wire/vitals';

export interface Trouble {
  /** Two units go by one name. */
  readonly doubled?: { readonly since: Instant };
  /** The unit can keep no words, and so tells no alarms. */
  readonly cannotKeep?: { readonly since: Instant; readonly why: CannotKeep };
  /** Its mains are gone; told once it has lasted: a fuse that is put back at once calls nobody. */
  readonly battery?: { readonly since: Instant; readonly isTold: boolean };
  /** The version of the newest plan when the unit refused it, and why. */
  readonly planRefused?: { readonly version: number; readonly why: string };
}

export interface TroubleNow {
  readonly doubled: boolean;
  readonly cannotKeep: CannotKeep | undefined;
  readonly onBattery: boolean;
}

/** `since` tells one such trouble from the next. */
export interface TroubleEffect {
  readonly type: 'raise' | 'change' | 'end';
  readonly what: 'doubled' | 'cannot-keep' | 'on-battery';
  readonly code: 'unit-doubled' | 'unit-on-battery' | CannotKeep;
  readonly since: Instant;
}

/** @param batteryAfter so long without mains is told @returns `before` itself where nothing has changed */
export function troubleNow(
  before: Trouble,
  now: TroubleNow,
  at: Instant,
  batteryAfter: Duration,
): readonly [Trouble, readonly TroubleEffect[]] {
  const effects: TroubleEffect[] = [];
  let next = before;
  if (now.doubled !== (before.doubled !== undefined)) {
    const { doubled, ...rest } = next;
    const since = doubled?.since ?? at;
    next = now.doubled ? { ...rest, doubled: { since } } : rest;
    effects.push({ type: now.doubled ? 'raise' : 'end', what: 'doubled', code: 'unit-doubled', since });
  }
  if (now.cannotKeep !== before.cannotKeep?.why) {
    const { cannotKeep, ...rest } = next;
    const since = cannotKeep?.since ?? at;
    next = now.cannotKeep ? { ...rest, cannotKeep: { since, why: now.cannotKeep } } : rest;
    const type = !now.cannotKeep ? 'end' : cannotKeep ? 'change' : 'raise';
    effects.push({ type, what: 'cannot-keep', code: now.cannotKeep ?? cannotKeep?.why ?? 'disk-full', since });
  }
  const battery = batteryNow(before.battery, now.onBattery, at, batteryAfter);
  if (battery !== before.battery) {
    const { battery: _before, ...rest } = next;
    next = battery ? { ...rest, battery } : rest;
    const isTold = battery?.isTold === true;
    const since = before.battery?.since ?? at;
    if (isTold !== (before.battery?.isTold === true))
      effects.push({ type: isTold ? 'raise' : 'end', what: 'on-battery', code: 'unit-on-battery', since });
  }
  return [next, effects];
}

function batteryNow(before: Trouble['battery'], onBattery: boolean, at: Instant, after: Duration): Trouble['battery'] {
  if (!onBattery) return undefined;
  if (!before) return { since: at, isTold: false };
  return !before.isTold && at - before.since >= after ? { ...before, isTold: true } : before;
}
