/** Pure. Tables of what was found in the parts left out, beside the shipped limits, and of the limits that were chosen without each part. */
import type { LeftOut } from './leave-out.ts';
import { countOutcomes } from './outcome-counts.ts';
import type { ScoredClip } from './scored-clip.ts';
import { table } from './table.ts';
import { printShare } from './wilson.ts';

export const printLeftOut = (all: readonly LeftOut[]): string => all.map(printOne).join('\n\n');

function printOne({ parting, folds, judged, shipped }: LeftOut): string {
  const rows = [...judged].map(([light, clips]) => [light, ...counts(clips), ...counts(shipped.get(light) ?? [])]);
  const head = [
    '',
    'falls found',
    'false alarms',
    'early',
    'median',
    'as shipped: found',
    'false alarms',
    'early',
    'median',
  ];
  const chosen = folds.map(({ part, limits, falls, everyday }) => [part, limits.name, `${falls}`, `${everyday}`]);
  return [
    `Each ${parting} left out (limits chosen on the other ${parting}s, in all lights; shares with 95 % intervals)`,
    table([head, ...rows]),
    '',
    `The limits that are chosen without it (shipped: certainty 0.5, lying 0)`,
    table([[`${parting} left out`, 'limits chosen', 'on falls in all lights', 'and everyday clips'], ...chosen]),
  ].join('\n');
}

function counts(clips: readonly ScoredClip[]): readonly string[] {
  const { falls, falseAlarms, early, toFinding } = countOutcomes(clips);
  return [
    printShare(falls.found, falls.of),
    printShare(falseAlarms.found, falseAlarms.of),
    `${early}`,
    toFinding ? `${toFinding.median} s` : '-',
  ];
}
