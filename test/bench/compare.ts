/** Runs either side of the comparison over the same pictures, and measures both alike. */
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { decode } from '@nattfrid/agent/decode/decode';
import type { Frame } from '@nattfrid/agent/decode/frame';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { silent } from '@nattfrid/shared/log/logger';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import type { Case } from './case.ts';
import { median } from './median.ts';

export interface CompareTask {
  readonly file: string;
  readonly cases: readonly Case[];
  /** Pictures a second of the recording that are looked at. */
  readonly perSecond: number;
}

export interface Compared {
  /** Medians over all pictures, in milliseconds: of the clock, and of processor time. */
  readonly wall: number;
  readonly cpu: number;
  readonly megabytes: number;
  /** For each case: pictures, and those in which a person was found. */
  readonly cases: readonly { readonly name: string; readonly pictures: number; readonly found: number }[];
}

/** @param finds whether a person is in this picture; called for all pictures in order */
export async function compare(task: CompareTask, finds: (frame: Frame) => Promise<boolean>): Promise<Compared> {
  const { file, cases, perSecond } = task;
  const ffmpeg = await findFfmpeg(process.env);
  const ended = new AbortController();
  const { signal } = ended;
  const camera = replayCamera({ file, clock: systemClock, start: instant(0), speed: 'max', ffmpeg });
  const options = { ffmpeg, pace: pace(perSecond), log: silent, clock: systemClock, pool: openPool(silent) };
  const [walls, cpus]: [number[], number[]] = [[], []];
  const counts = cases.map(({ name }) => ({ name, pictures: 0, found: 0 }));
  const last = Math.max(...cases.map((one) => one.to));
  let most = 0;
  for await (const frame of decode({ ...options, speed: 'max' })(camera.open(signal), signal)) {
    if (frame.type === 'gap') continue;
    using _ = frame;
    const at = frame.at / 1000;
    if (at > last) break;
    const [wall, cpu] = [elapsed(), process.cpuUsage()];
    const found = await finds(frame);
    const used = process.cpuUsage(cpu);
    walls.push(elapsed() - wall);
    cpus.push((used.user + used.system) / 1000);
    most = Math.max(most, process.memoryUsage.rss());
    cases.forEach(({ from, to }, index) => {
      if (at < from || at > to) return;
      counts[index]!.pictures++;
      if (found) counts[index]!.found++;
    });
  }
  ended.abort();
  return { wall: median(walls), cpu: median(cpus), megabytes: most / 1e6, cases: counts };
}
