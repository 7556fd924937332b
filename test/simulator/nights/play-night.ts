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
import { frameSchedule, type ScheduledFrame } from './frame-schedule.ts';
import { painterOf, timelineOf } from './night-painter.ts';
import { roomOf } from './night-variation.ts';
import { type BedSaid, bedOf, type PlayedNight, scored } from './played-night.ts';
import type { Night } from './script.ts';
import { size } from './sprite.ts';
import type { Sheets } from './sprite-sheets.ts';

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
  const { timeline, lengths } = timelineOf(night, sheets);
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
  const frames = framesOf(schedule, start, pool, drawn);
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

/** The simulated camera: a frame for each scheduled one, and a gap where it is lost. */
async function* framesOf(
  schedule: Iterable<ScheduledFrame>,
  start: Instant,
  pool: Pool,
  paint: (into: Uint8Array, frame: ScheduledFrame) => void,
): AsyncGenerator<Frame | Gap> {
  let before = start;
  for (const scheduled of schedule) {
    const at = instant(start + Math.round(1000 * scheduled.at));
    if (scheduled.lost) yield { type: 'gap', from: before, at, why: 'camera-lost' };
    else {
      const frame = pool.lend(size.width, size.height, at);
      paint(frame.i420, scheduled);
      yield frame;
    }
    before = at;
  }
}
