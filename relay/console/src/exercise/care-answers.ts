/** A client who is nobody: the plan form of an exercise, checked as the relay checks it, and signed with a key that ends with the page. */
import type { ConsentRecord } from '@nattfrid/shared/care/consent-record';
import { lackingConsents } from '@nattfrid/shared/care/consents-of';
import { lackingInPlan } from '@nattfrid/shared/care/lacking-in-plan';
import type { CarePlanState, PlanForm } from '@nattfrid/shared/care/plan-form';
import type { CarePlanView, ClientView } from '@nattfrid/shared/desk/client-view';
import type { CarePlanId, ClientId, ConsentId, PlanId } from '@nattfrid/shared/domain/ids';
import type { Answers } from './answer.ts';
import type { World } from './world.ts';

const newId = <Id extends string>() => crypto.randomUUID() as Id;
export const nobody = '00000000-0000-4000-8000-000000000001' as ClientId;

/** @param municipality public key, base64url: of this exercise alone */
export function careAnswers(world: World, municipality: string): Answers {
  const { unit, client: alias, place, publicKey: unitKey } = world.unit;
  const ids = { carePlan: newId<CarePlanId>(), plan: newId<PlanId>() };
  let client: ClientView = {
    client: nobody,
    alias,
    organisation: 'ovning',
    state: 'enrolled',
    personal: { name: 'Astrid Exempel', address: 'Exempelgatan 1, 000 00 Exempelstad', telephone: '010-000 00 00' },
    consents: [],
  };
  let edition = 0;
  const change = (what: Partial<ClientView>): ClientView => {
    client = { ...client, ...what };
    return client;
  };
  function planned(form: PlanForm, state?: CarePlanState): CarePlanView {
    const { decision, consents } = client;
    const lacking = lackingInPlan(form, { decision, consents, places: [place] });
    const isSigned = state === 'in-force';
    return {
      carePlan: ids.carePlan,
      edition: Math.max(1, edition),
      state: state ?? (lacking.length > 0 ? 'drafted' : 'complete'),
      form,
      lacking,
      ...(isSigned && { signedBy: world.me.name, signedAt: world.now() }),
      units: [
        {
          unit,
          ...(place && { place }),
          unitKey,
          plan: ids.plan,
          version: Math.max(1, edition),
          has: isSigned ? 'taken' : 'nothing',
        },
      ],
    };
  }
  const checkedAnew = (): ClientView => (client.plan ? change({ plan: planned(client.plan.form) }) : client);

  return {
    clients: () => ({
      clients: [{ client: nobody, alias, name: client.personal.name, state: 'enrolled', lacking: 0 }],
    }),
    client() {
      world.step('client-read');
      return client;
    },
    changeClient: ({ body }) => change({ personal: body }),
    decide({ body }) {
      world.step('decision-filled');
      change({ decision: body });
      return checkedAnew();
    },
    giveConsent({ body }) {
      const consent: ConsentRecord = {
        consent: newId<ConsentId>(),
        given: body,
        recordedBy: world.me.name,
        recordedAt: world.now(),
      };
      change({ consents: [...client.consents, consent] });
      if (lackingConsents(client.consents).length === 0) world.step('consents-given');
      return checkedAnew();
    },
    draftPlan({ body }) {
      edition++;
      const plan = planned(body);
      if (plan.state === 'complete') world.step('form-complete');
      return change({ plan });
    },
    signPlan() {
      world.step('plan-signed');
      return change(client.plan ? { plan: planned(client.plan.form, 'in-force') } : {});
    },
    municipalityKey: () => ({
      organisation: 'ovning',
      key: { key: municipality, fixed: false },
      successors: [],
      letters: [],
    }),
  };
}
