/**
 * Pure. Leave one out: limits are chosen on the clips of all other subjects, or rooms, and judged on those of the one left out. So no clip
 * is judged by limits that it had a say in. The rules themselves were written by people who knew all clips; that cannot be left out.
 */
import { decideFall, type FallSettings } from './decide-again.ts';
import type { Recorded } from './record.ts';
import { type ScoredClip, scoreClip } from './scored-clip.ts';
import { asAgreed, stricter } from './threshold-sweeps.ts';

export const partings = ['subject', 'room'] as const;
export type Parting = (typeof partings)[number];

/** One setting of the detector: a cell of the grid that is searched. */
export interface Limits {
  readonly name: string;
  /** Row and column. */
  readonly cell: readonly [number, number];
  readonly settings: FallSettings;
}

/**
 * How sure a person must be, against all limits of lying moved together: what the operating curves move. Persistence stays out of it, as it
 * is agreed with each person and not ours to choose.
 */
export const allLimits: readonly Limits[] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8].flatMap((certainty, row) =>
  [-0.4, -0.2, 0, 0.2, 0.4].map((by, column) => ({
    name: `certainty ${certainty}, lying ${by}`,
    cell: [row, column] as const,
    settings: { ...asAgreed, certainty, limits: stricter(by) },
  })),
);
/** The shipped limits are one of them, with no privilege in the choice. */
export const shippedLimits = (all: readonly Limits[]): number =>
  all.findIndex(({ settings: { certainty, limits } }) => {
    const same = Object.entries(limits).every(
      ([name, value]) => asAgreed.limits[name as keyof typeof limits] === value,
    );
    return same && certainty === asAgreed.certainty;
  });

/** How one clip comes out, in one light, at each of the limits; in the order of `allLimits`. */
export interface Tried {
  readonly light: string;
  readonly subject: string;
  readonly room: string;
  readonly outcomes: readonly ScoredClip[];
}

/** @param limits in the order in which they are tried */
export function tryAll(light: string, { clip, observations }: Recorded, limits: readonly Limits[] = allLimits): Tried {
  const outcomes = limits.map(({ settings }) => {
    const alarms = decideFall({ clip, observations }, settings);
    return fallOnly(scoreClip(clip, { type: 'played', alarms }, { leftRoomAfterSeconds: 0 }));
  });
  const { subject, room } = outcomes[0]!;
  return { light, subject, room, outcomes };
}

/** Only falls are decided: what was not asked for must not count as missed. */
const fallOnly = (clip: ScoredClip): ScoredClip => ({
  ...clip,
  leftRoom: { truth: 'unknown', outcome: 'apart', told: 0 },
  notInBed: { ...clip.notInBed, outcome: 'apart' },
});

export interface LeftOut {
  readonly parting: Parting;
  /** Limits chosen without this part, and on how many falls and everyday clips. */
  readonly folds: readonly {
    readonly part: string;
    readonly limits: Limits;
    readonly falls: number;
    readonly everyday: number;
  }[];
  /** By light: every clip once, at the limits that were chosen without its part; beside it at the shipped ones. */
  readonly judged: ReadonlyMap<string, readonly ScoredClip[]>;
  readonly shipped: ReadonlyMap<string, readonly ScoredClip[]>;
}

export function leaveOut(parting: Parting, tried: readonly Tried[], limits: readonly Limits[] = allLimits): LeftOut {
  const parts = [...new Set(tried.map((one) => one[parting]))].sort();
  const asShipped = shippedLimits(limits);
  const judged = new Map<string, ScoredClip[]>();
  const shipped = new Map<string, ScoredClip[]>();
  const put = (into: Map<string, ScoredClip[]>, light: string, one: ScoredClip) =>
    into.set(light, [...(into.get(light) ?? []), one]);
  const folds = parts.map((part) => {
    const others = tried.filter((one) => one[parting] !== part);
    const chosen = choose(others, limits);
    for (const one of tried.filter((all) => all[parting] === part)) {
      put(judged, one.light, one.outcomes[chosen]!);
      put(shipped, one.light, one.outcomes[asShipped]!);
    }
    const of = (group: string) => others.filter(({ outcomes }) => outcomes[0]!.group === group).length;
    return { part, limits: limits[chosen]!, falls: of('floor-fall'), everyday: of('everyday') };
  });
  return { parting, folds, judged, shipped };
}

/**
 * The rule: the largest share of falls found less the share of clips with a false alarm (Youden's index), over all lights together, as a
 * unit has one set of limits for all of them; an alarm before the fall is none of it. Of all that are as good, the one nearest to their
 * middle, farthest from where it gets worse. The shipped limits have no say in it: they were made by people who knew the part left out.
 *
 * @returns index into `limits`
 */
export function choose(tried: readonly Tried[], limits: readonly Limits[]): number {
  const indices = limits.map((_, at) => youden(tried, at));
  const most = Math.max(...indices);
  const best = limits.map((_, at) => at).filter((at) => indices[at]! > most - 1e-9);
  const middle = ([0, 1] as const).map((axis) => mean(best.map((at) => limits[at]!.cell[axis])));
  const away = (at: number) => Math.hypot(limits[at]!.cell[0] - middle[0]!, limits[at]!.cell[1] - middle[1]!);
  return best.reduce((one, other) => (away(other) < away(one) - 1e-9 ? other : one));
}

const mean = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0) / some.length;

function youden(tried: readonly Tried[], at: number): number {
  const all = tried.map(({ outcomes }) => outcomes[at]!);
  const share = (group: ScoredClip['group'], is: (clip: ScoredClip) => boolean) => {
    const some = all.filter((one) => one.group === group);
    return some.length === 0 ? 0 : some.filter(is).length / some.length;
  };
  const found = share('floor-fall', ({ fall }) => fall.alarmed && !fall.early);
  return found - share('everyday', ({ fall }) => fall.alarmed);
}
