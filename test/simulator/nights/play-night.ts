/** Plays one simulated night through the unit's own stages, with the real models, as fast as they run. */
import { decide } from '@nattfrid/agent/decide/decide';
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { Frame } from '@nattfrid/agent/decode/frame';
import { openPool, type Pool } from '@nattfrid/agent/decode/pool';
import type { VisionModels } from '@nattfrid/agent/perceive/models';
import { perceive } from '@nattfrid/agent/perceive/perceive';
import type { Gap, Observation } from '@nattfrid/shared/domain/observation';
import { silent } from '@nattfrid/shared/log/logger';
import { elapsed } from '@nattfrid/shared/time/clock';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { type Coded, codedPictures } from './coded-pictures.ts';
import { frameSchedule, type ScheduledFrame } from './frame-schedule.ts';
import { homeOf } from './home-of-night.ts';
import { painterOf } from './night-painter.ts';
import { type BedSaid, bedOf, type PlayedNight, scored } from './played-night.ts';
import { roomOf } from './room-of-night.ts';
import type { Night } from './script.ts';
import { size } from './sprite.ts';
import type { Sheets } from './sprite-sheets.ts';
import { staged } from './staged-night.ts';

export interface PlayOptions {
  /** Called with the share that is played, 0 to 1, each 300 observations. */
  readonly progress: (share: number) => void;
  /** Called with each observation: enough to decide the night again. */
  readonly keep?: ((seen: Observation) => void) | undefined;
}

export async function playNight(
  night: Night,
  sheets: Sheets,
  models: VisionModels,
  { progress, keep }: PlayOptions,
): Promise<PlayedNight> {
  const begun = elapsed();
  const start = instant(Date.parse(night.begins));
  const { timeline, lengths } = staged(night);
  const clock = movedClock(start);
  const pool = openPool(silent);
  const found: Finding[] = [];
  const room = roomOf(night);
  const { signal } = new AbortController();
  const schedule = frameSchedule(timeline, 60 * night.minutes, lengths);
  const paint = painterOf(night, sheets);
  let pictures = 0;
  const drawn = (into: Uint8Array, frame: ScheduledFrame) => {
    paint(into, frame);
    pictures++;
  };
  const { kilobits } = homeOf(night).manners;
  const frames = framesOf(schedule, start, pool, drawn, kilobits);
  const seen = perceive({ models, room: () => room, log: silent })(frames, signal);
  const versions = Object.entries(models.versions).map(([name, version]) => `${name} ${version}`);
  const judged = decide({
    plan: () => night.alarms,
    room: () => room,
    tell: (one) => found.push(one),
    clock,
    models: versions,
  })(seen, signal);
  const bedSaid: BedSaid[] = [];
  for await (using one of judged) {
    const { input } = one;
    const at = input.type === 'seen' ? input.frame.at : input.at;
    keep?.(input.type === 'seen' ? input.observation : input);
    bedSaid.push({ at: (at - start) / 1000, is: bedOf(one) });
    clock.moveTo(at);
    if (bedSaid.length % 300 === 0) progress((at - start) / 60_000 / night.minutes);
  }
  return { ...scored(night, timeline, found, bedSaid), pictures, seconds: (elapsed() - begun) / 1000 };
}

/** The simulated camera: a frame for each scheduled one, coded and decoded where the camera codes, and a gap where it is lost. */
async function* framesOf(
  schedule: Iterable<ScheduledFrame>,
  start: Instant,
  pool: Pool,
  paint: (into: Uint8Array, frame: ScheduledFrame) => void,
  kilobits: number | undefined,
): AsyncGenerator<Frame | Gap> {
  let before = start;
  const painted = paintedOf(schedule, paint);
  for await (const { about, i420 } of kilobits === undefined ? painted : codedPictures(painted, kilobits)) {
    const at = instant(start + Math.round(1000 * about.at));
    if (!i420) yield { type: 'gap', from: before, at, why: 'camera-lost' };
    else {
      const frame = pool.lend(size.width, size.height, at);
      frame.i420.set(i420);
      yield frame;
    }
    before = at;
  }
}

function* paintedOf(
  schedule: Iterable<ScheduledFrame>,
  paint: (into: Uint8Array, frame: ScheduledFrame) => void,
): Generator<Coded<ScheduledFrame>> {
  for (const about of schedule) {
    if (about.lost) yield { about, i420: undefined };
    else {
      const i420 = new Uint8Array(size.width * size.height * 1.5);
      paint(i420, about);
      yield { about, i420 };
    }
  }
}
