/** Prints figures of the agent's parts on this machine: medians and ratios, in one run; nothing is asserted. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { anonymise } from '@nattfrid/agent/anonymise/anonymise';
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { decide } from '@nattfrid/agent/decide/decide';
import { decode } from '@nattfrid/agent/decode/decode';
import type { Frame } from '@nattfrid/agent/decode/frame';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { readManifest } from '@nattfrid/agent/perceive/model';
import { openModels } from '@nattfrid/agent/perceive/models';
import { perceive } from '@nattfrid/agent/perceive/perceive';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Gap } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';

const help = `Usage: npm run bench -- [perceive] [FILE]

Sends a recording (our drawn night by default) through the agent's own stages as fast as it goes, and prints for each
stage the median and the 95th percentile in milliseconds a picture, then pictures a second, the share of one core at
10 pictures a second, and the memory. Figures of two runs compare only when nothing else ran beside them.`;

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h', default: false } },
});
const [file = here('fixtures/scenes/night-fall.mp4')] = positionals.filter((one) => one !== 'perceive');
if (values.help) console.log(help);
else await bench(file);

async function bench(recording: string): Promise<void> {
  const ffmpeg = await findFfmpeg(process.env);
  const folder = here('models/built');
  await using models = await openModels({ folder, manifest: await readManifest(here('models/manifest.json')) });
  const spent: Record<string, number[]> = {};
  const signal = new AbortController().signal;
  const room = () => unknownRoom;
  const pool = openPool(silent);
  const camera = replayCamera({ file: recording, clock: systemClock, start: instant(0), speed: 'max', ffmpeg });

  const cpuBefore = process.cpuUsage();
  const began = elapsed();
  const frames = timed(
    'decode',
    decode({ ffmpeg, pace: pace(10), log: silent, clock: systemClock, pool, speed: 'max' })(
      camera.open(signal),
      signal,
    ),
    spent,
  );
  const seen = timed(
    'perceive',
    perceive({ models, room, log: silent })(frames as AsyncIterable<Frame | Gap>, signal),
    spent,
  );
  const judging = decide({
    plan: () => ({ fall: { persistenceSeconds: 15 } }),
    room,
    tell: () => {},
    clock: systemClock,
    models: [],
  });
  const judged = timed('decide', judging(seen, signal), spent);
  const drawing = anonymise({
    mode: () => 'silhouette',
    room,
    alias: 'bench' as ClientAlias,
    clock: systemClock,
    log: silent,
  });
  let last = 0;
  for await (const cleared of timed('anonymise', drawing(judged, signal), spent)) last = cleared.at;
  const wall = (elapsed() - began) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const many = spent['anonymise']?.length ?? 0;

  console.log(
    `${recording}\n${many} pictures, ${(last / 1000).toFixed(1)} s of recording, ${wall.toFixed(1)} s of work\n`,
  );
  console.log('stage        median ms   95 % ms   (without the stages before it)');
  let before: readonly number[] = [];
  for (const [stage, times] of Object.entries(spent)) {
    const own = times.map((one, index) => one - (before[index] ?? 0)).sort((a, b) => a - b);
    console.log(`${stage.padEnd(12)} ${quantile(own, 0.5).padStart(9)} ${quantile(own, 0.95).padStart(9)}`);
    before = times;
  }
  console.log(`\npictures a second, as fast as it goes   ${(many / wall).toFixed(1)}`);
  console.log(
    `share of one core at 10 a second        ${((cpuSeconds / many) * 1000).toFixed(0)} %  (without the ffmpeg children)`,
  );
  console.log(`resident memory                         ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`);
}

/** How long each item took to come, counted from when it was asked for: a pull through all stages before. */
function timed<Item>(
  stage: string,
  items: AsyncIterable<Item>,
  spent: Record<string, number[]>,
): AsyncGenerator<Item, void> {
  const times: number[] = [];
  spent[stage] = times;
  return (async function* () {
    let asked = elapsed();
    for await (const item of items) {
      times.push(elapsed() - asked);
      yield item;
      asked = elapsed();
    }
  })();
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
}
