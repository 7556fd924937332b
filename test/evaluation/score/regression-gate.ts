/** Pure. Regression gate: outcomes compared clip by clip with kept figures, so that a clip that fell can be named. */
import { z } from 'zod';
import type { ScoredClip } from './scored-clip.ts';

const Outcome = z.enum(['right', 'missed', 'false', 'twice', 'off-time', 'apart', 'not-played']);
const KeptClip = z.object({
  group: z.string(),
  fall: Outcome,
  early: z.boolean(),
  leftRoom: Outcome,
  notInBed: Outcome,
  toFinding: z.number().optional(),
});
export type KeptClip = z.infer<typeof KeptClip>;
/** By condition, then by file. */
export const Figures = z.record(z.string(), z.record(z.string(), KeptClip));
export type Figures = z.infer<typeof Figures>;

export const figuresOf = (scored: ReadonlyMap<string, readonly ScoredClip[]>): Figures =>
  Object.fromEntries(
    [...scored].map(([condition, clips]) => [condition, Object.fromEntries(clips.map((one) => [one.file, kept(one)]))]),
  );

const kept = ({ group, fall, leftRoom, notInBed }: ScoredClip): KeptClip => ({
  group,
  fall: fall.outcome,
  early: fall.early,
  leftRoom: leftRoom.outcome,
  notInBed: notInBed.outcome,
  ...(fall.toFinding !== undefined && { toFinding: fall.toFinding }),
});

export interface Comparison {
  /** How many clips, over all conditions, were in both. */
  readonly compared: number;
  /** Counts that became worse or better, in words, with the clips behind them. */
  readonly fell: readonly string[];
  readonly rose: readonly string[];
  /** Clips of the same conditions that the kept figures name and that were not scored now. */
  readonly absent: readonly string[];
}

interface Both {
  readonly file: string;
  readonly was: KeptClip;
  readonly now: KeptClip;
}

/** Each is compared alone, so that a further fall found does not offset a false alarm. */
const counted: readonly (readonly [name: string, good: (clip: KeptClip) => boolean])[] = [
  ['falls found', ({ group, fall }) => group === 'floor-fall' && fall === 'right'],
  ['everyday clips without a false alarm', ({ group, fall }) => group === 'everyday' && fall === 'right'],
  ['clips without a fall told too early', ({ early }) => !early],
  [
    'left-room where somebody leaves',
    ({ leftRoom }) => !['missed', 'twice', 'off-time', 'not-played'].includes(leftRoom),
  ],
  ['no left-room where nobody leaves', ({ leftRoom }) => leftRoom !== 'false'],
  ['not-in-bed of those who are up', ({ notInBed }) => !['missed', 'not-played'].includes(notInBed)],
  ['no not-in-bed of those in bed', ({ notInBed }) => notInBed !== 'false'],
];
const slowerBySeconds = 1;

/** Compares clips that are in both, as a gate may be run on a part of them. */
export function compare(before: Figures, now: Figures): Comparison {
  const all = Object.entries(now).map(([condition, clips]) => {
    const was = before[condition] ?? {};
    const both = Object.entries(clips).flatMap(([file, one]): readonly Both[] => {
      const kept = was[file];
      return kept ? [{ file, was: kept, now: one }] : [];
    });
    const absent = Object.keys(was).filter((file) => !(file in clips));
    return { both, absent: absent.map((file) => `${condition}: ${file}`), ...changes(condition, both) };
  });
  return {
    compared: all.reduce((sum, { both }) => sum + both.length, 0),
    fell: all.flatMap(({ fell }) => fell),
    rose: all.flatMap(({ rose }) => rose),
    absent: all.flatMap(({ absent }) => absent),
  };
}

function changes(condition: string, both: readonly Both[]): Pick<Comparison, 'fell' | 'rose'> {
  const [fell, rose]: [string[], string[]] = [[], []];
  for (const [name, good] of counted) {
    const then = both.filter(({ was }) => good(was)).length;
    const since = both.filter(({ now }) => good(now)).length;
    const which = both.filter(({ was, now }) => good(was) !== good(now) && good(now) === since > then);
    const words = `${condition}: ${name}: ${since}, was ${then} (${which.map(({ file }) => file).join(', ')})`;
    if (since !== then) (since < then ? fell : rose).push(words);
  }
  const [median, before] = [medianOf(both.map(({ now }) => now)), medianOf(both.map(({ was }) => was))];
  if (median !== undefined && before !== undefined && median > before + slowerBySeconds)
    fell.push(`${condition}: median from lying to finding ${median} s, was ${before} s`);
  return { fell, rose };
}

function medianOf(clips: readonly KeptClip[]): number | undefined {
  const times = clips.flatMap(({ group, toFinding }) => (group === 'floor-fall' ? (toFinding ?? []) : []));
  return times.sort((one, other) => one - other)[times.length >> 1];
}
