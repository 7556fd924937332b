/** Plays a recording through the unit's own stages up to the cleared pictures, in every mode at once. */
import { anonymise } from '@nattfrid/agent/anonymise/anonymise';
import type { Cleared } from '@nattfrid/agent/anonymise/cleared';
import type { Legibility } from '@nattfrid/agent/anonymise/legible';
import type { Packet } from '@nattfrid/agent/camera/packet';
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { decide } from '@nattfrid/agent/decide/decide';
import type { Judged } from '@nattfrid/agent/decide/judged';
import { decode } from '@nattfrid/agent/decode/decode';
import type { Pixels } from '@nattfrid/agent/decode/frame';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import type { Stage } from '@nattfrid/agent/flow/stage';
import type { VisionModels } from '@nattfrid/agent/perceive/models';
import { perceive } from '@nattfrid/agent/perceive/perceive';
import { inLight } from '@nattfrid/evaluation/recording/recording-run';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Gap, Observed } from '@nattfrid/shared/domain/observation';
import { Mode } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';

export const modes = Mode.options;
export const lights = ['clear', 'night'] as const;
export type Light = (typeof lights)[number];

export interface PlayOptions {
  readonly file: string;
  readonly light: Light;
  readonly room: Room;
  /** Times that the recording is played; in the first the background is not learnt yet. */
  readonly rounds: number;
  readonly models: VisionModels;
}

/** One picture, raw and cleared in each mode. */
export interface Played {
  readonly round: number;
  /** Seconds since the first picture of the first round. */
  readonly at: number;
  /** On loan until the next picture is requested. */
  readonly raw: Pixels;
  readonly observation: Observed;
  readonly shown: Readonly<Record<Mode, Cleared>>;
  /** Undefined in an empty room, and where nobody is drawn. */
  readonly legibility: Readonly<Record<Mode, Legibility | undefined>>;
}

/** Ten to three in a January night. */
const start = instant(Date.UTC(2026, 0, 15, 1, 50));

export async function* playInModes(
  { file, light, room, rounds, models }: PlayOptions,
  signal: AbortSignal,
): AsyncGenerator<Played> {
  const clock = movedClock(start);
  const ffmpeg = await findFfmpeg(process.env);
  const begins: Instant[] = [];
  async function* packets(): AsyncGenerator<Packet | Gap> {
    let next = start;
    for (let round = 0; round < rounds; round++) {
      begins.push(next);
      for await (const packet of replayCamera({ file, clock, start: next, speed: 'max', ffmpeg }).open(signal)) {
        yield packet;
        next = after(packet.at, milliseconds(100));
      }
    }
  }
  const decoding = decode({ ffmpeg, pace: pace(), log: silent, clock, pool: openPool(silent), speed: 'max' });
  const lit = inLight(light, undefined)(decoding(packets(), signal), signal);
  const seen = perceive({ models, room: () => room, everyPicture: () => true, log: silent })(lit, signal);
  const judging = decide({ plan: () => undefined, room: () => room, tell: () => {}, clock, models: [] });
  const ways = new Map<Mode, ReturnType<typeof anonymiserOf>>();
  for (const mode of modes) ways.set(mode, anonymiserOf(mode, room, clock, signal));

  for await (using one of judging(seen, signal)) {
    if (one.input.type === 'gap') continue;
    const { frame: raw, observation } = one.input;
    clock.moveTo(observation.at);
    const shown: Partial<Record<Mode, Cleared>> = {};
    const legibility: Partial<Record<Mode, Legibility | undefined>> = {};
    for (const [mode, show] of ways) [shown[mode], legibility[mode]] = await show(one);
    const round = begins.findLastIndex((begin) => begin <= observation.at);
    yield {
      ...{ round, at: (observation.at - start) / 1000, raw, observation },
      shown: shown as Played['shown'],
      legibility: legibility as Played['legibility'],
    };
  }
}

/** The anonymiser of one mode, called picture by picture; the caller keeps the pixels. */
function anonymiserOf(mode: Mode, room: Room, clock: ReturnType<typeof movedClock>, signal: AbortSignal) {
  let legibility: Legibility | undefined;
  let next = Promise.withResolvers<Judged>();
  async function* source(): AsyncGenerator<Judged> {
    for (;;) {
      const one = await next.promise;
      next = Promise.withResolvers();
      yield one;
    }
  }
  const stage: Stage<Judged, Cleared> = anonymise({
    ...{ mode: () => mode, room: () => room, alias: 'Anna 3' as ClientAlias, place: 'sovrum', clock, log: silent },
    judgedLegible: (one) => {
      legibility = one;
    },
  });
  const pictures = stage(source(), signal)[Symbol.asyncIterator]();
  return async (judged: Judged): Promise<readonly [Cleared, Legibility | undefined]> => {
    legibility = undefined;
    next.resolve({ ...judged, [Symbol.dispose]: () => {} });
    const { value } = await pictures.next();
    return [value, legibility];
  };
}
