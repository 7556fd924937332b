/** Pure. Tables of counts: by condition, then by kind of fall, source, room and subject. */

import { fallKinds } from './ground-truth.ts';
import { countOutcomes, groupsOf } from './outcome-counts.ts';
import { signed } from './print-clip.ts';
import { onTimeSeconds, type ScoredClip } from './scored-clip.ts';
import { table } from './table.ts';
import { printShare } from './wilson.ts';

/** By the name of the condition. */
export type Scored = ReadonlyMap<string, readonly ScoredClip[]>;

export function printCounts(scored: Scored, persistenceSeconds: number): string {
  const named = [...scored].map(([name, clips]) => ({ name, sums: countOutcomes(clips) }));
  const falls = named.map(({ name, sums: { falls, falseAlarms, early, toFinding: times } }) => [
    name,
    printShare(falls.found, falls.of),
    printShare(falseAlarms.found, falseAlarms.of),
    `${early}`,
    times ? `${times.median} / ${times.most} / ${times.longest} s` : 'none',
    times ? (times.median <= persistenceSeconds + 2 ? 'yes' : 'NO') : '',
  ]);
  const others = named.map(({ name, sums: { left, falseLeft, leftOff, up, falseUp } }) => [
    name,
    printShare(left.found, left.of),
    leftOff.map(signed).join(', ') || '-',
    printShare(falseLeft.found, falseLeft.of),
    printShare(up.found, up.of),
    printShare(falseUp.found, falseUp.of),
  ]);
  const apart = named.map(({ name, sums }) => [
    name,
    ...Object.values(sums.apart).map(({ found, of }) => (of === 0 ? '-' : `${found} of ${of}`)),
    `${sums.notPlayed}`,
  ]);
  const within = `median at most ${persistenceSeconds} + 2 s`;
  return [
    '\nFalls to the floor (shares with 95 % intervals; everyday: an alarm of a fall in a clip without one)',
    table([
      ['', 'falls found', 'false alarms', 'too early', 'lying to finding, median / 95 % / longest', within],
      ...falls,
    ]),
    `\nLeft room and not in bed (told once, within ${onTimeSeconds} s of the agreed time; up: not in bed when the clip ends)`,
    table([['', 'left, told right', 'off by, s', 'told, nobody left', 'up, told', 'told, in bed'], ...others]),
    '\nCounted apart: told of',
    table([
      ['', 'falls onto a bed', 'ambiguous', 'unlabelled', 'leaving not told', 'bed not told', 'could not be played'],
      ...apart,
    ]),
    ...breakdowns.flatMap(([title, nameOf]) => printGroups(scored, title, nameOf)),
  ].join('\n');
}

const breakdowns: readonly (readonly [title: string, nameOf: (clip: ScoredClip) => string | undefined])[] = [
  ['By kind of fall', ({ group, kind }) => (group === 'floor-fall' ? kind : undefined)],
  ['By source', ({ source }) => source],
  ['By room', ({ room }) => room],
  ['By subject', ({ subject }) => subject],
];

function printGroups(scored: Scored, title: string, nameOf: (clip: ScoredClip) => string | undefined): string[] {
  const byCondition = [...scored].map(([condition, clips]) => ({ condition, groups: groupsOf(clips, nameOf) }));
  const names = [...new Set(byCondition.flatMap(({ groups }) => [...groups.keys()]))];
  if (names.length < 2 && title !== 'By kind of fall') return [];
  const inOrder = names.toSorted((one, other) => place(one) - place(other));
  const rows = inOrder.flatMap((name) =>
    byCondition.map(({ condition, groups }, at) => {
      const { falls, falseAlarms } = countOutcomes(groups.get(name) ?? []);
      return [at === 0 ? name : '', condition, ...[falls, falseAlarms].map(({ found, of }) => printShare(found, of))];
    }),
  );
  return [`\n${title}`, table([['', '', 'falls found', 'false alarms'], ...rows])];
}
const place = (name: string): number => (fallKinds as readonly string[]).indexOf(name);

/** The assumptions behind a score, printed with it. */
export function printAssumptions(
  all: readonly ScoredClip[],
  marked: { readonly exits: number; readonly beds: number },
): string {
  const clips = new Set(all.map(({ file }) => file)).size;
  const byEdge = all.flatMap(({ alarms }) => alarms).filter(({ code }) => code === 'left-picture').length;
  return [
    '\nTaken for granted',
    `  exits: marked in ${marked.exits} of ${clips} clips; in the others every edge of the picture counts as a way out (left-picture, told ${byEdge} times)`,
    `  beds: marked in ${marked.beds} of ${clips} clips; not in bed is counted in those only`,
    '  who leaves, when, and where a person is at the end: from the segments of the index, else from its words, else counted apart',
    '  the last picture is held: what follows it proves the timers, and no longer the eyes',
  ].join('\n');
}

/** The counts of all augmentations side by side. */
export function printVariations(scored: Scored): string {
  const rows = [...scored].map(([name, clips]) => {
    const { falls, falseAlarms, early, left, falseLeft, toFinding } = countOutcomes(clips);
    const plain = ({ found, of }: { readonly found: number; readonly of: number }) => `${found} of ${of}`;
    const wrong = clips.filter(({ fall }) => fall.outcome === 'missed' || fall.outcome === 'false');
    return [
      name,
      plain(falls),
      plain(falseAlarms),
      `${early}`,
      plain(left),
      plain(falseLeft),
      toFinding ? `${toFinding.median} s` : '-',
      wrong.map(({ file }) => file).join(', ') || '-',
    ];
  });
  const head = ['', 'falls found', 'false alarms', 'too early', 'left, right', 'nobody left', 'median', 'wrong'];
  return `\nSide by side\n${table([head, ...rows])}`;
}
