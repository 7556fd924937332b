/** The command line of `npm run simulate`, checked. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { namedNights } from '../nights/named-nights.ts';
import { briefNight, randomNight } from '../nights/random-night.ts';
import { Night } from '../nights/script.ts';

export const usage = `Usage: npm run simulate -- [--nights N] [--hours H] [--brief] [--seed S] [--night NAME or FILE.json] [--json] [--sheet FOLDER] [--timeline FOLDER] [--drawn-only] [--gate] [--look] [--hands N] [--keep FOLDER] [--again FOLDER [--harder]]
Names: ${namedNights.map(({ name }) => name).join(', ')}. Without --night, N nights (7) of H hours (8) are made from the seeds S, S + 2, S + 4 … (S is 2).
--brief: a quarter of an hour of each home, six everyday events and an emergency close together, for a first look at a change.
Even seeds are for working. Odd seeds are for judging: only their sums are printed, and no --sheet or --timeline is written. --look opens
them, and writes into test/simulator/nights/spent-seeds.json that they say nothing about unseen nights any more.
--sheet and --timeline write what was drawn, and script and alarms side by side. --drawn-only: sheets alone, nothing is played.
--hands: processes side by side, one for each core without it. --keep writes what was seen, in figures, so that --again FOLDER
decides those nights anew, in seconds, and sums them up; nights may be added to such a folder one by one.
--harder: those nights also with what was seen made worse in ten ways, one line for each; not odd seeds.
--gate: exit code 1 at more than one false alarm in all, an event not found, a bed that is wrong in more than 3 % or unknown in more than 10 % of the minutes.
Everything here is simulated: docs/simulated-nights.md.`;

/** @throws TypeError, with its words, for an option that does not exist */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      nights: { type: 'string', default: '7' },
      hours: { type: 'string', default: '8' },
      seed: { type: 'string', default: '2' },
      night: { type: 'string' },
      json: { type: 'boolean', default: false },
      sheet: { type: 'string' },
      timeline: { type: 'string' },
      'drawn-only': { type: 'boolean', default: false },
      gate: { type: 'boolean', default: false },
      brief: { type: 'boolean', default: false },
      look: { type: 'boolean', default: false },
      hands: { type: 'string' },
      keep: { type: 'string' },
      again: { type: 'string' },
      harder: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

export type Options = ReturnType<typeof readOptions>;

/** @throws Fault `request-invalid` */
export async function readNightsAsked(options: Options): Promise<readonly Night[]> {
  const { night } = options;
  if (night === undefined) {
    const [count, hours, seed] = [
      whole(options, 'nights', 1, 1000),
      whole(options, 'hours', 1, 12),
      whole(options, 'seed', 0, 100_000),
    ];
    return Array.from({ length: count }, (_, i) =>
      options.brief ? briefNight(seed + 2 * i) : randomNight(seed + 2 * i, hours),
    );
  }
  const named = namedNights.find(({ name }) => name === night);
  if (named) return [named];
  const text = await readFile(night, 'utf8').catch((cause: unknown) => {
    throw new Fault('request-invalid', `No night is called ${night}, and no such file can be read.\n${usage}`, {
      cause,
    });
  });
  try {
    return [Night.parse(JSON.parse(text))];
  } catch (cause) {
    throw new Fault('request-invalid', `${night} is no night: ${asFault(cause).message}`, { cause });
  }
}

/** @returns processes side by side @throws Fault `request-invalid` */
export const processesAsked = (options: Options): number =>
  options.hands === undefined ? availableParallelism() : whole(options, 'hands', 1, 64);

function whole(options: Options, name: 'nights' | 'hours' | 'seed' | 'hands', least: number, most: number): number {
  const number = Number(options[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Fault('request-invalid', `--${name} takes a whole number from ${least} to ${most}, not ${options[name]}.`);
}
