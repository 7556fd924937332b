/** A bounded belt between two stages: nothing slow downstream holds up what is upstream; what it cannot take is dropped, counted and told. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import type { Logger } from '@nattfrid/shared/log/logger';
import { tally } from '@nattfrid/shared/log/tally';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type BeltLoad, load, type Stands, shed, type Timed, take } from './shed.ts';
import { until } from './until.ts';

export interface BeltOptions<Item> {
  /** What travels on it, for the log: «frames». */
  readonly what: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** How many may wait; 1 to a few. */
  readonly capacity: number;
  /** `drop`: newest wins, for live pictures. `wait`: the source waits and nothing is lost, for recordings faster than life. */
  readonly full: 'drop' | 'wait';
  /** Where one item builds upon the one before: after a loss only one for which this is true may follow (a key packet). */
  readonly stands?: Stands<Item>;
  /** Told how many were dropped, each time. */
  readonly lost?: (many: number) => void;
}

/**
 * Items in order. Where some were dropped (each is disposed, if it can be) a gap `too-slow` stands in their place; gaps
 * that come in are never lost, only joined. Ends and fails as the source does, after what is still on the belt; ends at
 * once by the signal.
 */
export async function* belt<Item extends Timed>(
  source: AsyncIterable<Item | Gap>,
  { what, clock, log, capacity, full, stands, lost: tellLost = () => {} }: BeltOptions<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item | Gap, void> {
  if (full === 'wait') {
    yield* until(source, signal);
    return;
  }
  using dropped = tally(clock, (many) => log.warn('too slow: dropped from the belt', { many, what }));
  const left = new AbortController();
  const ends = AbortSignal.any([signal, left.signal]);
  let state: BeltLoad<Item> = { waiting: [], handed: undefined, broken: false };
  let ended: { readonly failed: boolean; readonly error?: unknown } | undefined;
  let news = Promise.withResolvers<void>();

  const fill = async () => {
    for await (const item of until(source, ends)) {
      const [next, lost] = shed(load(state, item), capacity, stands);
      state = next;
      for (const one of lost) dispose(one);
      if (lost.length > 0) {
        dropped.count(lost.length);
        tellLost(lost.length);
      }
      news.resolve();
    }
  };
  const filling = fill()
    .then(
      () => (ended = { failed: false }),
      (error: unknown) => (ended = { failed: true, error }),
    )
    .finally(() => news.resolve());
  try {
    while (!signal.aborted) {
      const [next, item] = take(state);
      state = next;
      if (item) yield item;
      else if (!ended) {
        await news.promise;
        news = Promise.withResolvers();
      } else if (ended.failed) throw ended.error;
      else return;
    }
  } finally {
    left.abort();
    await filling;
    for (const item of state.waiting) dispose(item);
  }
}

function dispose(item: object): void {
  if (Symbol.dispose in item) (item as Disposable)[Symbol.dispose]();
}
