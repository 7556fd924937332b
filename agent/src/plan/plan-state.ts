/** Pure. What governs the unit now, as the relay is told: the unit alone knows. */
import { consented } from '@nattfrid/shared/domain/consent';
import type { Plan } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { PlanState } from '@nattfrid/shared/wire/vitals';
import { inForce } from './in-force.ts';

export function planState(plan: Plan | undefined, at: Instant): PlanState {
  if (!plan) return { state: 'none' };
  const { version, validUntil, consents } = plan;
  const ended = at >= Date.parse(validUntil) || (consents.withdrawn !== undefined && !consented(plan, at));
  const state = inForce(plan, at) ? 'in-force' : ended ? 'ended' : 'not-begun';
  return { version, state, endsAt: new Date(validUntil).toISOString() };
}
