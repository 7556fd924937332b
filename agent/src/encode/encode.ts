/** Stage: cleared pictures to H.264, only while somebody looks. Keeps a coder alive, and begins anew where a key picture is wanted. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Cleared, ClearedPicture } from '../anonymise/cleared.ts';
import { type Channel, channel } from '../flow/channel.ts';
import type { Stage } from '../flow/stage.ts';
import { until } from '../flow/until.ts';
import type { Coded } from './coded.ts';
import { type Coder, openCoder } from './coder.ts';

export interface Encoding {
  /** Path of the program. */
  readonly ffmpeg: string;
  /** 40 to 2000. */
  readonly kbits: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asked before each picture; a picture left out here breaks no reference. */
  readonly mayEncode: () => boolean;
}

export interface Encoder {
  readonly stage: Stage<Cleared, Coded>;
  /** The next picture will need no other: a viewer has joined, or lost something. */
  wantKey(): void;
}

/** A coder that ends sooner than this after its start will not do better at once. */
const tooSoon = seconds(2);
const codedWaiting = 4;

/** Of one look. One picture in, one out; the child lives as long as the stage does. Where no coder will run: `encoder-failed`. */
export function encoder(options: Encoding): Encoder {
  let keyWanted = false;
  return {
    wantKey: () => {
      keyWanted = true;
    },
    async *stage(source, signal) {
      const out = channel<Coded>(codedWaiting);
      const left = new AbortController();
      const both = AbortSignal.any([signal, left.signal]);
      const feeder = openFeeder(options, out, both, () => keyWanted && !(keyWanted = false));
      const feeding = feeder.run(source).then(
        () => out.close(),
        (error: unknown) => out.close(signal.aborted ? undefined : error),
      );
      try {
        yield* out;
      } finally {
        left.abort();
        await feeding;
      }
    },
  };
}

interface Running {
  readonly coder: Coder;
  readonly reading: Promise<void>;
  readonly since: Instant;
  /** Fed since its last beginning. */
  fed: number;
}

function openFeeder(
  { ffmpeg, kbits, clock, log, mayEncode }: Encoding,
  out: Channel<Coded>,
  signal: AbortSignal,
  takeWish: () => boolean,
) {
  let running: Running | undefined;
  let failedAt: Instant | undefined;
  const start = (): Running => {
    const coder = openCoder(ffmpeg, kbits, log, signal);
    const read = async () => {
      for await (const one of coder.pictures()) if (!(await out.put(one))) return;
    };
    const reading = read()
      .catch((error: unknown) =>
        log.warn('the encoder said something that is no picture', { why: asFault(error).message }),
      )
      .finally(() => coder[Symbol.asyncDispose]());
    return { coder, reading, since: clock.now(), fed: 0 };
  };
  const retire = async () => {
    const old = running;
    running = undefined;
    await old?.coder[Symbol.asyncDispose]();
    await old?.reading;
  };
  const encode = async (picture: ClearedPicture): Promise<boolean> => {
    if (!mayEncode()) return true;
    // A child that has only just begun has its key picture still to come or hardly gone.
    if (takeWish() && running && running.fed > 1) await retire();
    running ??= start();
    running.fed++;
    if (await running.coder.feed(picture)) return true;
    const fault = await running.coder.ended;
    if (signal.aborted) return true;
    log.warn('the encoder has ended and is started again', { why: fault?.message });
    const soon = clock.now() - running.since < tooSoon;
    await retire();
    if (soon) failedAt = clock.now();
    return !soon;
  };
  return {
    async run(source: AsyncIterable<Cleared>): Promise<void> {
      try {
        for await (const one of until(source, signal)) {
          if (one.type === 'no-picture') await out.put(one);
          else if (failedAt !== undefined && one.at - failedAt < tooSoon)
            await out.put({ type: 'no-picture', at: one.at, why: 'encoder-failed' });
          else if (!(await encode(one))) await out.put({ type: 'no-picture', at: one.at, why: 'encoder-failed' });
        }
      } finally {
        await retire();
      }
    },
  };
}
