/** Pure. What is wrong with a unit that only the relay can tell: each is an alarm of the relay's own, raised once and ended when it is over. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { CannotKeep } from '@nattfrid/shared/wire/vitals';

export interface Trouble {
  /** Two units go by one name. */
  readonly doubled?: { readonly since: Instant };
  /** The unit can keep no words, and so tells no alarms. */
  readonly cannotKeep?: { readonly since: Instant; readonly why: CannotKeep };
  /** The version of the newest plan when the unit refused it, and why. */
  readonly planRefused?: { readonly version: number; readonly why: string };
}

export interface TroubleNow {
  readonly doubled: boolean;
  readonly cannotKeep: CannotKeep | undefined;
}

/** `since` tells one such trouble from the next. */
export interface TroubleEffect {
  readonly type: 'raise' | 'change' | 'end';
  readonly what: 'doubled' | 'cannot-keep';
  readonly code: 'unit-doubled' | CannotKeep;
  readonly since: Instant;
}

/** @returns `before` itself where nothing has changed */
export function troubleNow(
  before: Trouble,
  now: TroubleNow,
  at: Instant,
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
  return [next, effects];
}
