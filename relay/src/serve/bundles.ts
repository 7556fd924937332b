/** Support bundles as they come, part by part, kept in memory until the next: what is asked for is fetched at once. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Bundle {
  readonly at: Instant;
  /** JSON. */
  readonly text: string;
}

interface Part {
  readonly call: string;
  readonly part: number;
  readonly parts: number;
  readonly text: string;
}

/** Of so many units at most, the newest: a bundle is some hundred kilobytes. */
const mostUnits = 50;

export function openBundles(clock: Pick<Clock, 'now'>) {
  const coming = new Map<UnitId, { readonly call: string; readonly parts: Map<number, string> }>();
  const whole = new Map<UnitId, Bundle>();
  return {
    take(unit: UnitId, { call, part, parts, text }: Part): void {
      const before = coming.get(unit);
      const now = before?.call === call ? before : { call, parts: new Map<number, string>() };
      coming.set(unit, now);
      now.parts.set(part, text);
      const all = Array.from({ length: parts }, (_, at) => now.parts.get(at));
      if (all.some((one) => one === undefined)) return;
      coming.delete(unit);
      whole.delete(unit);
      whole.set(unit, { at: clock.now(), text: all.join('') });
      const [oldest] = whole.keys();
      if (whole.size > mostUnits && oldest !== undefined) whole.delete(oldest);
    },
    of: (unit: UnitId): Bundle | undefined => whole.get(unit),
  };
}
