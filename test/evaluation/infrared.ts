/** `npm run infrared`: true infrared (a sleeper under a blanket) and rooms without anybody, through the agent's own eyes and detectors. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { openModels } from '@nattfrid/agent/perceive/models';
import { type Kind, scenesOf } from './infrared/scenes.ts';
import { type Figures, type Trace, watch } from './infrared/watch.ts';
import { ways } from './infrared/ways.ts';

const help = `Usage: npm run infrared -- [options]

Plays the clips of ../shared/infrared, each back and forth so that it lasts, through the agent's own eyes and detectors, with the
bed marked and unmarked; and rooms of the same pictures, and of ../shared/footage, in which nobody is: empty corners cut out and
scaled up, the bed without its sleeper, dolls drawn into it. Prints in how many pictures somebody was in bed, surely seen, and more
than one, and the alarms.

  --seconds N    how long each is shown (75 by default)
  --part NAME    tuned: what was looked into while the rules were made; untuned: what was only judged on; all (by default)
  --only WORD    scenes whose name holds it
  --way WORD     ways of showing whose name holds it
  --bed HOW      marked, unmarked, or both (by default)
  --trace        each picture: who is seen, and the bed
  --help

Exit: 0 it was played, whatever came of it; 2 wrong options; 3 the clips are not there.`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '75' },
    part: { type: 'string', default: 'all' },
    only: { type: 'string', default: '' },
    way: { type: 'string', default: '' },
    bed: { type: 'string', default: 'both' },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const shared = join(import.meta.dirname, '../../../shared');
const [infrared, footage] = [join(shared, 'infrared'), join(shared, 'footage')];

if (values.help) console.log(help);
else if (!(Number(values.seconds) > 0) || !['tuned', 'untuned', 'all'].includes(values.part)) {
  console.error(help);
  process.exitCode = 2;
} else if (!existsSync(infrared) || !existsSync(footage)) {
  console.error('The clips are not in ../shared/infrared and ../shared/footage beside the checkout.');
  process.exitCode = 3;
} else await play();

async function play(): Promise<void> {
  await using models = await openModels(await builtModels());
  const sums = new Map<string, Sum>();
  const seconds = Number(values.seconds);
  for (const scene of scenesOf(infrared, footage)) {
    if (!scene.name.includes(values.only)) continue;
    for (const way of ways) {
      if (!way.name.includes(values.way)) continue;
      const part = scene.tuned && way.tuned ? 'tuned' : 'untuned';
      if (values.part !== 'all' && values.part !== part) continue;
      console.log(`${part}  ${scene.kind}  ${scene.name}, ${way.name}`);
      for (const marked of scene.bed ? [true, false] : [false]) {
        if (values.bed !== 'both' && (values.bed === 'marked') !== marked) continue;
        const trace = values.trace ? printTrace : undefined;
        const seen = await watch(scene, way, { models, seconds, marked, trace });
        const name = marked ? 'marked' : 'unmarked';
        console.log(`    ${name.padEnd(9)} ${words(seen)}`);
        add(sums, `${part}, ${scene.kind}, ${name}`, scene.kind, seen);
      }
    }
  }
  console.log('\nIn all');
  for (const [name, sum] of sums) console.log(`  ${name.padEnd(36)} ${sumWords(sum)}`);
}

function printTrace(...[at, { persons }, bed]: Parameters<Trace>): void {
  const told = persons.map(({ track, certainty, unseenFor, box: { x, y, width, height } }) => {
    const place = [x, y, width, height].map((one) => one.toFixed(2)).join(' ');
    return `${track}: ${certainty.toFixed(2)}${unseenFor > 0 ? ` unseen ${unseenFor / 1000} s` : ''} [${place}]`;
  });
  console.log(`    ${at.toFixed(1)} s  ${told.join('; ') || 'nobody'} | ${bed}`);
}

interface Sum {
  readonly kind: Kind;
  plays: number;
  pictures: number;
  inBed: number;
  somebody: number;
  several: number;
  short: number;
  told: number;
}

function add(sums: Map<string, Sum>, name: string, kind: Kind, seen: Figures): void {
  const none = { kind, plays: 0, pictures: 0, inBed: 0, somebody: 0, several: 0, short: 0, told: 0 };
  const sum = sums.get(name) ?? none;
  sum.plays++;
  sum.pictures += seen.pictures;
  sum.inBed += seen.inBed;
  sum.somebody += seen.somebody;
  sum.several += seen.several;
  if (seen.inBed < 0.97 * seen.pictures) sum.short++;
  if (seen.alarms.length > 0) sum.told++;
  sums.set(name, sum);
}

function sumWords({ kind, plays, pictures, inBed, somebody, several, short, told }: Sum): string {
  const bed = `in bed ${share(inBed, pictures)}${kind === 'nobody' ? '' : ` (under 97 % in ${short} of ${plays})`}`;
  return `${bed}, somebody ${share(somebody, pictures)}, more than one ${share(several, pictures)}; an alarm in ${told} of ${plays}`;
}

function words({ pictures, inBed, somebody, several, after, alarms }: Figures): string {
  const since = after === undefined ? '' : ` from ${after.toFixed(1)} s on`;
  return `${pictures} pictures: in bed ${share(inBed, pictures)}${since}, somebody ${share(somebody, pictures)}, more than one ${share(several, pictures)}; ${alarms.join(', ') || 'no alarm'}`;
}

function share(part: number, all: number): string {
  return `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
}
