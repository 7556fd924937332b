/** Pure. Events that were read back from a screen, and the figures that follow: time to first picture, age, recovery. */
import { turnLength } from './coded-clip.ts';

/** An event noted by page/reader.js; times in milliseconds since 1970. */
export type Noted =
  | { readonly what: 'click'; readonly at: number }
  /** `code`: the number of the camera's picture; -1 where none could be read. */
  | { readonly what: 'drawn'; readonly at: number; readonly code: number; readonly stampChanged?: boolean };

export type Drawn = Extract<Noted, { what: 'drawn' }>;

/** One look, from the click on. */
export interface Opening {
  readonly clickedAt: number;
  readonly drawn: readonly Drawn[];
}

/** @returns undefined without a click */
export function openingOf(noted: readonly Noted[]): Opening | undefined {
  const clickedAt = noted.find((one) => one.what === 'click')?.at;
  if (clickedAt === undefined) return undefined;
  return { clickedAt, drawn: noted.filter((one) => one.what === 'drawn').filter((one) => one.at >= clickedAt) };
}

/** Milliseconds from the click to the first picture. */
export const firstAfter = ({ clickedAt, drawn }: Opening): number | undefined =>
  drawn[0] ? drawn[0].at - clickedAt : undefined;

/** Milliseconds from the click to the unit's yes. @param yeses times of all of them @returns undefined where none lies before the first picture */
export function yesAfter({ clickedAt, drawn }: Opening, yeses: readonly number[]): number | undefined {
  const yes = yeses.find((at) => at >= clickedAt && at <= (drawn[0]?.at ?? 0));
  return yes === undefined ? undefined : yes - clickedAt;
}

/** Age of a drawn picture in milliseconds; undefined where its code could not be read. */
export function ageOf({ at, code }: Drawn, filmBegan: number): number | undefined {
  if (code < 0) return undefined;
  const since = at - filmBegan - code * pictureTime;
  return since - Math.floor(since / turnLength) * turnLength;
}
const pictureTime = 40;

export const agesOf = (drawn: readonly Drawn[], filmBegan: number): readonly number[] =>
  drawn.map((one) => ageOf(one, filmBegan)).filter((age) => age !== undefined);

/**
 * For pictures without a code: the drawn seconds change with the first picture of each second, which at ten pictures a second
 * was taken 50 ± 50 ms after the second began.
 */
export const agesByStamp = (drawn: readonly Drawn[]): readonly number[] =>
  drawn.filter((one) => one.stampChanged).map((one) => (one.at % 1000) - 50);

export interface Spread {
  readonly median: number;
  readonly p95: number;
  readonly most: number;
  readonly many: number;
}

/** @returns undefined without values */
export function spread(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return sorted.length === 0 ? undefined : { median: at(0.5), p95: at(0.95), most: at(1), many: sorted.length };
}

/** 0 without values. */
export const median = (values: readonly number[]): number => spread(values)?.median ?? 0;

/** After an outage: milliseconds until a picture is not older than a second, and the number of pictures older than two. */
export function recovery(drawn: readonly Drawn[], returnedAt: number, filmBegan: number) {
  const after = drawn.filter((one) => one.at >= returnedAt);
  const ages = after.map((one) => ageOf(one, filmBegan));
  const live = after.find((_, index) => (ages[index] ?? Number.POSITIVE_INFINITY) <= 1000);
  return {
    liveAfter: live ? live.at - returnedAt : undefined,
    old: ages.filter((age) => age !== undefined && age > 2000).length,
    /** Pictures shown after a later one. */
    backwards: backwards(drawn, filmBegan),
  };
}

function backwards(drawn: readonly Drawn[], filmBegan: number): number {
  let newest = 0;
  let many = 0;
  for (const one of drawn) {
    const age = ageOf(one, filmBegan);
    if (age === undefined) continue;
    if (one.at - age < newest - 1) many++;
    newest = Math.max(newest, one.at - age);
  }
  return many;
}
