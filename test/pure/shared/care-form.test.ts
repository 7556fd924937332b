/** What a plan lacks is said beside its field, and what the form says becomes the plan of a unit, word for word. */
import { PersonalDetails } from '@nattfrid/shared/care/client';
import type { ConsentRecord } from '@nattfrid/shared/care/consent-record';
import { Decision } from '@nattfrid/shared/care/decision';
import { lackingInPlan } from '@nattfrid/shared/care/lacking-in-plan';
import type { PlanForm } from '@nattfrid/shared/care/plan-form';
import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import { Fault } from '@nattfrid/shared/fault/fault';
import { describe, expect, it } from 'vitest';
import { aConsent, aDecision, aForm, gunborg } from '../../support/care-samples.ts';

const consents: readonly ConsentRecord[] = (['technology', 'supervision', 'lives-alone'] as const).map((what) => ({
  consent: what as never,
  given: aConsent(what),
  recordedBy: 'Karin',
  recordedAt: '2026-01-02T08:00:00.000Z',
}));
const around = { decision: aDecision(), consents, places: ['Sovrum'] };
const lacking = (form: Partial<PlanForm>, more: Partial<typeof around> | { decision: undefined } = {}) =>
  lackingInPlan(aForm(form), { ...around, ...more }).map(({ field, why }) => `${field} ${why}`);
const unit = { plan: 'p', version: 4, unit: 'unit-1', unitKey: 'A'.repeat(43), client: 'H-1' } as never;
const made = (form: Partial<PlanForm>) => {
  const plan = planOfForm(aForm(form), consents, { ...(unit as object), plan: crypto.randomUUID() } as never);
  if (plan instanceof Fault) throw plan;
  return plan;
};

describe('what a plan lacks', () => {
  for (const [what, found, expected] of [
    ['A5.1 nothing, where all is there', lacking({}), []],
    ['A5.1 a decision', lacking({}, { decision: undefined }), ['decision no-decision']],
    [
      'A5.1 days within the decision',
      lacking({ until: '2030-01-01' }, { decision: aDecision({ until: '2029-01-01' }) }),
      ['until beyond-decision'],
    ],
    ['A1.8 a camera in the home', lacking({}, { places: [] }), ['units no-unit']],
    [
      'A7.8 a camera that stands where none may',
      lacking({}, { places: ['Sovrum', 'Badrum'] }),
      ['units place-not-allowed'],
    ],
    ['A2.5 events of the larger product only', lacking({ product: 'looks-only' }), ['product looks-only-with-events']],
    [
      'A2.6 a card for each event',
      lacking({ cards: {} }),
      ['fall', 'leftRoom', 'notInBed', 'notSeen', 'technical'].map((one) => `cards.${one} no-card`),
    ],
    ['A5.5 who goes there instead', lacking({ physical: undefined }), ['physical no-physical-visits']],
    [
      'A7.2 each consent',
      lacking({}, { consents: [] }),
      ['technology', 'supervision', 'cohabitant'].map((one) => `consents.${one} no-consent`),
    ],
  ] as const)
    it(what, () => expect(found).toEqual(expected));
});

describe('the plan of a unit', () => {
  it('A2.4 A1.11 holds neither «annat» nor the comment: no unit is told what only people read', () => {
    const words = JSON.stringify(made({}));
    for (const told of ['larmklockan', 'höger sida']) expect(words).not.toContain(told);
  });
  it('A2.5 of the smaller product watches for nothing, and is connected during looks alone', () =>
    expect(made({ product: 'looks-only', events: {} })).toMatchObject({ watch: 'looks-only', alarms: {} }));
  it('A2.1 has the places of a fall as they were drawn', () => {
    const places = [{ where: { type: 'beside-bed' }, lying: { type: 'told-after', persistenceSeconds: 60 } }] as const;
    expect(made({ events: { fall: { persistenceSeconds: 20, places } } }).alarms.fall).toEqual({
      persistenceSeconds: 20,
      places,
    });
  });
});

describe('a client', () => {
  it('A5.10 A7.6 has a decision with its assessment, and the reference of an inquiry', () => {
    const decision = aDecision({ protectiveMeasure: 'UTR 2026/14' });
    expect(Decision.parse(decision)).toEqual(decision);
    expect(Decision.safeParse(aDecision({ until: '2025-01-01' })).success).toBe(false);
  });
  it('A5.11 has the fields of the form, and a personal number whose last digit fits', () => {
    expect(PersonalDetails.parse(gunborg)).toEqual(gunborg);
    expect(PersonalDetails.safeParse({ ...gunborg, personalNumber: '19350412-2388' }).success).toBe(false);
  });
});
