/** Supervisor of a task: starts it again with backoff, until aborted. */

import { asFault, type Fault, isAbort } from '../fault/fault.ts';
import type { Clock } from '../time/clock.ts';
import { type Duration, minutes } from '../time/duration.ts';

interface Keeping {
  readonly clock: Clock;
  /** A fresh sequence of waiting times; asked for again once a task has run for `steadyAfter`. */
  readonly waits: () => Iterator<Duration>;
  /** Called each time the task has ended, with its fault (undefined: it returned) and the wait that follows. */
  readonly ended?: (fault: Fault | undefined, wait: Duration) => void;
  /** A task that has lasted this long starts the waiting times anew. */
  readonly steadyAfter?: Duration;
}

/** Resolves when aborted and the last run has ended; never rejects. */
export async function keep(
  task: (signal: AbortSignal) => Promise<void>,
  keeping: Keeping,
  signal: AbortSignal,
): Promise<void> {
  const steadyAfter = keeping.steadyAfter ?? minutes(1);
  let waits = keeping.waits();
  while (!signal.aborted) {
    const began = keeping.clock.now();
    let fault: Fault | undefined;
    try {
      await task(signal);
    } catch (error) {
      if (!(signal.aborted && isAbort(error))) fault = asFault(error);
    }
    if (signal.aborted) return;
    if (keeping.clock.now() - began >= steadyAfter) waits = keeping.waits();
    const wait = waits.next().value as Duration;
    keeping.ended?.(fault, wait);
    await keeping.clock.sleep(wait, signal);
  }
}
