/** Pure. How else the plan lets a person be shown, where they cannot be made out as they are shown now. */
import type { Mode, Plan } from '@nattfrid/shared/domain/plan';

/** The next agreed mode after the one that is shown; the plan's own order counts. Undefined: there is none. */
export function nextAgreed(plan: Plan | undefined, shown: Mode): Mode | undefined {
  if (!plan) return undefined;
  const { mode, alsoAgreed = [] } = plan;
  const agreed = [...new Set([mode, ...alsoAgreed])];
  const at = agreed.indexOf(shown);
  return at < 0 ? undefined : agreed[at + 1];
}
