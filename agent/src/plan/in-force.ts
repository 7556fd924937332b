/** Pure. A plan counts from its first to its last moment, and only with its consents; otherwise the unit neither watches nor shows. */
import { consented } from '@nattfrid/shared/domain/consent';
import type { Plan } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';

export function inForce(plan: Plan | undefined, at: Instant): Plan | undefined {
  if (!plan || !consented(plan, at)) return undefined;
  return Date.parse(plan.validFrom) <= at && at < Date.parse(plan.validUntil) ? plan : undefined;
}
