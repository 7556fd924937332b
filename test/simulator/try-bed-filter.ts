/** `node test/simulator/try-bed-filter.ts FOLDER`: kept nights; the rules beside a filter that is counted from all nights but the one that is judged. */

import { count, filterBed, type Second, secondsOf } from './nights/bed-filter.ts';
import { decideNightAgain } from './nights/decide-night-again.ts';
import { hardships } from './nights/harder.ts';
import { readNight, readNights } from './nights/kept-night.ts';
import type { TrueBedState } from './nights/night-timeline.ts';
import { roomOf } from './nights/room-of-night.ts';
import { type BedMinutes, scoreBed } from './nights/score-night.ts';
import { openProgress } from './progress.ts';

/** Of the evidence of a second, and from which belief on a state is said. */
const weights = [1, 0.3, 0.1, 0.03, 0.01];
const sures = [0.7, 0.9, 0.97];

async function tryFilter(from: string, harder?: string): Promise<void> {
  using progress = openProgress();
  const nights: Night[] = [];
  for (const path of await readNights(from)) {
    progress.report(`reading ${path}`);
    const { night, seen: plain } = await readNight(path);
    const hardship = harder === undefined ? undefined : hardships.find(({ name }) => name === harder);
    const seen = hardship?.worsen(plain, night.seed) ?? plain;
    const { timeline, bed } = decideNightAgain(night, seen);
    const seconds = secondsOf(seen, roomOf(night), Date.parse(night.begins));
    nights.push({ seconds, truth: timeline.bed, rules: bed });
  }
  progress.clear();
  const rules = nights.reduce((sum, one) => plus(sum, one.rules), zero);
  console.log(`${nights.length} nights            right    wrong  unknown\nrules                ${shares(rules)}`);
  for (const weight of weights)
    for (const sure of sures) {
      const filtered = nights.map((out) => {
        const counted = count(nights.filter((one) => one !== out));
        return scoreBed(out.truth, filterBed(out.seconds, counted, { weight, sure }));
      });
      console.log(
        `filter, ${String(weight).padEnd(4)} ${String(sure).padEnd(6)}  ${shares(filtered.reduce(plus, zero))}`,
      );
    }
}

interface Night {
  readonly seconds: readonly Second[];
  readonly truth: readonly TrueBedState[];
  readonly rules: BedMinutes;
}

const zero: BedMinutes = { right: 0, wrong: 0, unknown: 0 };
const plus = (one: BedMinutes, other: BedMinutes): BedMinutes => ({
  right: one.right + other.right,
  wrong: one.wrong + other.wrong,
  unknown: one.unknown + other.unknown,
});
const shares = ({ right, wrong, unknown }: BedMinutes): string => {
  const all = Math.max(1e-9, right + wrong + unknown);
  return [right, wrong, unknown].map((one) => `${((100 * one) / all).toFixed(1)} %`.padStart(8)).join(' ');
};

const [folder, harder] = process.argv.slice(2);
if (folder === undefined || folder === '--help')
  console.log(`Usage: node test/simulator/try-bed-filter.ts FOLDER [HARDER]

  FOLDER   of nights that simulate --keep has written
  HARDER   words of one way in which what was seen is made worse: ${hardships.map(({ name }) => name).join('; ')}`);
else await tryFilter(folder, harder);
