/** Waiting for a camera without blaming it for a standstill of our own. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';

/** A timer that is so late means that we stood still ourselves. */
const ownStall = milliseconds(250);

/** Resolves after so long without an end by the signal. If we stood still ourselves, what came meanwhile is read first, and it begins anew. */
export async function outOfPatience(clock: Clock, patience: Duration, signal: AbortSignal): Promise<void> {
  for (let late = true; late && !signal.aborted; ) {
    const began = clock.steady();
    await clock.sleep(patience, signal);
    late = clock.steady() - began > patience + ownStall;
  }
}
