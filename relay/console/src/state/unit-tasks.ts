/** Pure. What somebody has to see to of a unit, although no alarm rings for it. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { Instant } from '@nattfrid/shared/time/instant';

export type UnitTask =
  /** Nothing is watched. */
  | { readonly type: 'no-plan' }
  | { readonly type: 'plan-ended' }
  /** Nothing is watched until then. */
  | { readonly type: 'plan-begins'; readonly at?: string }
  /** The newest plan; `watched`: by the one before. */
  | { readonly type: 'plan-refused'; readonly why: string; readonly watched: boolean }
  | { readonly type: 'plan-ends'; readonly days: number }
  /** `bySeconds` more than the relay's. */
  | { readonly type: 'clock-off'; readonly bySeconds: number };

const day = 24 * 3600 * 1000;
/** A new plan takes a meeting, a signature and a coordinator: so many days before is told. */
const soonDays = 7;

/** The most pressing first. @param now by the relay's clock */
export function unitTasks(unit: UnitView, now: Instant): readonly UnitTask[] {
  // Of one that is not here it is not known; its silence is an alarm.
  if (unit.presence === 'silent' || unit.presence === 'expected') return [];
  return [...planTasks(unit, now), ...clockTask(unit)];
}

function planTasks({ inForce }: UnitView, now: Instant): readonly UnitTask[] {
  if (!inForce) return [];
  const { state, beginsAt, endsAt, refused } = inForce;
  const watched = state === 'in-force';
  if (refused !== undefined) return [{ type: 'plan-refused', why: refused, watched }];
  switch (state) {
    case 'none':
      return [{ type: 'no-plan' }];
    case 'ended':
      return [{ type: 'plan-ended' }];
    case 'not-begun':
      return [{ type: 'plan-begins', ...(beginsAt === undefined ? {} : { at: beginsAt }) }];
    case 'in-force': {
      const left = endsAt === undefined ? Number.POSITIVE_INFINITY : (Date.parse(endsAt) - now) / day;
      return left <= soonDays ? [{ type: 'plan-ends', days: Math.max(0, Math.floor(left)) }] : [];
    }
  }
}

const clockTask = ({ clockOffBySeconds }: UnitView): readonly UnitTask[] =>
  clockOffBySeconds === undefined ? [] : [{ type: 'clock-off', bySeconds: clockOffBySeconds }];
