/** Pure. One labelled clip: what its index says of it, what was found in it, and how the two are counted together. */
import { z } from 'zod';

/** Lenient: an index may leave out or empty what it does not know, and may say more than we read. */
const Known = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);
export const LabelledClip = z.object({
  file: z.string().min(1),
  label: Known(z.string()),
  activity: Known(z.string()),
  source_repo: Known(z.string()),
  fall_start_s: Known(z.number()),
  on_floor_from_s: Known(z.number()),
  fall_surface: Known(z.string()),
  ambiguous: Known(z.boolean()),
  bed_polygon_norm: Known(z.array(z.tuple([z.number(), z.number()])).min(3)),
});
export type LabelledClip = z.infer<typeof LabelledClip>;

export interface ToldAlarm {
  readonly kind: string;
  readonly phase: string;
  /** Seconds of the recording. */
  readonly at: number;
  readonly code: string;
}
export type Played =
  | { readonly type: 'played'; readonly alarms: readonly ToldAlarm[] }
  /** The file is missing or broken: in the words of the replay. */
  | { readonly type: 'not-played'; readonly why: string };

/** floor-fall and everyday make the figures; the rest is counted apart. */
export type Group = 'floor-fall' | 'everyday' | 'bed-fall' | 'ambiguous' | 'unlabelled';

export interface ScoredClip {
  readonly file: string;
  readonly group: Group;
  readonly source: string;
  /** undefined: it could not be played. */
  readonly alarmed: boolean | undefined;
  /** Seconds from lying on the floor to the finding, where both are known. */
  readonly toFinding?: number;
  /** Told of a fall before there was one: a false alarm in a clip of a fall. */
  readonly early: boolean;
  readonly alarms: readonly ToldAlarm[];
  readonly why?: string;
}

export function groupOf({ label, fall_surface, ambiguous }: LabelledClip): Group {
  if (label !== 'fall' && label !== 'adl') return 'unlabelled';
  if (label === 'fall' && fall_surface === 'bed') return 'bed-fall';
  if (ambiguous) return 'ambiguous';
  return label === 'fall' ? 'floor-fall' : 'everyday';
}

export function scoreClip(clip: LabelledClip, played: Played): ScoredClip {
  const about = { file: clip.file, group: groupOf(clip), source: clip.source_repo ?? 'source not told' };
  if (played.type === 'not-played') return { ...about, alarmed: undefined, early: false, alarms: [], why: played.why };
  const falls = played.alarms.filter(({ kind, phase }) => kind === 'fall' && phase === 'began');
  const from = clip.label === 'fall' ? (clip.fall_start_s ?? clip.on_floor_from_s ?? 0) : 0;
  const found = falls.find(({ at }) => at >= from);
  const lying = clip.on_floor_from_s;
  return {
    ...about,
    alarmed: found !== undefined,
    early: falls.some(({ at }) => at < from),
    alarms: played.alarms,
    ...(found && typeof lying === 'number' && { toFinding: Math.round((found.at - lying) * 10) / 10 }),
  };
}

export interface Share {
  readonly found: number;
  readonly of: number;
}
export interface Sums {
  /** Falls to the floor that were told. */
  readonly falls: Share;
  /** Everyday clips in which a fall was told, and clips of falls in which one was told too early. */
  readonly falseAlarms: Share;
  readonly early: number;
  /** Told, of those that are counted apart. */
  readonly apart: Readonly<Record<'bed-fall' | 'ambiguous' | 'unlabelled', Share>>;
  readonly notPlayed: number;
  readonly toFinding?: { readonly median: number; readonly longest: number };
}

export function sumUp(clips: readonly ScoredClip[]): Sums {
  const share = (group: Group): Share => {
    const played = clips.filter((clip) => clip.group === group && clip.alarmed !== undefined);
    return { found: played.filter(({ alarmed }) => alarmed).length, of: played.length };
  };
  const times = clips
    .flatMap(({ group, toFinding }) => (group === 'floor-fall' && toFinding !== undefined ? [toFinding] : []))
    .sort((one, other) => one - other);
  return {
    falls: share('floor-fall'),
    falseAlarms: share('everyday'),
    early: clips.filter(({ early }) => early).length,
    apart: { 'bed-fall': share('bed-fall'), ambiguous: share('ambiguous'), unlabelled: share('unlabelled') },
    notPlayed: clips.filter(({ alarmed }) => alarmed === undefined).length,
    ...(times.length > 0 && { toFinding: { median: median(times), longest: times.at(-1)! } }),
  };
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const value = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Math.round(value * 100) / 100;
}
