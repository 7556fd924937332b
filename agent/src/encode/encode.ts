/** Stage: cleared pictures to H.264 during a look, with a replaceable encoder: for a keyframe, another step, or after a crash. */
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
import { type Encoder, keyframeEvery } from './encoder.ts';
import { ladderFor, type Shape, sameShape } from './shape.ts';
import { type SpareEncoder, spareEncoder } from './spare.ts';

export interface EncodeOptions {
  /** Path of the program. */
  readonly ffmpeg: string;
  /** The first step; by default 60 kbit/s and ten pictures a second at full size, enough for a silhouette. */
  readonly shape?: Shape;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asked before each picture; false: it is left out before it is encoded, so that no later picture refers to it. */
  readonly mayEncode?: () => boolean;
  /** A spare that looks share, so that each finds its encoder started; by default one of the stage's own. */
  readonly spare?: SpareEncoder;
}

export interface Encoding {
  /**
   * One picture in, one coded picture out, before the next is taken. The first is a keyframe, then one a minute at ten a second. A reason
   * why there is no picture passes through. A dead encoder is replaced at once; where the new one fails too, `encoder-failed` takes the
   * place of pictures until one succeeds.
   */
  readonly stage: Stage<Cleared, Coded>;
  /**
   * For a viewer without a reference picture: the next one is a keyframe, from a new child, unless one is due within two pictures.
   */
  wantKey(): void;
  /**
   * Another step, by a new child (a running one takes no new settings) and from a keyframe on. A lower one from the next picture on; a
   * higher one once its child has started, so that no picture waits for it.
   */
  want(shape: Shape): void;
}

/** Wait before the next attempt after three failures in a row. */
const rest: Duration = seconds(1);
/** Pictures within which a regular keyframe makes a new child needless. */
const soon = 2;
/** Time after the first picture until a spare is started: starting a program delays the pictures that a viewer waits for. */
const settlesIn: Duration = seconds(2);
const usual: Shape = ladderFor('silhouette')[0];

interface Wishes {
  shape: Shape;
  key: boolean;
}

/** Its children begin and end with the stage; without a look there is none but a shared spare. */
export function encoder(options: EncodeOptions): Encoding {
  const wishes: Wishes = { shape: options.shape ?? usual, key: false };
  let changed = () => {};
  return {
    stage: (source, signal) => encodeAll(options, wishes, (told) => (changed = told), source, signal),
    wantKey() {
      wishes.key = true;
    },
    want(shape) {
      wishes.shape = shape;
      changed();
    },
  };
}

async function* encodeAll(
  options: EncodeOptions,
  wishes: Wishes,
  onWish: (told: () => void) => void,
  source: AsyncIterable<Cleared>,
  signal: AbortSignal,
): AsyncGenerator<Coded, void> {
  const { mayEncode = () => true } = options;
  await using own = options.spare ? undefined : spareEncoder(options, signal);
  await using replaceable = openReplaceable(options, options.spare ?? own!, wishes, signal);
  onWish(replaceable.prepare);
  for await (const item of until(source, signal)) {
    const { at } = item;
    if (item.type === 'no-picture') {
      yield { type: 'no-picture', at, why: item.why };
      continue;
    }
    if (!mayEncode()) continue;
    const unit = await replaceable.encode(item);
    if (signal.aborted) return;
    yield unit ? { type: 'coded', at, ...unit, hard: item.hard } : { type: 'no-picture', at, why: 'encoder-failed' };
  }
}

/** The running encoder, replaced when it dies, or for a keyframe or a step that it cannot give. */
function openReplaceable({ clock, log }: EncodeOptions, spare: SpareEncoder, wishes: Wishes, signal: AbortSignal) {
  let shape = wishes.shape;
  let sinceKey = 0;
  let failedAt: Instant | undefined;
  let firstAt: Instant | undefined;
  // Before the first picture, because the program needs a moment to start.
  let current: Encoder | undefined = spare.take(shape);
  const ending = new Set<Promise<void>>();

  const close = (old: Encoder) => {
    // Not awaited: the next picture must not wait for the old program's end.
    const done = Promise.resolve(old[Symbol.asyncDispose]()).finally(() => ending.delete(done));
    ending.add(done);
  };
  const replace = (): Encoder => {
    if (current) close(current);
    shape = wishes.shape;
    sinceKey = 0;
    return (current = spare.take(shape));
  };
  const attempt = async (one: Encoder, { i420 }: ClearedPicture): Promise<AccessUnit | undefined> => {
    const unit = await one.encode(i420);
    sinceKey = unit?.key ? 1 : sinceKey + 1;
    return unit;
  };
  /** With the spare; with a fresh encoder where the spare has died too, as when memory ran out. */
  const again = async (picture: ClearedPicture): Promise<AccessUnit | undefined> => {
    for (const _ of ['spare', 'fresh']) {
      if (signal.aborted) return undefined;
      const unit = await attempt(replace(), picture);
      if (unit) return unit;
    }
    if (signal.aborted || !current) return undefined;
    const { ended } = current;
    close(current);
    current = undefined;
    const why = (await ended)?.message ?? 'it gave no picture in time';
    log.error('The encoder fails, and there is no picture', { why });
    return undefined;
  };
  const mustReplace = (): boolean => {
    const keyTooFar = wishes.key && sinceKey > 0 && keyframeEvery - sinceKey > soon;
    wishes.key = false;
    return keyTooFar || !current || (!sameShape(shape, wishes.shape) && mayChange());
  };
  const mayChange = () => wishes.shape.kbits < shape.kbits || spare.ripe(wishes.shape);
  return {
    prepare: () => spare.prepare(wishes.shape),
    async encode(picture: ClearedPicture): Promise<AccessUnit | undefined> {
      if (failedAt !== undefined && clock.now() - failedAt < rest) return undefined;
      const one = mustReplace() || !current ? replace() : current;
      const unit = (await attempt(one, picture)) ?? (await again(picture));
      failedAt = unit ? undefined : clock.now();
      firstAt ??= clock.now();
      if (unit && clock.now() - firstAt >= settlesIn) spare.prepare(wishes.shape);
      return unit;
    },
    async [Symbol.asyncDispose]() {
      if (current) close(current);
      // The spare for the next look has the step of this one's end.
      spare.prepare(wishes.shape);
      await Promise.all(ending);
    },
  };
}

/** Checks at the start of the program that ffmpeg has libx264. @throws Fault `program-missing` */
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
