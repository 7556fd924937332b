/** `npm run simulate`: simulated nights through the unit's own stages, so that false alarms can be counted for each night. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asFault } from '@nattfrid/shared/fault/fault';
import { writeContactSheet } from './nights/contact-sheet.ts';
import { fileNameOf, readNight, readNights } from './nights/kept-night.ts';
import { namedNights, nightOf } from './nights/named-nights.ts';
import { linesOf, passesGate, sumLines, sumNights } from './nights/night-lines.ts';
import { decideNightAgain, type PlayedNight, wearsIn } from './nights/play-night.ts';
import { Night } from './nights/script.ts';
import { openSheets } from './nights/sprite-sheets.ts';
import { timelineOf } from './nights/timeline-svg.ts';

const usage = `Usage: npm run simulate -- [--nights N] [--hours H] [--seed S] [--night NAME or FILE.json] [--json] [--sheet FOLDER] [--timeline FOLDER] [--drawn-only] [--gate] [--hands N] [--keep FOLDER] [--again FOLDER]
Names: ${namedNights.map(({ name }) => name).join(', ')}. Without --night, N nights (7) of H hours (8) are made from the seed (1).
--sheet and --timeline write what was drawn, and script and alarms side by side. --drawn-only: sheets alone, nothing is played.
--hands: processes side by side, one for each core without it. --keep writes what was seen, in figures, so that --again FOLDER
decides those nights anew, in seconds, for a change of the detectors alone.
--gate: exit code 1 at more than one false alarm in all, or an event not found. Everything here is simulated: docs/simulated-nights.md.`;

const { values: asked } = parsed();
const nights = asked.again === undefined ? await askedNights() : [];
for (const wears of new Set(nights.map(wearsIn)))
  await openSheets(wears, (done, of) => note(`drawing: ${done} of ${of} takes`));
if (asked.sheet) {
  await mkdir(asked.sheet, { recursive: true });
  for (const night of nights)
    await writeContactSheet(
      night,
      await openSheets(wearsIn(night), () => {}),
      join(asked.sheet, `${fileNameOf(night)}.png`),
    );
}
if (asked.again !== undefined)
  await decideAllAgain(asked.again).catch((error: unknown) => stop(asFault(error).message));
else if (!asked['drawn-only']) await playAll();

async function playAll() {
  const due = [...nights];
  const played: PlayedNight[] = [];
  const hands = Math.min(due.length, asked.hands === undefined ? availableParallelism() : whole('hands', 1, 64));
  await Promise.all(Array.from({ length: hands }, () => oneHand(due, played)));
  await tellAll(played);
}

async function decideAllAgain(folder: string) {
  const played: PlayedNight[] = [];
  for (const path of await readNights(folder)) {
    const { night, seen } = await readNight(path);
    const one = decideNightAgain(night, await openSheets(wearsIn(night), () => {}), seen);
    played.push(one);
    if (!asked.json) for (const line of linesOf(one)) console.log(line);
  }
  await tellAll(played);
}

async function tellAll(played: readonly PlayedNight[]) {
  if (asked.timeline) {
    await mkdir(asked.timeline, { recursive: true });
    for (const one of played) await writeFile(join(asked.timeline, `${fileNameOf(one.night)}.svg`), timelineOf(one));
  }
  const sums = sumNights(played);
  if (asked.json)
    console.log(
      JSON.stringify({
        simulated: true,
        sums,
        nights: played.map(({ night, score, bed, told, pictures }) => ({ night, score, bed, told, pictures })),
      }),
    );
  else for (const line of sumLines(sums)) console.log(line);
  if (asked.gate && !passesGate(sums)) process.exitCode = 1;
}

/** One process plays one night after the other. */
async function oneHand(due: Night[], played: PlayedNight[]): Promise<void> {
  const child = fork(join(import.meta.dirname, 'nights/night-process.ts'), { serialization: 'advanced', execArgv: [] });
  try {
    await said(child, 'ready');
    for (let night = due.shift(); night; night = due.shift()) {
      const answer = said(child, 'played', night.name);
      child.send({ night, ...(asked.keep !== undefined && { keepIn: asked.keep }) });
      const one = (await answer).played as PlayedNight;
      played.push(one);
      if (!asked.json) for (const line of linesOf(one)) console.log(line);
    }
    child.send('over');
  } catch (error) {
    child.kill();
    throw error;
  }
}

type Said = { type: string; share?: number; why?: string; played?: unknown };

function said(child: ChildProcess, type: string, name = ''): Promise<Said> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error(`The process that played ${name || 'nights'} has ended.`));
    const hear = (one: Said) => {
      if (one.type === 'progress') return note(`${name}: ${Math.round(100 * one.share!)} %`);
      child.off('message', hear);
      child.off('exit', gone);
      if (one.type === type) resolve(one);
      else reject(new Error(`${name} could not be played: ${one.why}`));
    };
    child.on('message', hear);
    child.on('exit', gone);
  });
}

function parsed() {
  try {
    return parseArgs({
      options: {
        nights: { type: 'string', default: '7' },
        hours: { type: 'string', default: '8' },
        seed: { type: 'string', default: '1' },
        night: { type: 'string' },
        json: { type: 'boolean', default: false },
        sheet: { type: 'string' },
        timeline: { type: 'string' },
        'drawn-only': { type: 'boolean', default: false },
        gate: { type: 'boolean', default: false },
        hands: { type: 'string' },
        keep: { type: 'string' },
        again: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return stop(`${asFault(error).message}\n${usage}`);
  }
}

async function askedNights(): Promise<readonly Night[]> {
  if (asked.help) {
    console.log(usage);
    process.exit(0);
  }
  const { night } = asked;
  if (night === undefined) {
    const [count, hours, seed] = [whole('nights', 1, 1000), whole('hours', 1, 12), whole('seed', 0, 100_000)];
    return Array.from({ length: count }, (_, i) => nightOf(seed + i, hours));
  }
  const named = namedNights.find(({ name }) => name === night);
  if (named) return [named];
  const text = await readFile(night, 'utf8').catch(() =>
    stop(`No night is called ${night}, and no such file can be read.\n${usage}`),
  );
  try {
    return [Night.parse(JSON.parse(text))];
  } catch (error) {
    return stop(`${night} is no night: ${asFault(error).message}`);
  }
}

function whole(name: 'nights' | 'hours' | 'seed' | 'hands', least: number, most: number): number {
  const number = Number(asked[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  return stop(`--${name} takes a whole number from ${least} to ${most}, not ${asked[name]}.`);
}

function stop(words: string): never {
  console.error(words);
  process.exit(2);
}
function note(words: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${words}` : `${words}\n`);
}
