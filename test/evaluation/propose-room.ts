/** Command that prints the unit's proposal for each room in labelled recordings, with the overlap (IoU) of its bed with the labelled one. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { openModels } from '@nattfrid/agent/perceive/models';
import { cellsInside, emptyGrid } from '@nattfrid/agent/room/occupancy-grid';
import { proposalOf, proposing } from '@nattfrid/agent/room/propose';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { runRecording } from './recording/recording-run.ts';

const help = `Usage: node test/evaluation/propose-room.ts INDEX.json [--room WORDS] [--most CLIPS]

Plays the recordings of INDEX.json (its «file» lies beside it) room by room, one after the other, as if they were one evening,
and prints what would be proposed: for the bed also its overlap (intersection over union) with «bed_polygon_norm».

  --room WORDS   only rooms whose name holds these words
  --most CLIPS   at most so many recordings of each room (default 6)
  --help

Exit: 0 it was played to its end; 2 wrong arguments, or a file that cannot be read.`;

interface Clip {
  readonly file: string;
  readonly room: string;
  readonly bed_polygon_norm?: Polygon | null;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { room: { type: 'string' }, most: { type: 'string', default: '6' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(help);
  const [index] = positionals;
  if (index === undefined) throw new Fault('request-invalid', 'An index is needed. See --help.');
  const clips = JSON.parse(await readFile(resolve(index), 'utf8')) as Clip[];
  const rooms = Map.groupBy(
    clips.filter((clip) => clip.room.includes(values.room ?? '')),
    (clip) => clip.room,
  );
  await using models = await openModels(await builtModels());
  for (const [room, all] of rooms) {
    let state = proposing.initial;
    let start = instant(Date.UTC(2026, 0, 14, 20));
    const some = all.slice(0, Number(values.most));
    const run = { room: unknownRoom, plan: {}, holdSeconds: 0, light: 'clear', speed: 'max', models } as const;
    for (const { file } of some) {
      let last = start;
      const path = join(dirname(resolve(index)), file);
      for await (const moment of runRecording({ ...run, file: path, start }, new AbortController().signal)) {
        if (moment.type === 'found') continue;
        const seen = moment.type === 'seen' ? moment.observation : moment.gap;
        last = seen.at;
        [state] = proposing.step(state, seen);
      }
      start = after(last, milliseconds(10_000));
    }
    const marked = some.find((clip) => clip.bed_polygon_norm)?.bed_polygon_norm;
    const { beds, floor, exits } = proposalOf(state);
    console.log(`${room}: ${some.length} recordings`);
    for (const bed of beds) {
      const fit = marked ? `, overlap with the bed marked by eye ${overlapOf(bed.outline, marked).toFixed(2)}` : '';
      console.log(
        `  bed certainty ${bed.certainty.toFixed(2)}, named ${bed.seen} of ${bed.looked}${fit}: ${print(bed.outline)}`,
      );
    }
    if (beds.length === 0) console.log(`  no bed (${state.beds.beds.length} places named too seldom)`);
    if (floor)
      console.log(
        `  floor certainty ${floor.certainty.toFixed(2)}, ${floor.steps} steps, ${floor.walks} walks: ${print(floor.outline)}`,
      );
    for (const exit of exits)
      console.log(
        `  exit certainty ${exit.certainty.toFixed(2)}, out ${exit.out}, in ${exit.in}, ${exit.at}: ${print(exit.outline)}`,
      );
  }
}

/** Intersection over union on the ground's cells, which are finer than the labels. */
function overlapOf(a: Polygon, b: Polygon): number {
  const [inA, inB] = [cellsInside(a), cellsInside(b)];
  let [both, either] = [0, 0];
  for (const place of emptyGrid().keys()) {
    if (inA[place] && inB[place]) both++;
    if (inA[place] || inB[place]) either++;
  }
  return either === 0 ? 0 : both / either;
}

const print = (outline: Polygon): string => outline.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ');

try {
  await main();
} catch (error) {
  console.error(asFault(error).message.replaceAll('\n', ' '));
  process.exitCode = 2;
}
