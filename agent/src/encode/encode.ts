/** Stage: cleared pictures to H.264, for as long as somebody looks; its child lives no longer than the stage. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Cleared, ClearedPicture } from '../anonymise/cleared.ts';
import { startFfmpeg } from '../ffmpeg/process.ts';
import type { Stage } from '../flow/stage.ts';
import { until } from '../flow/until.ts';
import type { AccessUnit } from '../h264/parameter-sets.ts';
import type { Coded } from './coded.ts';
import { type Encoder, keyEvery, openEncoder } from './encoder.ts';

export interface EncodeOptions {
  /** Path of the program. */
  readonly ffmpeg: string;
  /** To begin with, 30 to 2000 kbit/s: 100 is already good for a silhouette, 400 generous. Default 150. */
  readonly kbits?: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asked before each picture: false where the link cannot take one now. It is left out before it is encoded, so no later one misses it. */
  readonly mayEncode?: () => boolean;
}

export interface Encoding {
  /**
   * One picture in, one coded picture out, before the next is taken: the first is a key picture, then every tenth. A
   * reason why there is no picture passes through. A dead encoder is replaced at once; if the new one fails too,
   * `encoder-failed` comes out in the place of pictures, until one succeeds again.
   */
  readonly stage: Stage<Cleared, Coded>;
  /**
   * For a viewer that has lost a picture: the next one will be a key picture, from a new child, unless one comes by
   * itself within four pictures.
   */
  wantKey(): void;
  /** From the next picture on, from a new child: a running one cannot be told. @param kbits 30 to 2000 kbit/s */
  wantBitrate(kbits: number): void;
}

/** After two failures in a row the next attempt waits so long. */
const rest: Duration = seconds(1);
/** A wish for a key picture is granted by a new child, unless the next one comes by itself within so many pictures. */
const soon = 4;

interface Wishes {
  kbits: number;
  key: boolean;
}

/** The child begins with the stage and ends with it: while nobody looks, there is none. */
export function encoder(options: EncodeOptions): Encoding {
  const wishes: Wishes = { kbits: options.kbits ?? 150, key: false };
  return {
    stage: (source, signal) => encodeAll(options, wishes, source, signal),
    wantKey() {
      wishes.key = true;
    },
    wantBitrate(kbits) {
      wishes.kbits = Math.round(Math.max(30, Math.min(2000, kbits)));
    },
  };
}

async function* encodeAll(
  options: EncodeOptions,
  wishes: Wishes,
  source: AsyncIterable<Cleared>,
  signal: AbortSignal,
): AsyncGenerator<Coded, void> {
  const { mayEncode = () => true } = options;
  await using replaceable = openReplaceable(options, wishes, signal);
  for await (const item of until(source, signal)) {
    const { at } = item;
    if (item.type === 'no-picture') {
      yield { type: 'no-picture', at, why: item.why };
      continue;
    }
    if (!mayEncode()) continue;
    const unit = await replaceable.encode(item);
    if (signal.aborted) return;
    yield unit ? { type: 'coded', at, ...unit } : { type: 'no-picture', at, why: 'encoder-failed' };
  }
}

/** An encoder behind which another is put when it dies, or when a wish cannot be granted by the old one. */
function openReplaceable({ ffmpeg, clock, log }: EncodeOptions, wishes: Wishes, signal: AbortSignal) {
  let kbits = wishes.kbits;
  let sinceKey = 0;
  let failedAt: Instant | undefined;
  let current: Encoder | undefined;

  const open = (): Encoder => {
    kbits = wishes.kbits;
    sinceKey = 0;
    return (current = openEncoder({ ffmpeg, kbits, clock, log }, signal));
  };
  const replace = async (): Promise<Encoder> => {
    await current?.[Symbol.asyncDispose]();
    return open();
  };
  const attempt = async (one: Encoder, { i420 }: ClearedPicture): Promise<AccessUnit | undefined> => {
    const unit = await one.encode(i420);
    sinceKey = unit?.key ? 1 : sinceKey + 1;
    return unit;
  };
  const again = async (picture: ClearedPicture): Promise<AccessUnit | undefined> => {
    if (signal.aborted) return undefined;
    const fresh = await replace();
    const unit = await attempt(fresh, picture);
    if (unit || signal.aborted) return unit;
    await fresh[Symbol.asyncDispose]();
    current = undefined;
    const why = (await fresh.ended)?.message ?? 'it gave no picture in time';
    log.error('The encoder fails, and there is no picture', { why });
    return undefined;
  };
  const mustReplace = (): boolean => {
    const keyTooFar = wishes.key && sinceKey > 0 && keyEvery - sinceKey > soon;
    wishes.key = false;
    return keyTooFar || kbits !== wishes.kbits || !current;
  };
  // Before the first picture comes: the program needs a moment to start.
  open();
  return {
    async encode(picture: ClearedPicture): Promise<AccessUnit | undefined> {
      if (failedAt !== undefined && clock.now() - failedAt < rest) return undefined;
      const one = mustReplace() || !current ? await replace() : current;
      const unit = (await attempt(one, picture)) ?? (await again(picture));
      failedAt = unit ? undefined : clock.now();
      return unit;
    },
    [Symbol.asyncDispose]: async () => current?.[Symbol.asyncDispose](),
  };
}

/** For the start of the program: can this ffmpeg do what a look will need? @throws Fault `program-missing`. */
export async function requireEncoder(ffmpeg: string, log: Logger, signal: AbortSignal): Promise<void> {
  const said: string[] = [];
  await using child = startFfmpeg({ ffmpeg, args: ['-h', 'encoder=libx264'], what: 'which encoders', log }, signal);
  child.finish();
  for await (const chunk of child.output) said.push(String(chunk));
  const fault = await child.ended;
  if (fault?.code === 'program-missing') throw fault;
  if (/^Encoder libx264/m.test(said.join(''))) return;
  const words = `The ffmpeg at ${ffmpeg} cannot encode H.264: it was built without libx264. Install Debian's ffmpeg, or set NATTFRID_FFMPEG.`;
  throw new Fault('program-missing', words);
}
