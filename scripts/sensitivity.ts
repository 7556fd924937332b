/** Moves each limit of posture up and down and counts falls found and false alarms again, on recorded observations: no model runs. */
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import { fall } from '../agent/src/decide/fall.ts';
import { type Limits, limits } from '../agent/src/decide/posture.ts';
import type { Observation } from '../shared/src/domain/observation.ts';
import { unknownRoom } from '../shared/src/domain/room.ts';
import { asFault, Fault } from '../shared/src/fault/fault.ts';
import { run } from '../shared/src/machine/machine.ts';
import { instant } from '../shared/src/time/instant.ts';
import { LabelledClip, scoreClip, sumUp } from './scored-clip.ts';

const help = `Usage: node scripts/sensitivity.ts FOLDER RECORDED [SHARE]

FOLDER holds index.json, RECORDED one NAME.jsonl for each of its clips, as "npm run replay -- CLIP --hold 4
--record RECORDED/NAME.jsonl" writes it; what was seen last is taken to stay so for 20 s more. Each limit of posture is moved by SHARE (default 0.2) up and down.`;

interface Recorded {
  readonly clip: LabelledClip;
  readonly observations: readonly Observation[];
}

async function main([folder, recorded, share = '0.2']: readonly string[]): Promise<void> {
  if (!folder || !recorded || folder.startsWith('-')) return console.log(help);
  const clips = z.array(LabelledClip).parse(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')));
  const read = await Promise.all(clips.map((clip) => readRecorded(clip, recorded)));
  const all = read.flatMap((one) => one ?? []);
  if (all.length === 0) throw new Fault('file-missing', `No recorded observations of these clips lie in ${recorded}.`);
  console.log(`${all.length} of ${clips.length} clips are recorded\n${'as it is'.padEnd(24)} ${count(all, limits)}`);
  for (const name of Object.keys(limits) as (keyof Limits)[])
    for (const factor of [1 - Number(share), 1 + Number(share)])
      console.log(
        `${`${name} x ${factor.toFixed(2)}`.padEnd(24)} ${count(all, { ...limits, [name]: limits[name] * factor })}`,
      );
}

async function readRecorded(clip: LabelledClip, recorded: string): Promise<Recorded | undefined> {
  const path = join(recorded, `${basename(clip.file, extname(clip.file))}.jsonl`);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const observations = text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Observation);
  return { clip, observations: [...observations, ...held(observations.at(-1))] };
}

const held = (last: Observation | undefined): readonly Observation[] =>
  last ? Array.from({ length: 200 }, (_, index) => ({ ...last, at: instant(last.at + (index + 1) * 100) })) : [];

function count(all: readonly Recorded[], moved: Limits): string {
  const scored = all.map(({ clip, observations }) => {
    const room = clip.bed_polygon_norm ? { ...unknownRoom, beds: [clip.bed_polygon_norm] } : unknownRoom;
    const { effects } = run(
      fall({ agreed: { persistenceSeconds: 15 }, room, models: [], limits: moved }),
      observations,
    );
    const alarms = effects.map(({ kind, phase, at, evidence }) => ({
      kind,
      phase,
      at: at / 1000,
      code: evidence.code,
    }));
    return scoreClip(clip, { type: 'played', alarms });
  });
  const { falls, falseAlarms, toFinding, apart } = sumUp(scored);
  const wrong = scored.filter(
    ({ group, alarmed }) => (group === 'floor-fall' && !alarmed) || (group === 'everyday' && alarmed),
  );
  const names = wrong.map(({ file, alarmed }) => `${alarmed ? 'false' : 'missed'} ${file}`).join(', ');
  const times = toFinding ? `, ${toFinding.median} s (longest ${toFinding.longest})` : '';
  return `found ${falls.found} of ${falls.of}, false ${falseAlarms.found} of ${falseAlarms.of}, beds ${apart['bed-fall'].found}${times}${names && `: ${names}`}`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(asFault(error).message);
  process.exitCode = 2;
}
