/** Plays a folder of labelled clips through the agent's own river and counts what was found in it, by condition and kind. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { elapsed } from '@nattfrid/shared/time/clock';
import { type Asked, readArguments } from './score/arguments.ts';
import { forEachAtOnce } from './score/bounded-concurrency.ts';
import { type Condition, conditionsOf, type Light, lightWords, nameOf } from './score/condition.ts';
import { drawCurves } from './score/curve-svg.ts';
import { decideAgain } from './score/decide-again.ts';
import { withFigures } from './score/doc.ts';
import { help } from './score/help.ts';
import type { LabelledClip } from './score/labelled-clip.ts';
import { curveOf } from './score/operating-curve.ts';
import { countOutcomes } from './score/outcome-counts.ts';
import { playClip } from './score/play-clip.ts';
import { printClip } from './score/print-clip.ts';
import { printAssumptions, printCounts, printVariations } from './score/print-counts.ts';
import { printCurves, printLimits } from './score/print-curve.ts';
import { readIndex } from './score/read-index.ts';
import { fromText, type Recorded, toText } from './score/record.ts';
import { holdsRecords, keepFigures, keepRecord, readFigures, readRecords } from './score/records-folder.ts';
import { compare, figuresOf } from './score/regression-gate.ts';
import { type Agreed, type ScoredClip, scoreClip } from './score/scored-clip.ts';
import { asAgreedOnly, limitSweeps, thresholdSweeps } from './score/threshold-sweeps.ts';
import { wilson } from './score/wilson.ts';

const holdSeconds = 30;
const persistenceSeconds = 15;
/** What is asked of the detectors: with short waits, for each clip is held on its last picture for longer. */
const plan: AgreedAlarms = {
  fall: { persistenceSeconds },
  leftRoom: { afterMinutes: 0.25 },
  notInBed: { by: '00:00', until: '06:00' },
};
const agreed: Agreed = { leftRoomAfterSeconds: 15 };
/** How far each limit of posture is moved alone. */
const limitsBy = 0.2;

interface Run {
  readonly scored: ReadonlyMap<string, readonly ScoredClip[]>;
  readonly records: ReadonlyMap<Light, readonly Recorded[]>;
  readonly clips: readonly LabelledClip[];
  readonly nameless: number;
}

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2));
  if (!asked) return console.log(help(holdSeconds, persistenceSeconds));
  const began = elapsed();
  const before = asked.gate === undefined ? undefined : await readFigures(asked.gate);
  const run = (await holdsRecords(asked.folder)) ? await decideAnew(asked) : await playAll(asked);
  const seconds = Math.round((elapsed() - began) / 1000);
  if (asked.json) printLines(run, seconds);
  else printTables(run, asked, seconds);
  if (asked.curve !== undefined) await draw(run, asked.curve, asked.json);
  if (asked.figures !== undefined) await keepFigures(asked.figures, figuresOf(run.scored));
  if (asked.doc !== undefined) await writeInto(asked.doc, run, asked);
  if (asked.recordInto !== undefined) await keepFixtures(run, asked.recordInto);
  const fell = before !== undefined && holdTheGate(before, run, asked);
  const notPlayed = [...run.scored.values()].flat().some(({ fall }) => fall.outcome === 'not-played');
  process.exitCode = fell ? 1 : notPlayed ? 3 : 0;
}

