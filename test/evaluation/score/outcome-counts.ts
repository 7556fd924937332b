/** Pure. Counts of outcomes over scored clips: found, missed and false alarms for each detector. */
import type { Outcome, ScoredClip } from './scored-clip.ts';

export interface Share {
  readonly found: number;
  readonly of: number;
}
export interface Times {
  readonly median: number;
  readonly most: number;
  readonly longest: number;
}
export interface OutcomeCounts {
  readonly clips: number;
  /** Falls to the floor with an alarm. */
  readonly falls: Share;
  /** Everyday clips with a fall alarm. */
  readonly falseAlarms: Share;
  /** Clips with a fall alarm before the fall. */
  readonly early: number;
  /** Clips with one alarm at the agreed time, of those in which a person leaves. */
  readonly left: Share;
  /** Clips with a left-room alarm, of those in which nobody leaves. */
  readonly falseLeft: Share;
  /** Seconds from the agreed time to the alarm, for each clip in which a person leaves. */
  readonly leftOff: readonly number[];
  /** Clips with a not-in-bed alarm, of those that end with the person up. */
  readonly up: Share;
  /** Clips with a not-in-bed alarm, of those that end with the person in bed, or with nobody. */
  readonly falseUp: Share;
  /** Clips with an alarm, of those that are counted apart; for the last two the index does not say enough. */
  readonly apart: Readonly<Record<'bed-fall' | 'ambiguous' | 'unlabelled' | 'leaving-unknown' | 'bed-unknown', Share>>;
  readonly notPlayed: number;
  /** Seconds from lying to finding, of falls to the floor; `most`: 95 % are not longer. */
  readonly toFinding?: Times;
}

export function countOutcomes(all: readonly ScoredClip[]): OutcomeCounts {
  const played = all.filter(({ fall }) => fall.outcome !== 'not-played');
  const share = (among: (clip: ScoredClip) => boolean, found: (clip: ScoredClip) => boolean): Share => {
    const clips = played.filter(among);
    return { found: clips.filter(found).length, of: clips.length };
  };
  const alarmed = ({ fall }: ScoredClip) => fall.alarmed;
  const is =
    (part: 'leftRoom' | 'notInBed', ...outcomes: readonly Outcome[]) =>
    (clip: ScoredClip) =>
      outcomes.includes(clip[part].outcome);
  const times = played.flatMap(({ group, fall }) => (group === 'floor-fall' ? (fall.toFinding ?? []) : []));
  return {
    clips: all.length,
    falls: share(({ group }) => group === 'floor-fall', alarmed),
    falseAlarms: share(({ group }) => group === 'everyday', alarmed),
    early: played.filter(({ fall }) => fall.early).length,
    left: share(({ leftRoom }) => leftRoom.truth === 'leaves', is('leftRoom', 'right')),
    falseLeft: share(
      ({ leftRoom }) => leftRoom.truth === 'stays' || leftRoom.truth === 'empty',
      is('leftRoom', 'false'),
    ),
    leftOff: played.flatMap(({ leftRoom }) => leftRoom.off ?? []),
    up: share(({ notInBed }) => notInBed.truth === 'up', is('notInBed', 'right')),
    falseUp: share(
      ({ notInBed }) => notInBed.truth === 'in-bed' || notInBed.truth === 'empty',
      is('notInBed', 'false'),
    ),
    apart: {
      'bed-fall': share(({ group }) => group === 'bed-fall', alarmed),
      ambiguous: share(({ group }) => group === 'ambiguous', alarmed),
      unlabelled: share(({ group }) => group === 'unlabelled', alarmed),
      'leaving-unknown': share(is('leftRoom', 'apart'), ({ leftRoom }) => leftRoom.told > 0),
      'bed-unknown': share(is('notInBed', 'apart'), ({ notInBed }) => notInBed.told),
    },
    notPlayed: all.length - played.length,
    ...(times.length > 0 && { toFinding: timesOf(times) }),
  };
}

function timesOf(times: readonly number[]): Times {
  const sorted = times.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  const most = sorted[Math.ceil(0.95 * sorted.length) - 1]!;
  return { median: Math.round(median * 100) / 100, most, longest: sorted.at(-1)! };
}

/** @returns the clips of each name, in the order of the names' first clips. */
export function groupsOf(all: readonly ScoredClip[], nameOf: (clip: ScoredClip) => string | undefined) {
  const groups = new Map<string, ScoredClip[]>();
  for (const one of all) {
    const name = nameOf(one);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return groups as ReadonlyMap<string, readonly ScoredClip[]>;
}
