/** Pure. Whether the consents that the law asks for are there: without each of them, and after a withdrawal, nobody is watched. */
import type { Instant } from '../time/instant.ts';
import type { Plan } from './plan.ts';
import { dayOf } from './window.ts';

/** Lag (2001:454) 9 §: each of them from its day on, until the day on which one is withdrawn. */
export function consented({ consents }: Pick<Plan, 'consents'>, at: Instant): boolean {
  const today = dayOf(at);
  const { technology, supervision, cohabitants, withdrawn } = consents;
  if (withdrawn !== undefined && withdrawn <= today) return false;
  return [technology, supervision, cohabitants].every((one) => one === 'lives-alone' || one <= today);
}
