/** Watches each write, and writes a line of its own once in a while: a relay that nobody uses finds out all the same. */
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Store } from '../store/database.ts';
import { type Saving, type SavingEvent, saving } from './saving.ts';

export interface WatchSaving extends AsyncDisposable {
  readonly current: Saving;
  /** Writes now. @returns what it was refused with; undefined: it was saved */
  probe(): Promise<Fault | undefined>;
  onChange(call: (now: Saving) => void): Disposable;
}

/** While all is well a write each half minute; while it is not, one each second, so that it is over as soon as it can be. */
const wellPulse = 30;
const pulse = seconds(1);

export function watchSaving(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
}): WatchSaving {
  const { store, clock } = parts;
  const log = parts.log.child('saving');
  const listeners = new Set<(now: Saving) => void>();
  let current = saving.initial;
  const step = (event: SavingEvent) => {
    const [next, effects] = saving.step(current, event);
    current = next;
    if (effects.length === 0) return;
    if (next.name === 'saves') log.info('The relay can save again');
    else log.error('The relay cannot save', { words: next.fault.message });
    for (const listener of listeners) listener(next);
  };
  // A refused write is believed at once. That it is over is found out by a probe alone: a small write may find room where the
  // next alarm finds none.
  const watching = store.onWrite((fault) => {
    if (fault) step({ type: 'refused', at: clock.now(), fault });
  });
  let probing: Promise<Fault | undefined> | undefined;
  const probe = (): Promise<Fault | undefined> => {
    probing ??= store
      .probe(clock.now())
      .then(
        () => void step({ type: 'saved' }),
        (error) => asFault(error),
      )
      .finally(() => {
        probing = undefined;
      });
    return probing;
  };
  let pulses = 0;
  const beating = clock.every(pulse, () => {
    if (current.name === 'cannot-save' || ++pulses % wellPulse === 0) void probe();
  });
  return {
    get current() {
      return current;
    },
    probe,
    onChange(call) {
      listeners.add(call);
      return { [Symbol.dispose]: () => void listeners.delete(call) };
    },
    async [Symbol.asyncDispose]() {
      beating[Symbol.dispose]();
      await probing;
      watching[Symbol.dispose]();
    },
  };
}
