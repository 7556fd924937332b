/** How long things have waited that are written down by the wall clock, counted by the clock that never steps. */
import type { Clock } from './clock.ts';
import { type Duration, milliseconds } from './duration.ts';
import { after, type Instant } from './instant.ts';

export interface Waits {
  /** It begins to wait at this moment, which the wall clock calls `since`: from here on that clock is not asked. */
  begins(name: string, since: Instant): void;
  /**
   * @param name of what waits. @param since when it began to, by the wall clock of then.
   * @returns what has truly gone by. Of what did not begin here the wall clock is asked once (after a restart: what has gone by
   * while nobody counted); a wall clock that is set afterwards changes nothing.
   */
  waited(name: string, since: Instant): Duration;
  /** The instant that is now for it: `since` and what it has waited. */
  nowFor(name: string, since: Instant): Instant;
}

interface Counted {
  readonly since: Instant;
  /** By the steady clock: when counting began, and what had gone by then. */
  readonly from: Duration;
  readonly before: Duration;
}

/** Names are forgotten, the least lately asked first, beyond so many: they are counted anew from the wall clock then. */
const mostNames = 20_000;

export function openWaits(clock: Clock): Waits {
  const counted = new Map<string, Counted>();
  const keep = (name: string, one: Counted) => {
    counted.delete(name);
    counted.set(name, one);
    if (counted.size > mostNames) counted.delete(counted.keys().next().value!);
  };
  const waited: Waits['waited'] = (name, since) => {
    const known = counted.get(name);
    const from = clock.steady();
    const one =
      known?.since === since ? known : { since, from, before: milliseconds(Math.max(0, clock.now() - since)) };
    keep(name, one);
    return milliseconds(one.before + (from - one.from));
  };
  const begins: Waits['begins'] = (name, since) => keep(name, { since, from: clock.steady(), before: milliseconds(0) });
  return { begins, waited, nowFor: (name, since) => after(since, waited(name, since)) };
}
