/** Pure. What a recording's pictures do otherwise in time and order, in the fields that a manner has for it. */
import type { FilmWish } from '../film-wish.ts';
import type { Times } from '../manner.ts';
import { median, type NalOf, type RecordedPicture } from './pictures-of.ts';

/** Rates that differ by less may be one. */
const nearly = 1.15;
const differ = (one: number, other: number, by = nearly): boolean => Math.max(one, other) > Math.min(one, other) * by;
/** As a person would write it. */
const round = (rate: number): number => (rate >= 3 ? Math.round(rate) : Math.round(rate * 10) / 10);

/** @param say told what no field can say */
export function timesOf(
  all: readonly RecordedPicture[],
  codec: NalOf,
  clockRate: number,
  say: (words: string) => void,
): { readonly film: FilmWish; readonly times: Times } {
  // Parameter sets with a time of their own are no picture.
  const pictures = all.some((one) => one.slices > 0) ? all.filter((one) => one.slices > 0 || one.key) : all;
  const [first, last] = [pictures[0], pictures.at(-1)];
  const span = ((last?.at ?? 0) - (first?.at ?? 0)) / 1000;
  const format: FilmWish = codec === 'h264' ? {} : { codec };
  if (!first || !last || pictures.length < 5 || span <= 0) {
    if (pictures.length > 0) say('too few pictures to tell how many a second there are');
    return { film: format, times: {} };
  }
  const holes = holesOf(pictures);
  const step = holes.length === 0 ? nightOf(pictures) : undefined;
  const sends = step?.before ?? rateOf(pictures, span, holes, clockRate);
  const { times: count, counted } = countOf(pictures, clockRate, sends, say);
  const perSecond = round(step && counted !== undefined ? step.before : sends);
  const keys = codec === 'mjpeg' ? { film: {}, times: {} } : keysOf(pictures, perSecond, say);
  const bPictures = backwards(pictures);
  const slices = median(pictures.map((one) => one.slices));
  return {
    film: {
      ...format,
      ...(perSecond !== 10 && { perSecond }),
      ...keys.film,
      ...(bPictures > 0 && { bPictures }),
      ...(slices > 1 && codec !== 'mjpeg' && { slices }),
    },
    times: {
      ...keys.times,
      ...(first.at > 1000 && { firstAfter: Math.round(first.at / 100) / 10 }),
      ...count,
      ...(step && {
        night: { after: Math.round(step.at), sends: round(step.after) },
        counted: round(counted ?? step.before),
      }),
      ...stallOf(holes, span),
    },
  };
}

/** What it sends a second while it sends: as it counts, where the holes allow for that. */
function rateOf(pictures: readonly RecordedPicture[], span: number, holes: readonly Hole[], clockRate: number): number {
  const many = pictures.length - 1;
  const [least, most] = [many / span, many / Math.max(0.001, span - holes.reduce((sum, one) => sum + one.lasts, 0))];
  const counted = clockRate / Math.max(1, usualStep(pictures));
  return counted > least / nearly && counted < most * nearly ? counted : least;
}

/** Ticks from one picture to the next. */
function usualStep(pictures: readonly RecordedPicture[]): number {
  const shown = pictures.map((one) => one.time).toSorted((one, other) => one - other);
  return median(shown.slice(1).map((one, index) => one - (shown[index] ?? 0)));
}

function keysOf(
  pictures: readonly RecordedPicture[],
  perSecond: number,
  say: (words: string) => void,
): { readonly film: FilmWish; readonly times: Times } {
  const at = pictures.flatMap((one, index) => (one.key ? [index] : []));
  const [firstKey] = at;
  if (firstKey === undefined) {
    say('no key picture was told by the heads of packets: how far they are apart, and of what kind they are');
    return { film: {}, times: {} };
  }
  const apart = at.slice(1).map((one, index) => one - (at[index] ?? 0));
  if (apart.length === 0) say(`only one key picture was seen: they are further apart than it was recorded`);
  const keyEvery = apart.length > 0 ? median(apart) : pictures.length;
  const begins = firstKey > 0 ? Math.max(0, keyEvery - firstKey) / perSecond : 0;
  const usual = keyEvery === Math.max(1, Math.round(perSecond));
  return {
    film: { ...(!usual && { keyEvery }), ...(keyEvery > 40 && { pictures: keyEvery }) },
    times: begins > 0 ? { begins: Math.round(begins * 10) / 10 } : {},
  };
}

