/** Plays one recording in real time through the agent's own stages, without a look, and prints the cost of each case in it. */
import '@nattfrid/agent/agent';
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { decide } from '@nattfrid/agent/decide/decide';
import { decode } from '@nattfrid/agent/decode/decode';
import type { Frame } from '@nattfrid/agent/decode/frame';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { belt } from '@nattfrid/agent/flow/belt';
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { openModels } from '@nattfrid/agent/perceive/models';
import { perceive } from '@nattfrid/agent/perceive/perceive';
import type { Gap } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import type { Case } from './case.ts';
import { type Load, loadMeter } from './load-meter.ts';

export interface RealTimeTask {
  readonly file: string;
  readonly loop: boolean;
  readonly cases: readonly Case[];
}

export interface RealTimeCost {
  readonly name: string;
  readonly seconds: number;
  readonly decoded: number;
  readonly analysed: number;
  /** Pictures that came while two were waiting. */
  readonly dropped: number;
  /** Shares of one core, in percent. */
  readonly agent: number;
  readonly decoder: number;
  readonly megabytes: number;
  readonly peak: number;
}

interface Mark {
  readonly load: Load;
  readonly wall: number;
  readonly decoded: number;
  readonly analysed: number;
  readonly dropped: number;
}

const { file, loop, cases }: RealTimeTask = JSON.parse(process.argv[2] ?? '{}');
const ended = new AbortController();
const { signal } = ended;
const measure = loadMeter();
let [decoded, analysed, dropped] = [0, 0, 0];
let peak = 0;
const costs: RealTimeCost[] = [];
let begun: Mark | undefined;
let resident: number[] = [];
const mark = (): Mark => ({ load: measure(), wall: elapsed(), decoded, analysed, dropped });

async function* counted(frames: AsyncIterable<Frame | Gap>): AsyncGenerator<Frame | Gap, void> {
  for await (const one of frames) {
    if (one.type === 'frame') {
      decoded++;
      judge(one.at / 1000);
    }
    yield one;
  }
}

/** Starts and ends the measured stretch by the time of decoded pictures, whether or not they are analysed. */
function judge(at: number): void {
  const [now] = cases.slice(costs.length);
  if (!now) ended.abort();
  if (!now || at < now.from) return;
  begun ??= mark();
  if (decoded % 10 === 0) resident.push(measure().megabytes);
  peak = Math.max(peak, ...resident);
  if (at >= now.to) costs.push(costOf(now.name, begun));
}

function costOf(name: string, from: Mark): RealTimeCost {
  const to = mark();
  const seconds = (to.wall - from.wall) / 1000;
  const sorted = resident.toSorted((a, b) => a - b);
  begun = undefined;
  resident = [];
  return {
    name,
    seconds,
    decoded: (to.decoded - from.decoded) / seconds,
    analysed: (to.analysed - from.analysed) / seconds,
    dropped: to.dropped - from.dropped,
    agent: (100 * (to.load.agent - from.load.agent)) / seconds,
    decoder: (100 * (to.load.decoder - from.load.decoder)) / seconds,
    megabytes: sorted[sorted.length >> 1] ?? to.load.megabytes,
    peak,
  };
}

const ffmpeg = await findFfmpeg(process.env);
await using models = await openModels(await builtModels());
const clock = systemClock;
const room = () => unknownRoom;
const camera = replayCamera({ file, clock, start: instant(0), speed: 'life', loop, ffmpeg });
const decoding = decode({ ffmpeg, pace: pace(10), log: silent, clock, pool: openPool(silent) });
const frames = belt<Frame>(
  counted(decoding(camera.open(signal), signal)),
  { what: 'frames', clock, log: silent, capacity: 2, full: 'drop' },
  signal,
);
const seen = perceive({ models, room, log: silent })(frames, signal);
const plan = () => ({ fall: { persistenceSeconds: 15 } });
const judging = decide({ plan, room, tell: () => {}, clock, models: [] });
for await (using one of judging(seen, signal)) {
  if (one.input.type === 'seen') analysed++;
  else if (one.input.why === 'too-slow') dropped++;
}
console.log(JSON.stringify(costs));
