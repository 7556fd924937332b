/** `npm run simulate`: plays simulated nights through the unit's own stages, and counts false alarms for each night. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { writeContactSheet } from './nights/contact-sheet.ts';
import { decideNightAgain } from './nights/decide-night-again.ts';
import { hardships } from './nights/harder.ts';
import { fileNameOf, readKeptScript, readNight, readNights } from './nights/kept-night.ts';
import { gateLines, harderLine, linesOf, sumLines } from './nights/night-lines.ts';
import { passesGate, sumNights } from './nights/night-sums.ts';
import type { PlayedNight } from './nights/played-night.ts';
import type { Night } from './nights/script.ts';
import { isSealed, readSpentSeeds, spendSeeds } from './nights/spent-seeds.ts';
import { openSheets } from './nights/sprite-sheets.ts';
import { timelineSvg } from './nights/timeline-svg.ts';
import { openProgress } from './progress.ts';
import { type Options, processesAsked, readNightsAsked, readOptions, usage } from './simulate/arguments.ts';
import { playNights } from './simulate/night-pool.ts';

async function main(options: Options): Promise<void> {
  if (options.help) return console.log(usage);
  if (options.again !== undefined) {
    await tellAll(await decideAllAgain(options.again, options), options);
    if (options.harder) await tellHarder(options.again);
    return;
  }
  const nights = await readNightsAsked(options);
  await openSeals(nights, options);
  await drawAll(nights);
  if (options.sheet) await writeSheets(nights, options.sheet);
  if (!options['drawn-only']) await tellAll(await playAll(nights, options), options);
}

/** @throws Fault `request-invalid` where something would be shown of nights that nobody may look into */
async function openSeals(nights: readonly Night[], { look, sheet, timeline }: Options): Promise<void> {
  const spent = await readSpentSeeds();
  const sealed = nights.filter((night) => isSealed(night, spent)).map(({ seed }) => seed);
  if (sealed.length === 0) return;
  if (look) {
    await spendSeeds(sealed, 'looked at');
    return console.error(`Spent, and written down as such: seed ${sealed.join(', ')}. Commit spent-seeds.json.`);
  }
  if (sheet !== undefined || timeline !== undefined)
    throw new Fault(
      'request-invalid',
      `Seed ${sealed.join(', ')}: nights of odd seeds are for judging, and nothing of them is shown. Take an even seed, or --look, which spends it.`,
    );
}

async function drawAll(nights: readonly Night[]): Promise<void> {
  using progress = openProgress();
  for (const [index, night] of nights.entries())
    await openSheets(night, (done, of) =>
      progress.report(
        `drawing night ${index + 1} of ${nights.length}: ${done} of ${of} animations`,
        (index + done / Math.max(1, of)) / nights.length,
      ),
    );
}

async function writeSheets(nights: readonly Night[], folder: string): Promise<void> {
  using progress = openProgress();
  await mkdir(folder, { recursive: true });
  for (const [index, night] of nights.entries()) {
    progress.report(`contact sheet ${index + 1} of ${nights.length}`, index / nights.length);
    const sheets = await openSheets(night, () => {});
    await writeContactSheet(night, sheets, join(folder, `${fileNameOf(night)}.png`));
  }
}

async function playAll(nights: readonly Night[], options: Options): Promise<readonly PlayedNight[]> {
  using progress = openProgress();
  const spent = await readSpentSeeds();
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
      tellOne(one, options, spent);
      report();
    },
  });
  return all;
}

async function decideAllAgain(folder: string, options: Options): Promise<readonly PlayedNight[]> {
  using progress = openProgress();
  const all: PlayedNight[] = [];
  const paths = await readNights(folder);
  const nights = await Promise.all(paths.map(readKeptScript));
  await openSeals(nights, options);
  const spent = await readSpentSeeds();
  for (const [index, path] of paths.entries()) {
    progress.report(`deciding again: night ${index + 1} of ${paths.length}`, index / paths.length);
    const { night, seen } = await readNight(path);
    const one = decideNightAgain(night, seen);
    all.push(one);
    progress.clear();
    tellOne(one, options, spent);
  }
  return all;
}

/** @throws Fault `request-invalid` for seeds that nobody may work on */
async function tellHarder(folder: string): Promise<void> {
  const spent = await readSpentSeeds();
  const kept: Awaited<ReturnType<typeof readNight>>[] = [];
  for (const path of await readNights(folder)) kept.push(await readNight(path));
  const sealed = kept.filter(({ night }) => isSealed(night, spent)).map(({ night }) => night.seed);
  if (sealed.length > 0)
    throw new Fault(
      'request-invalid',
      `Seed ${sealed.join(', ')}: nights of odd seeds are for judging, and not made harder.`,
    );
  for (const { name, worsen } of hardships) {
    const sums = sumNights(kept.map(({ night, seen }) => decideNightAgain(night, worsen(seen, night.seed))));
    console.log(harderLine(name, sums));
  }
}

function tellOne(one: PlayedNight, { json }: Options, spent: ReadonlySet<number>): void {
  if (!json) for (const line of linesOf(one, isSealed(one.night, spent))) console.log(line);
}

async function tellAll(played: readonly PlayedNight[], { timeline, json, gate }: Options): Promise<void> {
  if (timeline) {
    await mkdir(timeline, { recursive: true });
    for (const one of played) await writeFile(join(timeline, `${fileNameOf(one.night)}.svg`), timelineSvg(one));
  }
  const sums = sumNights(played);
  if (json) {
    const spent = await readSpentSeeds();
    const nights = played.map((one) => {
      const { night, score, bed, told, pictures } = one;
      if (isSealed(night, spent)) return { seed: night.seed, sealed: true, sums: sumNights([one]) };
      return { night, score, bed, told, pictures };
    });
    console.log(JSON.stringify({ simulated: true, sums, nights }));
  } else for (const line of sumLines(sums)) console.log(line);
  if (!gate) return;
  for (const line of gateLines(sums)) (json ? console.error : console.log)(line);
  if (!passesGate(sums)) process.exitCode = 1;
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
