/** Pure. What governs the unit now, as the relay is told: the unit alone knows. */
import { consented } from '@nattfrid/shared/domain/consent';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { dayOf } from '@nattfrid/shared/domain/window';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { HaltState, PlanState } from '@nattfrid/shared/wire/vitals';
import { isWaiting, type Readiness } from '../ready/readiness.ts';
import { inForce } from './in-force.ts';

/**
 * @param dark the unit is halted, whatever its plan says
 * @param readiness one that waits until it is ready has a plan that has not begun, for a reader who is older as well
 */
export function planState(
  plan: Plan | undefined,
  at: Instant,
  dark?: Pick<HaltState, 'why'>,
  readiness: Readiness = { name: 'by-hand' },
): PlanState {
  const halted = dark && (dark.why === 'paused' ? 'paused' : 'stopped');
  if (!plan) return { state: halted ?? 'none' };
  const { version, validUntil, consents } = plan;
  const ended = at >= Date.parse(validUntil) || (consents.withdrawn !== undefined && !consented(plan, at));
  const waits = isWaiting(readiness) && !ended;
  const own = ended ? 'ended' : !waits && inForce(plan, at) ? 'in-force' : 'not-begun';
  const state = own === 'ended' ? own : (halted ?? own);
  const endsAt = new Date(validUntil).toISOString();
  if (state !== 'not-begun') return { version, state, endsAt };
  return { version, state, endsAt, beginsAt: beginsAt(plan), ...(waits && { waitsUntilReady: true as const }) };
}

/** Its first moment, or that of the day of its last consent. */
function beginsAt({ validFrom, consents: { technology, supervision, cohabitants } }: Plan): string {
  const days = [technology, supervision, cohabitants].filter((one) => one !== 'lives-alone').map(beginOf);
  return new Date(Math.max(Date.parse(validFrom), ...days)).toISOString();
}

function beginOf(day: string): number {
  const inSummer = instant(Date.parse(`${day}T00:00:00+02:00`));
  return dayOf(inSummer) === day ? inSummer : Date.parse(`${day}T00:00:00+01:00`);
}
