/**
 * Watches each write, and writes a line of its own once in a while: a relay that nobody uses finds out all the same. A damaged
 * file is believed to be whole again only when every table has been read.
 */
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Store } from '../store/database.ts';
import { diskIsFull, isDamage } from '../store/engine/cannot-save.ts';
import { markPulse } from '../store/pulse-table.ts';
import { type Saving, type SavingEvent, saving } from './saving.ts';

export interface WatchSaving extends AsyncDisposable {
  readonly current: Saving;
  /** Writes now, unless the file is damaged. @returns what it was refused with; undefined: it was saved */
  probe(): Promise<Fault | undefined>;
  onChange(call: (now: Saving) => void): Disposable;
}

/** While all is well a write each half minute; while it is not, one each second, so that it is over as soon as it can be. */
const wellPulse = 30;
const pulse = seconds(1);
/** Reads the whole file. A damaged one is read more often, so that the banner goes soon after somebody has mended it. */
const checking = hours(24);
const checkingDamaged = minutes(1);

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
  const damage = () => (current.name === 'cannot-save' && isDamage(current.fault) ? current.fault : undefined);
  const probe = (): Promise<Fault | undefined> => {
    const damaged = damage();
    // A write into a page that is whole would succeed.
    if (damaged) return Promise.resolve(damaged);
    probing ??= writePulse(store, clock.now())
      .then(
        () => {
          step({ type: 'saved' });
          return damage();
        },
        (error) => {
          const fault = asFault(error);
          step({ type: 'refused', at: clock.now(), fault });
          return fault;
        },
      )
      .finally(() => {
        probing = undefined;
      });
    return probing;
  };
  let checked: Promise<void> | undefined;
  const check = () => {
    checked ??= store
      .check()
      .then(
        () => step({ type: 'whole' }),
        (error) => {
          const fault = asFault(error);
          if (isDamage(fault)) step({ type: 'refused', at: clock.now(), fault });
          else log.warn('The database could not be checked', { words: fault.message });
        },
      )
      .finally(() => {
        checked = undefined;
      });
  };
  const daily = clock.every(checking, check);
  const whileDamaged = clock.every(checkingDamaged, () => void (damage() && check()));
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
      daily[Symbol.dispose]();
      whileDamaged[Symbol.dispose]();
      await probing;
      await checked;
      watching[Symbol.dispose]();
    },
  };
}

/** An hour of alarms of a whole municipality takes less. */
const leastFree = 1024 * 1024;

/** What is written finds room in what the file has already; so the disk is asked whether the next alarm would find room too. */
async function writePulse(store: Store, at: Instant): Promise<void> {
  if ((await store.freeBytes()) < leastFree) throw diskIsFull();
  await store.write((tx) => markPulse(tx.db, at));
}
