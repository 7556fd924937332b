/** Processor time per picture of each stage of the pipeline, which other programs on the machine hardly affect. Prints JSON. */
import { anonymise } from '@nattfrid/agent/anonymise/anonymise';
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { decide } from '@nattfrid/agent/decide/decide';
import type { Judged } from '@nattfrid/agent/decide/judged';
import { decode } from '@nattfrid/agent/decode/decode';
import type { Frame } from '@nattfrid/agent/decode/frame';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { type Background, stepBackground } from '@nattfrid/agent/perceive/background';
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { lightInCells } from '@nattfrid/agent/perceive/cells';
import type { VisionModels } from '@nattfrid/agent/perceive/models';
import { openModels } from '@nattfrid/agent/perceive/models';
import { firstPerception, perceiveFrame } from '@nattfrid/agent/perceive/perceive-frame';
import type { Seen } from '@nattfrid/agent/perceive/seen';
import { type Denoising, stepDenoising } from '@nattfrid/agent/perceive/temporal-denoising';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Gap } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { loadMeter } from './load-meter.ts';

export interface StageCostsTask {
  readonly file: string;
}

export interface StageCosts {
  /** Milliseconds of each run, or of each picture, by stage, in pipeline order. */
  readonly parts: Readonly<Record<string, readonly number[]>>;
  readonly pictures: number;
}

const { file }: StageCostsTask = JSON.parse(process.argv[2] ?? '{}');
const names = [
  ...['change grid', 'steady', 'NanoDet', 'BlazePose', 'tracking and the rest', 'detectors', 'anonymise'],
] as const;
type Name = (typeof names)[number];
const parts: Record<string, number[]> = Object.fromEntries(['decode', ...names].map((name) => [name, []]));
const own = () => sum(process.threadCpuUsage());
const whole = () => sum(process.cpuUsage());
const sum = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
let inModels = 0;

function timed<Result>(name: Name, work: () => Result): Result {
  const began = own();
  const result = work();
  parts[name]!.push(own() - began);
  return result;
}

/** A model runs in its own thread, so the time of the whole process is taken, while it does nothing else. */
const timedModel =
  <Asked extends readonly unknown[], Result>(name: Name, run: (...asked: Asked) => Promise<Result>) =>
  async (...asked: Asked): Promise<Result> => {
    const began = whole();
    const result = await run(...asked);
    const took = whole() - began;
    parts[name]!.push(took);
    inModels += took;
    return result;
  };

await using opened = await openModels(await builtModels());
const models: VisionModels = {
  ...opened,
  detect: timedModel('NanoDet', opened.detect),
  pose: timedModel('BlazePose', opened.pose),
};

const ffmpeg = await findFfmpeg(process.env);
const { signal } = new AbortController();
const room = () => unknownRoom;
const camera = replayCamera({ file, clock: systemClock, start: instant(0), speed: 'max', ffmpeg });
const decoding = decode({
  ffmpeg,
  pace: pace(10),
  log: silent,
  clock: systemClock,
  pool: openPool(silent),
  speed: 'max',
});
const measure = loadMeter();
let asked = 0;

async function* seen(frames: AsyncIterable<Frame | Gap>): AsyncGenerator<Seen | Gap, void> {
  let watching = firstPerception;
  let background: Background | undefined;
  let steady: Denoising | undefined;
  let decoder = 0;
  for await (const frame of frames) {
    if (frame.type === 'gap') continue;
    const now = measure().decoder * 1000;
    parts['decode']!.push(now - decoder);
    decoder = now;
    // With a state of their own, beside `watch`, whose inner parts cannot be timed from here.
    const [cells, noticed] = timed('change grid', () => {
      const found = lightInCells(frame);
      const [next, said] = stepBackground(background, { at: frame.at, cells: found, persons: [] });
      background = next;
      return [found, said] as const;
    });
    timed('steady', () => {
      [steady] = stepDenoising(steady, frame, cells, noticed.noise);
    });
    inModels = 0;
    const began = whole();
    const [after, perception] = await perceiveFrame(watching, frame, { room: room(), every: true, models });
    const took = whole() - began - inModels;
    const known = parts['change grid']!.at(-1)! + parts['steady']!.at(-1)!;
    parts['tracking and the rest']!.push(Math.max(0, took - known));
    watching = after;
    if (!perception) continue;
    const { observation, shapes } = perception;
    asked = own();
    yield {
      ...{ type: 'seen', frame, observation, shapes, change: perception.scene.change },
      [Symbol.dispose]: () => frame[Symbol.dispose](),
    };
  }
}

async function* judged(from: AsyncIterable<Judged>): AsyncGenerator<Judged, void> {
  for await (const one of from) {
    parts['detectors']!.push(own() - asked);
    asked = own();
    yield one;
  }
}

const plan = () => ({ fall: { persistenceSeconds: 15 } });
const judging = decide({ plan, room, tell: () => {}, clock: systemClock, models: [] });
const alias = 'bench' as ClientAlias;
const drawing = anonymise({ mode: () => 'silhouette', room, alias, clock: systemClock, log: silent });
let pictures = 0;
for await (const _ of drawing(judged(judging(seen(decoding(camera.open(signal), signal)), signal)), signal)) {
  parts['anonymise']!.push(own() - asked);
  pictures++;
}
const said: StageCosts = { parts, pictures };
console.log(JSON.stringify(said));
