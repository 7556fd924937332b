/** `npm run simulate`: plays simulated nights through the unit's own stages, and counts false alarms for each night. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { writeContactSheet } from './nights/contact-sheet.ts';
import { decideNightAgain } from './nights/decide-night-again.ts';
import { fileNameOf, readNight, readNights } from './nights/kept-night.ts';
import { linesOf, sumLines } from './nights/night-lines.ts';
import { passesGate, sumNights } from './nights/night-sums.ts';
import { outfitOf } from './nights/night-variation.ts';
import type { PlayedNight } from './nights/played-night.ts';
import type { Night } from './nights/script.ts';
import { openSheets, type Sheets } from './nights/sprite-sheets.ts';
import { timelineSvg } from './nights/timeline-svg.ts';
import { openProgress } from './progress.ts';
import { type Options, processesAsked, readNightsAsked, readOptions, usage } from './simulate/arguments.ts';
import { playNights } from './simulate/night-pool.ts';

async function main(options: Options): Promise<void> {
  if (options.again !== undefined) return tellAll(await decideAllAgain(options.again, options), options);
  if (options.help) return console.log(usage);
  const nights = await readNightsAsked(options);
  await drawAll(nights);
  if (options.sheet) await writeSheets(nights, options.sheet);
  if (!options['drawn-only']) await tellAll(await playAll(nights, options), options);
}

async function drawAll(nights: readonly Night[]): Promise<void> {
  using progress = openProgress();
  const outfits = [...new Set(nights.map(outfitOf))];
  for (const [index, outfit] of outfits.entries())
    await sheetsOf(outfit, (doing, share) => progress.report(doing, (index + share) / outfits.length));
}

const sheetsOf = (outfit: number, report: (doing: string, share: number) => void): Promise<Sheets> =>
  openSheets(outfit, (done, of) => report(`drawing: ${done} of ${of} animations`, done / of));

async function writeSheets(nights: readonly Night[], folder: string): Promise<void> {
  using progress = openProgress();
  await mkdir(folder, { recursive: true });
  for (const [index, night] of nights.entries()) {
    progress.report(`contact sheet ${index + 1} of ${nights.length}`, index / nights.length);
    const sheets = await openSheets(outfitOf(night), () => {});
    await writeContactSheet(night, sheets, join(folder, `${fileNameOf(night)}.png`));
  }
}

async function playAll(nights: readonly Night[], options: Options): Promise<readonly PlayedNight[]> {
  using progress = openProgress();
  const all: PlayedNight[] = [];
  const shares = new Map<Night, number>();
  const report = () => {
    const sum = [...shares.values()].reduce((total, share) => total + share, all.length);
    progress.report(`${all.length} of ${nights.length} nights played`, sum / nights.length);
  };
  report();
  await playNights(nights, {
    processes: processesAsked(options),
    keepIn: options.keep,
    progress(night, share) {
      shares.set(night, share);
      report();
    },
    played(one) {
      shares.delete(nights.find(({ name, seed }) => name === one.night.name && seed === one.night.seed)!);
      all.push(one);
      progress.clear();
      if (!options.json) for (const line of linesOf(one)) console.log(line);
      report();
    },
  });
  return all;
}

async function decideAllAgain(folder: string, { json }: Options): Promise<readonly PlayedNight[]> {
  using progress = openProgress();
  const all: PlayedNight[] = [];
  const paths = await readNights(folder);
  for (const [index, path] of paths.entries()) {
    progress.report(`deciding again: night ${index + 1} of ${paths.length}`, index / paths.length);
    const { night, seen } = await readNight(path);
    const one = decideNightAgain(night, await sheetsOf(outfitOf(night), (doing) => progress.report(doing)), seen);
    all.push(one);
    progress.clear();
    if (!json) for (const line of linesOf(one)) console.log(line);
  }
  return all;
}

async function tellAll(played: readonly PlayedNight[], { timeline, json, gate }: Options): Promise<void> {
  if (timeline) {
    await mkdir(timeline, { recursive: true });
    for (const one of played) await writeFile(join(timeline, `${fileNameOf(one.night)}.svg`), timelineSvg(one));
  }
  const sums = sumNights(played);
  if (json) {
    const nights = played.map(({ night, score, bed, told, pictures }) => ({ night, score, bed, told, pictures }));
    console.log(JSON.stringify({ simulated: true, sums, nights }));
  } else for (const line of sumLines(sums)) console.log(line);
  if (gate && !passesGate(sums)) process.exitCode = 1;
}

function optionsOrStop(): Options {
  try {
    return readOptions();
  } catch (error) {
    return stop(`${asFault(error).message}\n${usage}`);
  }
}

function stop(words: string): never {
  console.error(words);
  process.exit(2);
}

const options = optionsOrStop();
try {
  await main(options);
} catch (error) {
  if (error instanceof Fault || options.again !== undefined) stop(asFault(error).message);
  throw error;
}
