/** Pure. What governs the unit now, as the relay is told: the unit alone knows. */
import type { Plan } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { PlanState } from '@nattfrid/shared/wire/vitals';

export function planState(plan: Plan | undefined, at: Instant): PlanState {
  if (!plan) return { state: 'none' };
  const { version, validFrom, validUntil } = plan;
  const state = at < Date.parse(validFrom) ? 'not-begun' : at < Date.parse(validUntil) ? 'in-force' : 'ended';
  return { version, state, endsAt: new Date(validUntil).toISOString() };
}
