/** Pure. The middle of figures, and what 95 of 100 do not exceed (nearest rank). */
import type { Spread } from '@nattfrid/shared/desk/follow-up-view';

export function spread(figures: readonly number[]): Spread | undefined {
  if (figures.length === 0) return undefined;
  const sorted = figures.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { median: rank(0.5), p95: rank(0.95) };
}
