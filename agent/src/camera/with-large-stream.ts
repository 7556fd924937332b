/** A camera with two streams: the small one is watched all night, the large one is opened while it is wanted, and closed afterwards. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { belt } from '../flow/belt.ts';
import type { Camera } from './camera.ts';
import type { KeptCamera } from './keep-camera.ts';
import type { Packet } from './packet.ts';
import { type StreamEvent, whichStream } from './which-stream.ts';

export interface LargeStreamOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Asked with each picture of the small stream. */
  readonly wanted: () => boolean;
}

/** A large stream that does not come is called again, while the look lasts. */
const callsApart = seconds(10);
/** Queue length, as of the small stream. */
const packetsWaiting = 150;
/** After it is no longer wanted it is passed on up to the small stream's next key, and not for longer. */
const longestFarewell = seconds(5);

/** The large stream never costs the small one: it may come late, never, or in another shape, and the small one is passed on. */
export function withLargeStream(small: KeptCamera, large: Camera, options: LargeStreamOptions): KeptCamera {
  let close: (() => void) | undefined;
  return {
    name: small.name,
    open: (signal) => passing(small, large, options, signal, (given) => (close = given)),
    giveUp(fault) {
      // What cannot be decoded is the large stream, where that is passed on.
      if (close) close();
      else small.giveUp(fault);
    },
  };
}

type Came = {
  readonly from: 'small' | 'large';
  readonly next: IteratorResult<Packet | Gap, unknown> | { readonly fault: unknown };
};

async function* passing(
  small: KeptCamera,
  large: Camera,
  { clock, log, wanted }: LargeStreamOptions,
  signal: AbortSignal,
  passesLarge: (close: (() => void) | undefined) => void,
): AsyncGenerator<Packet | Gap, void> {
  let state = whichStream.initial;
  let opened: OpenedStream | undefined;
  /** Not before then. */
  let callAt = milliseconds(Number.NEGATIVE_INFINITY);
  let unwantedSince: Duration | undefined;
  const step = (event: StreamEvent) => {
    const [next, effects] = whichStream.step(state, event);
    state = next;
    return effects;
  };
  const shut = async (): Promise<void> => {
    passesLarge(undefined);
    const old = opened;
    opened = undefined;
    await old?.close();
    step({ type: 'large-over' });
  };
  const later = (why: string): void => {
    callAt = milliseconds(clock.steady() + callsApart);
    log.warn('the large stream is not shown, the small one is', { camera: large.name, why });
  };

  const source = reading('small', small.open, signal);
  try {
    while (true) {
      const came = await Promise.race([source.next(), ...(opened ? [opened.next()] : [])]);
      if ('fault' in came.next || came.next.done) {
        if (came.from === 'small') {
          if ('fault' in came.next) throw came.next.fault;
          return;
        }
        later('fault' in came.next ? asFault(came.next.fault).message : 'it has ended');
        await shut();
        continue;
      }
      (came.from === 'small' ? source : opened)?.taken();
      const isWanted = wanted();
      unwantedSince = isWanted ? undefined : (unwantedSince ?? clock.steady());
      for (const effect of step({
        type: 'came',
        from: came.from,
        item: came.next.value,
        wanted: isWanted && opened !== undefined,
      })) {
        if (effect.type === 'pass') yield effect.item;
        else {
          later('it has another shape than the small one: set both to the same (16:9, say)');
          await shut();
        }
      }
      if (isWanted && !opened && clock.steady() >= callAt) opened = openStream(large, clock, log, signal);
      if (opened && state.passed === 'large') passesLarge(opened.fail);
      const over = unwantedSince !== undefined && clock.steady() - unwantedSince >= longestFarewell;
      if (opened && !isWanted && (state.passed === 'small' || over)) await shut();
    }
  } finally {
    await opened?.close();
    await source.close();
  }
}

interface Stream {
  /** The same promise until it was taken. */
  next(): Promise<Came>;
  taken(): void;
  /** Ends it, and waits until it has ended. */
  close(): Promise<void>;
}

interface OpenedStream extends Stream {
  /** Ends it, as if the camera had. */
  readonly fail: () => void;
}

function reading(from: Came['from'], open: (signal: AbortSignal) => AsyncIterable<Packet | Gap>, signal: AbortSignal) {
  const left = new AbortController();
  const items = open(AbortSignal.any([signal, left.signal]))[Symbol.asyncIterator]();
  let coming: Promise<Came> | undefined;
  const stream: OpenedStream = {
    next() {
      coming ??= items.next().then(
        (next) => ({ from, next }),
        (fault: unknown) => ({ from, next: { fault } }),
      );
      return coming;
    },
    taken() {
      coming = undefined;
    },
    fail: () => left.abort(),
    async close() {
      left.abort();
      await coming;
      await items.return?.();
    },
  };
  return stream;
}

const openStream = (large: Camera, clock: Clock, log: Logger, signal: AbortSignal): OpenedStream =>
  reading(
    'large',
    (until) =>
      belt(
        large.open(until),
        {
          what: 'packets',
          clock,
          log,
          capacity: packetsWaiting,
          full: 'drop',
          standsAlone: (item: Packet) => item.key,
        },
        until,
      ),
    signal,
  );