/** How the count runs against the arrivals. */
function countOf(
  pictures: readonly RecordedPicture[],
  clockRate: number,
  sends: number,
  say: (words: string) => void,
): { readonly times: Times; readonly counted?: number } {
  const shown = pictures.map((one) => one.time).toSorted((one, other) => one - other);
  const steps = shown.slice(1).map((one, index) => one - (shown[index] ?? 0));
  const usual = usualStep(pictures);
  if (steps.every((one) => one === 0)) return { times: { count: 'still' } };
  if (usual === 0) {
    say('several pictures have one time');
    return { times: {} };
  }
  const jumps = steps.filter((one) => one > usual * 5 && one > clockRate * 0.5);
  const counted = clockRate / usual;
  if (clockRate === 90_000 && !differ(usual * sends, 1000)) return { times: { count: 'milliseconds' } };
  if (jumps.length > 0)
    say(`its count jumps ${jumps.length} times, by ${Math.round(Math.max(...jumps) / clockRate)} s at most`);
  return { times: differ(counted, sends) ? { counted: round(counted) } : {}, counted };
}

/** B pictures in a row: those that come behind one that is shown later. */
function backwards(pictures: readonly RecordedPicture[]): number {
  let newest = Number.NEGATIVE_INFINITY;
  let [run, longest, all] = [0, 0, 0];
  for (const { time } of pictures) {
    run = time < newest ? run + 1 : 0;
    if (run > 0) all++;
    longest = Math.max(longest, run);
    newest = Math.max(newest, time);
  }
  // A swapped packet now and then is none.
  return all > pictures.length / 5 ? Math.min(3, longest) : 0;
}

interface Hole {
  readonly at: number;
  /** Seconds. */
  readonly lasts: number;
  /** Pictures that came at once behind it. */
  readonly behind: number;
}

function holesOf(pictures: readonly RecordedPicture[]): readonly Hole[] {
  const apart = pictures.slice(1).map((one, index) => one.at - (pictures[index]?.at ?? 0));
  const usual = median(apart);
  return apart.flatMap((length, index) => {
    if (length < Math.max(700, usual * 5)) return [];
    const at = pictures[index + 1]?.at ?? 0;
    const behind = pictures.filter((one) => one.at >= at && one.at < at + Math.max(60, usual * 0.6)).length;
    return [{ at: at / 1000, lasts: length / 1000, behind }];
  });
}

function stallOf(holes: readonly Hole[], span: number): Times {
  if (holes.length === 0) return {};
  const apart = holes.slice(1).map((one, index) => one.at - (holes[index]?.at ?? 0));
  const every = Math.round((apart.length > 0 ? median(apart) : span) * 10) / 10;
  const lasts = Math.round(median(holes.map((one) => one.lasts)) * 10) / 10;
  return {
    stall: {
      every,
      lasts: Math.min(lasts, every),
      goesOn: median(holes.map((one) => one.behind)) > 2 ? 'all' : 'newest',
    },
  };
}

/** Seconds of a rate that are enough to tell it. */
const least = 3;

/** The second at which it sends more, or fewer, from then on. */
function nightOf(pictures: readonly RecordedPicture[]): { at: number; before: number; after: number } | undefined {
  const start = pictures[0]?.at ?? 0;
  const counts: number[] = [];
  for (const { at } of pictures) {
    const second = Math.floor((at - start) / 1000);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  const all = Array.from({ length: counts.length - 1 }, (_, second) => counts[second] ?? 0);
  const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / Math.max(1, some.length);
  const errors = (some: readonly number[]) => some.reduce((sum, one) => sum + (one - mean(some)) ** 2, 0);
  const splits = all.map((_, at) => ({ at, error: errors(all.slice(0, at)) + errors(all.slice(at)) }));
  const [best] = splits.slice(least, all.length - least + 1).sort((one, other) => one.error - other.error);
  if (!best || best.error > errors(all) * 0.4) return undefined;
  const [before, after] = [mean(all.slice(0, best.at)), mean(all.slice(best.at))];
  return differ(before, after, 1.4) ? { at: best.at, before, after } : undefined;
}
