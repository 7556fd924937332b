/** Signing: this browser makes the plans itself, of what stands on the screen and the keys of the units that it knows. */

import type { PlanForm } from '@nattfrid/shared/care/plan-form';
import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import type { MunicipalityKeyView } from '@nattfrid/shared/desk/key-routes';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { call } from '../link/api.ts';
import type { Trust } from '../trust/trust.ts';

/** What would be signed, one for each unit. @returns a Fault where there can be no such plan */
export function plansOf({ alias, consents, plan }: ClientView, form: PlanForm): readonly Plan[] | Fault {
  const plans = (plan?.units ?? []).map(({ plan: id, version, unit, unitKey }) =>
    planOfForm(form, consents, { plan: id, version, unit, unitKey, client: alias }),
  );
  const good: Plan[] = [];
  for (const one of plans) {
    if (one instanceof Fault) return one;
    good.push(one);
  }
  return good;
}

/** @throws Fault `key-changed` where a unit has another key than this browser knows; it is never signed for */
export async function signAndSend(
  trust: Trust,
  { client, plan }: ClientView,
  plans: readonly Plan[],
  key: MunicipalityKeyView,
): Promise<ClientView> {
  for (const { unit, unitKey } of plans) await trust.unit(unit, unitKey ?? '');
  const letters = await Promise.all(plans.map((one) => trust.signing.plan(one, key)));
  return call('signPlan', { client }, { edition: plan?.edition ?? 1, letters });
}
