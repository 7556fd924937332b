/** One timer for all that show the time: a page with a hundred ages is drawn anew once a second, and not a hundred times. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

interface Timer {
  readonly listeners: Set<(now: Instant) => void>;
  readonly running: Disposable;
}

const timers = new WeakMap<Clock, Map<number, Timer>>();

/** @param period ms @returns ends it for this listener */
export function ticking(clock: Clock, period: number, listener: (now: Instant) => void): () => void {
  const all = timers.get(clock) ?? new Map<number, Timer>();
  timers.set(clock, all);
  const timer = all.get(period) ?? started(clock, period);
  all.set(period, timer);
  timer.listeners.add(listener);
  return () => {
    timer.listeners.delete(listener);
    if (timer.listeners.size > 0) return;
    timer.running[Symbol.dispose]();
    all.delete(period);
  };
}

function started(clock: Clock, period: number): Timer {
  const listeners = new Set<(now: Instant) => void>();
  const running = clock.every(milliseconds(period), () => {
    const now = clock.now();
    for (const listener of listeners) listener(now);
  });
  return { listeners, running };
}
