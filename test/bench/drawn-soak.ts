/** Soak faster than life: drawn scenes through the agent's own stages for hours of simulated time, with the memory printed as it goes. */
import { join } from 'node:path';
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { decide } from '@nattfrid/agent/decide/decide';
import { decode } from '@nattfrid/agent/decode/decode';
import type { Frame } from '@nattfrid/agent/decode/frame';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { openModels } from '@nattfrid/agent/perceive/models';
import { perceive } from '@nattfrid/agent/perceive/perceive';
import type { Gap } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { openProgress } from '@nattfrid/simulator/progress';
import { loadMeter } from './load-meter.ts';

const folder = join(import.meta.dirname, '../../fixtures/scenes');
/** Mostly an empty room, as in a night. */
const scenes = [
  ...Array.from({ length: 10 }, () => 'empty-room.mp4'),
  ...['to-bed.mp4', 'night-fall.mp4', 'walk-out.mp4', 'two-people.mp4', 'sits-down.mp4'],
];
const everyMinutes = 30;

export async function drawnSoak(minutes: number): Promise<void> {
  const ffmpeg = await findFfmpeg(process.env);
  await using models = await openModels(await builtModels());
  const clock = movedClock();
  const pool = openPool(silent);
  const ended = new AbortController();
  const { signal } = ended;
  const measure = loadMeter();
  const began = elapsed();
  let now: Instant = instant(0);

  async function* frames(): AsyncGenerator<Frame | Gap, void> {
    for (let turn = 0; now < minutes * 60_000; turn++) {
      const file = join(folder, scenes[turn % scenes.length]!);
      const camera = replayCamera({ file, clock, start: after(now, milliseconds(100)), speed: 'max', ffmpeg });
      const decoding = decode({ ffmpeg, pace: pace(10), log: silent, clock, pool, speed: 'max' });
      yield* decoding(camera.open(signal), signal);
    }
  }

  console.log('simulated     pictures   resident MB   heap MB   array buffers MB   frames out   real minutes');
  let [pictures, found, next] = [0, 0, 0];
  using progress = openProgress();
  const print = () => {
    progress.clear();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const cells = [
      ...[`${(now / 60_000).toFixed(0)} min`.padEnd(10), `${pictures}`.padStart(11)],
      measure().megabytes.toFixed(0).padStart(14),
      ...[heapUsed, arrayBuffers].map((bytes, at) => (bytes / 1e6).toFixed(0).padStart(at ? 19 : 10)),
      ...[`${pool.out}`.padStart(13), ((elapsed() - began) / 60_000).toFixed(1).padStart(15)],
    ];
    console.log(cells.join(''));
  };
  const room = () => unknownRoom;
  const plan = () => ({ fall: { persistenceSeconds: 15 } });
  const seen = perceive({ models, room, log: silent })(frames(), signal);
  for await (using one of decide({ plan, room, tell: () => found++, clock, models: [] })(seen, signal)) {
    if (one.input.type !== 'seen') continue;
    now = one.input.frame.at;
    clock.moveTo(now);
    pictures++;
    progress.report(`simulated ${Math.floor(now / 60_000)} of ${minutes} min`, Math.min(1, now / 60_000 / minutes));
    if (now < next * 60_000) continue;
    print();
    // The first minutes fill caches and pools: the second reading comes at 5 minutes, all others each half hour.
    next = next === 0 ? 5 : next === 5 ? everyMinutes : next + everyMinutes;
  }
  print();
  console.log(`\n${found} findings began, changed or ended; ${pool.mistakes} frames were not given back exactly once`);
}
