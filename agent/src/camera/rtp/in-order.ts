/** Pure. Dates that rise as the pictures are shown, also where they arrive in the order in which they are decoded. */
import { type Instant, instant } from '@nattfrid/shared/time/instant';

export interface Dated {
  readonly count: number;
  readonly at: Instant;
}

/** More pictures than any codec holds back (H.264 and H.265: 16). */
const remembered = 20;
/** Pictures that arrive at once take this share of what room there is, and of 100 ms at most, so that those to come find some. */
const [share, mostRoom] = [1 / 8, 100];

/**
 * @param wanted when the picture with this count was taken; after `latest` it never was.
 * @returns the same in whole milliseconds, between the dates of the pictures shown before and after it; and the dates to remember.
 */
export function inOrder(
  dated: readonly Dated[],
  { count, wanted, latest }: { readonly count: number; readonly wanted: number; readonly latest: Instant },
): readonly [Instant, readonly Dated[]] {
  const before = dated.filter((one) => one.count <= count).map(({ at }) => at as number);
  const behind = dated.filter((one) => one.count > count).map(({ at }) => at as number);
  const from = Math.max(...before);
  const to = Math.min(latest, Math.min(...behind) - 1);
  const next = from + Math.max(1, Math.floor(Math.min(to - from, mostRoom) * share));
  const fits = Math.min(wanted > from ? Math.max(Math.round(wanted), from + 1) : next, to);
  // Where no room is left, it rises all the same.
  const at = instant(behind.length === 0 ? Math.max(fits, from + 1) : fits);
  return [at, [...dated, { count, at }].slice(-remembered)];
}
