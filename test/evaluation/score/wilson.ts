/** Pure. Confidence interval of a share: Wilson's score interval (E. B. Wilson, JASA 22, 1927), which holds on few cases. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * @param found 0 to `of`
 * @param of number of cases; 0 gives the interval 0 to 1
 * @param z quantile: 1.96 for 95 %
 */
export function wilson(found: number, of: number, z = 1.959964): Interval {
  if (of <= 0) return { low: 0, high: 1 };
  const share = found / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** «9 of 9 (70 to 100 %)». */
export function printShare(found: number, of: number): string {
  if (of === 0) return 'none to count';
  const { low, high } = wilson(found, of);
  return `${found} of ${of} (${Math.round(low * 100)} to ${Math.round(high * 100)} %)`;
}