async function playAll(asked: Asked): Promise<Run> {
  const { clips: all, nameless } = await readIndex(asked.folder);
  const clips = chosen(all, asked);
  const conditions = conditionsOf(asked.lights, asked.vary);
  const record = asked.curve !== undefined || asked.recordInto !== undefined;
  const jobs = conditions.flatMap((condition) => clips.map((clip) => ({ condition, clip })));
  const [scored, records] = [new Map<object, ScoredClip>(), new Map<object, Recorded>()];
  await forEachAtOnce(asked.atOnce, jobs, async (job) => {
    const { condition, clip } = job;
    const { folder } = asked;
    const options = { folder, plan, holdSeconds, record: record && condition.variation === undefined };
    const { played, recorded } = await playClip(clip, condition, options);
    const one = scoreClip(clip, played, agreed);
    scored.set(job, one);
    if (recorded) records.set(job, recorded);
    if (asked.json) console.log(JSON.stringify({ type: 'clip', ...condition, ...one }));
    else
      console.log(`[${`${scored.size}`.padStart(3)}/${jobs.length}] ${nameOf(condition).padEnd(5)}  ${printClip(one)}`);
  });
  const of = <T>(kept: ReadonlyMap<object, T>, wanted: Condition) =>
    jobs.filter(({ condition }) => condition === wanted).flatMap((job) => kept.get(job) ?? []);
  return {
    scored: new Map(conditions.map((condition) => [nameOf(condition), of(scored, condition)])),
    records: new Map(conditions.filter(isPlain).map((condition) => [condition.light, of(records, condition)])),
    clips,
    nameless,
  };
}

const isPlain = ({ variation }: Condition): boolean => variation === undefined;

/** Nothing is played: all lights that are kept, unless one was asked for. */
async function decideAnew(asked: Asked): Promise<Run> {
  if (asked.vary || asked.recordInto !== undefined)
    throw new Fault('request-invalid', `${asked.folder} holds no recordings: nothing can be varied or recorded anew.`);
  const scored = new Map<string, readonly ScoredClip[]>();
  const records = new Map<Light, readonly Recorded[]>();
  for (const light of asked.lights) {
    const kept = (await readRecords(asked.folder, light)).filter(({ clip }) => asked.only.test(clip.file));
    if (kept.length === 0)
      throw new Fault('file-missing', `${asked.folder} holds no observations in this light: ${light}.`);
    records.set(light, kept);
    scored.set(
      light,
      kept.map((one) => scoreAgain(one)),
    );
    for (const one of scored.get(light)!)
      console.log(
        asked.json ? JSON.stringify({ type: 'clip', light, ...one }) : `${light.padEnd(5)}  ${printClip(one)}`,
      );
  }
  return {
    scored,
    records,
    clips: records
      .values()
      .next()
      .value!.map(({ clip }) => clip),
    nameless: 0,
  };
}

const scoreAgain = (one: Recorded): ScoredClip =>
  scoreClip(one.clip, { type: 'played', alarms: decideAgain(one, plan) }, agreed);

function chosen(all: readonly LabelledClip[], { only, folder }: Asked): readonly LabelledClip[] {
  const clips = all.filter(({ file }) => only.test(file));
  if (clips.length === 0) throw new Fault('file-unreadable', `No clip of ${folder} matches.`);
  return clips;
}

function printTables({ scored, clips, nameless }: Run, { lights, vary }: Asked, seconds: number): void {
  const shown = lights.map((light) => `${light} = ${lightWords[light]}`).join(', ');
  console.log(
    `\n${clips.length} clips; ${shown}; told after ${persistenceSeconds} s on the floor, held for ${holdSeconds} s`,
  );
  console.log(printCounts(plain(scored), persistenceSeconds));
  if (vary) console.log(printVariations(scored));
  const marked = (outline: 'bed_polygon_norm' | 'exit_polygon_norm') => clips.filter((clip) => clip[outline]).length;
  const marks = { exits: marked('exit_polygon_norm'), beds: marked('bed_polygon_norm') };
  console.log(printAssumptions([...scored.values()].flat(), marks));
  if (nameless > 0) console.log(`\n${nameless} entries of the index name no file and were left out`);
  for (const [name, all] of scored)
    for (const { file, why } of all) if (why) console.log(`\nNOT PLAYED (${name}) ${file}: ${why}`);
  console.log(`\n${seconds} s of work`);
}

const plain = (scored: Run['scored']): Run['scored'] =>
  new Map([...scored].filter(([name]) => name === 'clear' || name === 'grey' || name === 'night'));

