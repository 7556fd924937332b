/** Pure. How else the plan lets a person be shown, where they cannot be made out as they are shown now. */
import type { Mode, Plan } from '@nattfrid/shared/domain/plan';

/** The other agreed modes; the plan's own order counts. None where the plan does not hold the one that is shown. */
export function othersAgreed(plan: Plan | undefined, shown: Mode): readonly Mode[] {
  if (!plan) return [];
  const { mode, alsoAgreed = [] } = plan;
  const agreed = [...new Set([mode, ...alsoAgreed])];
  return agreed.includes(shown) ? agreed.filter((one) => one !== shown) : [];
}
