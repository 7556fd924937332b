/** A bounded queue between two stages, with a drop-oldest policy: a slow stage holds up no other; drops are counted and told as gaps. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import type { Logger } from '@nattfrid/shared/log/logger';
import { tally } from '@nattfrid/shared/log/tally';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type BeltQueue, dequeue, dropExcess, enqueue, type StandsAlone, type Timed } from './drop-policy.ts';
import { until } from './until.ts';

export interface BeltOptions<Item> {
  /** Name of the items, for the log: «frames». */
  readonly what: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Length of the queue; 1 to a few. */
  readonly capacity: number;
  /** `drop`: the newest wins, for live pictures. `wait`: backpressure, nothing is lost, for recordings faster than life. */
  readonly full: 'drop' | 'wait';
  /** For items that build upon the one before: after a drop only an item for which this is true may follow (a keyframe). */
  readonly standsAlone?: StandsAlone<Item>;
  /** Told how many were dropped, each time. */
  readonly lost?: (many: number) => void;
}

/**
 * Items in order. A gap `too-slow` stands in the place of dropped ones, which are disposed; incoming gaps are never lost, only
 * joined. Ends and fails as the source does, once the queue is empty; the signal ends it at once.
 */
export async function* belt<Item extends Timed>(
  source: AsyncIterable<Item | Gap>,
  { what, clock, log, capacity, full, standsAlone, lost: tellLost = () => {} }: BeltOptions<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item | Gap, void> {
  if (full === 'wait') {
    yield* until(source, signal);
    return;
  }
  using dropped = tally(clock, (many) => log.warn('too slow: dropped from the belt', { many, what }));
  const left = new AbortController();
  const ends = AbortSignal.any([signal, left.signal]);
  let state: BeltQueue<Item> = { waiting: [], handed: undefined, broken: false };
  let ended: { readonly failed: boolean; readonly error?: unknown } | undefined;
  let news = Promise.withResolvers<void>();

  const fill = async () => {
    for await (const item of until(source, ends)) {
      const [next, lost] = dropExcess(enqueue(state, item), capacity, standsAlone);
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
      const [next, item] = dequeue(state);
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