async function writeInto(path: string, { scored }: Run, { vary }: Asked): Promise<void> {
  const document = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no ${path}.`, { cause });
  });
  const written = vary
    ? withFigures(document, 'varied', printVariations(scored))
    : withFigures(document, 'score', printCounts(plain(scored), persistenceSeconds));
  await writeFile(path, written);
}

function printLines({ scored }: Run, seconds: number): void {
  for (const [light, all] of scored) {
    const sums = countOutcomes(all);
    const { falls, falseAlarms } = sums;
    const held = { persistenceSeconds, holdSeconds };
    const shares = {
      falls: { ...falls, ...wilson(falls.found, falls.of) },
      falseAlarms: { ...falseAlarms, ...wilson(falseAlarms.found, falseAlarms.of) },
    };
    console.log(JSON.stringify({ type: 'sum', light, ...held, ...sums, ...shares, seconds }));
  }
}

async function draw({ records }: Run, path: string, quiet: boolean): Promise<void> {
  const lights = [...records];
  const all = (tried: typeof thresholdSweeps) =>
    tried.map((sweep) => ({ sweep, curves: lights.map(([light, kept]) => curveOf(sweep, light, kept)) }));
  const drawn = all(thresholdSweeps);
  if (!quiet) {
    const asItIs = lights.map(([light, kept]) => curveOf(asAgreedOnly, light, kept));
    console.log('\nOperating curves: decided anew on what was seen; what was seen last is taken to stay so');
    console.log(printCurves(drawn));
    console.log(printLimits(all(limitSweeps(limitsBy)), asItIs, limitsBy));
  }
  const clips = lights[0]?.[1].length ?? 0;
  await writeFile(path, drawCurves(drawn, `Falls found against false alarms, ${clips} clips`));
  console.error(`\nDrawn in ${path}`);
}

/** The figures are those of what is kept, which is rounded: a difference from what was told live is said. */
async function keepFixtures({ scored, records }: Run, folder: string): Promise<void> {
  if ([...scored.values()].flat().some(({ fall }) => fall.outcome === 'not-played'))
    throw new Fault('file-unreadable', 'Not every clip could be played: nothing is kept.');
  await mkdir(folder, { recursive: true });
  const again = new Map<string, readonly ScoredClip[]>();
  for (const [light, kept] of records) {
    const rounded = kept.map((one) => fromText(toText(one)));
    for (const one of rounded) await keepRecord(folder, light, one);
    again.set(light, rounded.map(scoreAgain));
    for (const one of again.get(light)!) {
      const live = scored.get(light)!.find(({ file }) => file === one.file);
      const words = (clip: ScoredClip | undefined) =>
        clip?.alarms
          .map(({ kind, phase, code }) => `${kind} ${phase} ${code}`)
          .sort()
          .join(', ');
      if (words(live) !== words(one))
        console.error(`${light} ${one.file}: live ${words(live)}; decided again ${words(one)}`);
    }
  }
  await keepFigures(join(folder, 'figures.json'), figuresOf(again));
  console.error(`\nWhat was seen is kept in ${folder}`);
}

function holdTheGate(before: Parameters<typeof compare>[0], { scored }: Run, { gate, only, json }: Asked): boolean {
  const { compared, fell, rose, absent } = compare(before, figuresOf(scored));
  const missing = only.source === '(?:)' ? absent : [];
  const say = json ? console.error : console.log;
  if (compared === 0) throw new Fault('request-invalid', `${gate} has no figures of these clips.`);
  for (const words of fell) say(`FELL  ${words}`);
  if (missing.length > 0) say(`FELL  ${missing.length} clips were not scored: ${missing.slice(0, 3).join(', ')} …`);
  for (const words of rose) say(`rose  ${words}`);
  const has = fell.length + missing.length > 0;
  say(`\nThe gate ${has ? 'FELL' : 'holds'}: ${compared} clips compared with ${gate}`);
  return has;
}

try {
  await main();
} catch (error) {
  console.error(asFault(error).message.replaceAll('\n', ' '));
  process.exitCode = 2;
}
