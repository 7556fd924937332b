/**
 * Pure. How far behind a camera's count the quickest pictures arrive: the least delay. A stall of the network is followed by a burst that
 * makes up for it; a count that does not run with the time is followed by nothing. The first is waited for, the second is followed.
 */

/** All in milliseconds, by a clock that never steps. */
export interface Arrived {
  /** What the camera has counted, from any beginning. */
  readonly count: number;
  readonly arrived: number;
}

export interface LeastDelay {
  /** Arrival less count, of the pictures that came quickest. */
  readonly least: number;
  readonly last: Arrived;
  /** Between the last arrivals, newest first: how far apart, and how much further apart than they were counted. */
  readonly gaps: readonly number[];
  readonly grown: readonly number[];
  readonly lately: Lately;
  /** The least delay has grown of late: only a hole is waited for. */
  readonly doubted: boolean;
  /** Holes one after the other that nothing has made up for. */
  readonly lumps: number;
}

/** The arrivals of the last second or so, none of them after a hole: do they still make up for one? */
interface Lately {
  readonly since: number;
  readonly many: number;
  /** Delays: of the first picture, and of the quickest. */
  readonly first: number;
  readonly quickest: number;
  /** The least delay as it was believed then. */
  readonly believed: number;
}

/** Jitter that is no reason to doubt the count. */
const slack = 80;
/** A delay that differs by less is the same. */
const same = 20;
/** So long nothing may be made up for, before a delay is believed to be the least there is. */
const settled = 1000;
/** Arrivals further apart, and out of the usual, are a hole. */
const hole = 500;
/** Arrivals that are no further apart make up for a hole. */
const inBurst = 10;
/** Gaps within this share of each other are the camera's own pace, and no stall of the network. */
const alike = 0.2;
/** A least delay that grows by a larger share of the time is the count's doing, and no crystal's. */
const crystal = 0.05;
/** So many holes in a row that nothing makes up for are the camera's way of sending. */
const mostLumps = 4;
/** Nobody waits for a longer stall to be made up for. */
const longest = 15_000;

export const firstDelay = (one: Arrived): LeastDelay => {
  const least = one.arrived - one.count;
  return { least, last: one, gaps: [], grown: [], lately: latelyFrom(one, least), doubted: false, lumps: 0 };
};

/**
 * @param one the next picture; its count is not before the last one's.
 * @param reordered B pictures come in between: a single picture that is further apart than it was counted stood behind them, and nothing
 *   has grown
 */
export function nextDelay(before: LeastDelay, one: Arrived, reordered = false): LeastDelay {
  const { least, last, gaps } = before;
  const gap = one.arrived - last.arrived;
  const usual = isPace(gaps, gap) ? gap : middle(gaps);
  const delay = one.arrived - one.count;
  const believed = followed(before, one, reordered);
  const grown = [gap - (one.count - last.count), ...before.grown].slice(0, 3);
  const after = { ...before, least: believed, last: one, gaps: [gap, ...gaps].slice(0, 3), grown };
  if (gap > hole && gap > 3 * usual) {
    const lumps = before.lately.quickest - believed > same ? before.lumps + 1 : 0;
    const isUsual = lumps > (before.doubted ? 0 : mostLumps);
    const settledAt = isUsual ? Math.max(believed, Math.min(before.lately.quickest, delay)) : believed;
    return {
      ...after,
      lumps,
      doubted: before.doubted || isUsual,
      least: settledAt,
      lately: latelyFrom(one, settledAt),
    };
  }
  // As the delays would have been, had the count been followed then as it is now.
  const moved = believed - least;
  const lately = {
    ...before.lately,
    many: before.lately.many + 1,
    first: before.lately.first + moved,
    quickest: Math.min(before.lately.quickest + moved, delay),
  };
  const lasts = one.arrived - lately.since;
  if (lasts < settled || lately.many < 3) return { ...after, lately };
  const isMadeUpFor = delay < lately.first - same;
  const settledAt = isMadeUpFor || lately.quickest - believed <= same ? believed : lately.quickest;
  const doubted = settledAt - lately.believed > crystal * lasts;
  return { ...after, least: settledAt, doubted, lumps: 0, lately: latelyFrom(one, settledAt) };
}

/** A single long gap may be made up for; pictures that come further apart than they are counted, again and again, are not. */
function followed({ least, last, gaps, grown, doubted }: LeastDelay, one: Arrived, reordered: boolean): number {
  const gap = one.arrived - last.arrived;
  const delay = one.arrived - one.count;
  if (delay - least > longest) return delay;
  const counted = one.count - last.count;
  const behind = isPace(gaps, gap) && !reordered ? Math.max(middle(grown), gap - counted) : middle(grown);
  const isBehind = gap >= counted && behind > gap * alike;
  const at = doubted && gap > Math.max(counted, inBurst) && gap <= hole ? delay : least + (isBehind ? behind : 0);
  return Math.min(Math.max(least, Math.min(at, delay - slack)), delay);
}

const latelyFrom = ({ arrived, count }: Arrived, believed: number): Lately => ({
  since: arrived,
  many: 1,
  first: arrived - count,
  quickest: arrived - count,
  believed,
});

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Like the gap before, and no hole. */
const isPace = (gaps: readonly number[], gap: number): boolean =>
  gap <= hole && Math.abs(gap - (gaps[0] ?? 0)) <= alike * gap;
