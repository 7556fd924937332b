/** Pure. What somebody has to see to of a unit, although no alarm rings for it. */
import type { HaltView } from '@nattfrid/shared/desk/halt-view';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { WhyStopped } from '@nattfrid/shared/wire/halt-letter';

export type UnitTask =
  /** Nothing is watched until a newer plan is signed; `told`: whether the unit knows it, or can. */
  | { readonly type: 'stopped'; readonly why: WhyStopped; readonly told: 'yes' | 'not-yet' | 'cannot' }
  | { readonly type: 'paused'; readonly until: string; readonly told: 'yes' | 'not-yet' | 'cannot' }
  /** By what was done at the unit itself. */
  | { readonly type: 'dark'; readonly why: Extract<HaltView, { type: 'dark' }>['why'] }
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
  const halted = haltTasks(unit, now);
  // Of one that is not here it is not known; its silence is an alarm.
  if (unit.presence === 'silent' || unit.presence === 'expected') return halted;
  return [...halted, ...planTasks(unit, now), ...clockTask(unit)];
}

function haltTasks({ halt }: UnitView, now: Instant): readonly UnitTask[] {
  switch (halt?.type) {
    case undefined:
      return [];
    case 'stopped':
      return [{ type: 'stopped', why: halt.why, told: halt.told }];
    case 'dark':
      return [{ type: 'dark', why: halt.why }];
    case 'paused': {
      const { until, told } = halt;
      const isNow = Date.parse(halt.from) <= now && now < Date.parse(until);
      return isNow || told !== 'yes' ? [{ type: 'paused', until, told }] : [];
    }
  }
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
    case 'stopped':
    case 'paused':
      // Told as a halt.
      return [];
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
