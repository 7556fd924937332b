/** A simulated clock that moves only when it is moved: for tests, simulation and replays faster than life. */
import type { Clock } from './clock.ts';
import { type Duration, milliseconds } from './duration.ts';
import { after, type Instant, instant } from './instant.ts';

type Waiter = { at: Instant; readonly wake: () => void };

export interface MovedClock extends Clock {
  /** Moves on and fires what falls due, in order; promises settle in between. */
  advance(length: Duration): Promise<void>;
  /** Moves on without a pause for promises, for replays that own the only loop. Never moves backwards. */
  moveTo(at: Instant): void;
  /** Sets the wall clock forward (or back, where negative), as a person or a time server does; no time goes by. */
  stepWall(by: Duration): void;
}

/** @param settle waits until what has been woken has done its work: two turns of the event loop, where it waits for no other process */
export function movedClock(start: Instant = instant(0), settle: () => Promise<void> = twoTurns): MovedClock {
  let now = start;
  let stepped = milliseconds(0);
  const waiting = new Set<Waiter>();
  const due = (until: Instant): Waiter | undefined => {
    let first: Waiter | undefined;
    for (const waiter of waiting) if (waiter.at <= until && (!first || waiter.at < first.at)) first = waiter;
    return first;
  };
  return {
    now: () => after(now, stepped),
    steady: () => milliseconds(now - start),
    sleep(length, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          waiting.delete(waiter);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const waiter: Waiter = { at: after(now, length), wake: done };
        waiting.add(waiter);
        signal?.addEventListener('abort', done, { once: true });
      });
    },
    every(period, call) {
      const waiter: Waiter = {
        at: after(now, period),
        wake: () => {
          waiter.at = after(waiter.at, period);
          call();
        },
      };
      waiting.add(waiter);
      return { [Symbol.dispose]: () => void waiting.delete(waiter) };
    },
    async advance(length) {
      await settle();
      const end = after(now, length);
      for (let next = due(end); next; next = due(end)) {
        now = next.at;
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
    moveTo(wall) {
      const at = after(wall, milliseconds(-stepped));
      for (let next = due(at); next; next = due(at)) {
        now = next.at;
        next.wake();
      }
      if (at > now) now = at;
    },
    stepWall(by) {
      stepped = milliseconds(stepped + by);
    },
  };
}

/** Lets promises settle: two turns of the event loop are enough for chains without real I/O. */
async function twoTurns(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}
