/** Tells units whether the relay can save: all at each change, and each that comes: it may have been away, or the relay, when it changed. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { RelayState } from '@nattfrid/shared/wire/relay-state';
import type { Orders } from '../order/order.ts';
import type { Saving } from '../saving/saving.ts';
import type { WatchSaving } from '../saving/watch-saving.ts';

const longestWords = 300;

/** @returns what to call with each unit that hears from now on */
export function tellState(
  saving: Pick<WatchSaving, 'current' | 'onChange'>,
  orders: Orders,
  units: () => readonly UnitId[],
): { readonly listens: (unit: UnitId) => void } & Disposable {
  const give = (unit: UnitId, now: Saving) => void orders.give(unit, 'relay-state', stateOf(now));
  const changes = saving.onChange((now) => {
    for (const unit of units()) give(unit, now);
  });
  return {
    listens: (unit) => give(unit, saving.current),
    [Symbol.dispose]: () => changes[Symbol.dispose](),
  };
}

const stateOf = (now: Saving): RelayState =>
  now.name === 'saves'
    ? { type: 'saves' }
    : { type: 'cannot-save', since: printInstant(now.since), words: now.fault.message.slice(0, longestWords) };
