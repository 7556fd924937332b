/** A plan goes from a draft to being in force only with everything that it needs, and no order of events leaves it so without consents. */
import { type CarePlan, type CarePlanEvent, carePlanMachine, isOn } from '@nattfrid/relay/record/care-plan';
import { type ConsentRecord, type ConsentWhat, GivenConsent } from '@nattfrid/shared/care/consent-record';
import { consentsInPlan, lackingConsents } from '@nattfrid/shared/care/consents-of';
import { lackingInPlan } from '@nattfrid/shared/care/lacking-in-plan';
import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aConsent, aDecision, aForm } from '../../support/care-samples.ts';

const day = 86_400_000;
const facts = {
  carePlan: 'p' as never,
  client: 'c' as never,
  edition: 1,
  from: instant(10 * day),
  until: instant(20 * day),
};
const lacking = [{ field: 'cards.fall', why: 'no-card' }] as const;
const noConsent = [{ field: 'consents.technology', why: 'no-consent' }] as const;
const units = [
  { unit: 'a', plan: 'pa', version: 3, has: 'sent' },
  { unit: 'b', plan: 'pb', version: 1, has: 'sent' },
] as const;
const draft = (missing: readonly (typeof lacking | typeof noConsent)[number][] = []): CarePlanEvent => ({
  type: 'drafted',
  facts,
  lacking: missing,
});
const signed = (missing: readonly (typeof lacking)[number][] = []): CarePlanEvent => ({
  type: 'signed',
  signed: { by: 'Karin', at: instant(9 * day), begins: instant(10 * day), units: units as never },
  lacking: missing,
});
const taken = (unit: string, plan: string, version: number, at = 11): CarePlanEvent => ({
  type: 'answered',
  unit: unit as never,
  answer: { type: 'taken', plan: plan as never, version },
  at: instant(at * day),
});
const refused: CarePlanEvent = {
  type: 'answered',
  unit: 'b' as never,
  answer: { type: 'refused', why: 'consent-missing' },
  at: instant(11 * day),
};
const tick = (at: number): CarePlanEvent => ({ type: 'tick', at: instant(at * day) });
const checked = (missing: readonly (typeof lacking | typeof noConsent)[number][], until?: number): CarePlanEvent => ({
  type: 'checked',
  lacking: missing,
  decidedUntil: until === undefined ? undefined : instant(until * day),
  at: instant(12 * day),
});
const [a, b] = [taken('a', 'pa', 3), taken('b', 'pb', 1)];

describe('A5.1 A7.1 a plan', () => {
  for (const [what, events, state] of [
    ['with holes is a draft', [draft(lacking as never)], 'drafted'],
    ['is complete once nothing is missing', [draft(lacking as never), checked([])], 'complete'],
    ['is a draft again where a consent is missing again', [draft(), checked([...noConsent])], 'drafted'],
    ['is not signed as a draft', [draft(lacking as never), signed(lacking as never)], 'drafted'],
    ['is signed, and waits for its units', [draft(), signed(), a], 'signed'],
    ['is in force once each unit has taken it', [draft(), signed(), a, b], 'in-force'],
    ['is not in force where a unit has refused it', [draft(), signed(), a, refused], 'signed'],
    ['is not in force by the answer to another version', [draft(), signed(), a, taken('b', 'pb', 2)], 'signed'],
    [
      'is not in force before its first day',
      [draft(), signed(), taken('a', 'pa', 3, 9), taken('b', 'pb', 1, 9)],
      'signed',
    ],
    ['begins by the clock', [draft(), signed(), taken('a', 'pa', 3, 9), taken('b', 'pb', 1, 9), tick(10)], 'in-force'],
    ['ends with its last day', [draft(), signed(), a, b, tick(20)], 'ended'],
    ['ends with the decision', [draft(), signed(), a, b, checked([], 15), tick(15)], 'ended'],
    ['ends when a consent is missing', [draft(), signed(), a, b, checked([...noConsent])], 'ended'],
    ['on its way ends as well when a consent is missing', [draft(), signed(), checked([...noConsent]), a, b], 'ended'],
    ['goes on where something else is missing now', [draft(), signed(), a, b, checked(lacking as never)], 'in-force'],
    ['is never drafted anew once it was signed', [draft(), signed(), draft()], 'signed'],
  ] as const)
    it(what, () => expect(run(carePlanMachine, events).state.name).toBe(state));

  it('says once that it is in force, and once that it is over', () => {
    const { effects } = run(carePlanMachine, [draft(), signed(), a, b, tick(11), tick(20), tick(21)]);
    expect(effects.map(({ type }) => type)).toEqual(['in-force', 'over']);
  });
});

type Deed =
  | { readonly do: 'give'; readonly what: ConsentWhat }
  | { readonly do: 'take-back'; readonly what: ConsentWhat }
  | { readonly do: 'sign' | 'taken-a' | 'taken-b' | 'draft' | 'refused' | 'tick' };

describe('A7.2 A7.3 no order of events', () => {
  const whats: readonly ConsentWhat[] = ['technology', 'supervision', 'cohabitant', 'lives-alone'];
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    fc.record({ do: fc.constant('give' as const), what: fc.constantFrom(...whats) }),
    fc.record({ do: fc.constant('take-back' as const), what: fc.constantFrom(...whats) }),
    fc.constantFrom('sign', 'taken-a', 'taken-b', 'draft', 'refused', 'tick').map((one) => ({ do: one }) as Deed),
  );

  it('leaves a plan on its way or in force without all three consents', () => {
    let everInForce = 0;
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), fc.boolean(), (deeds, whole) => {
        // Half of the runs begin with everything there, so that most of what follows is about plans that are on.
        const given = whats.slice(0, 3).map((what) => ({ do: 'give', what }) as const);
        const start: readonly Deed[] = whole
          ? [...given, { do: 'draft' }, { do: 'sign' }, { do: 'taken-a' }, { do: 'taken-b' }]
          : [];
        let records: readonly ConsentRecord[] = [];
        let plan: CarePlan = carePlanMachine.initial;
        let minute = 0;
        for (const one of [...start, ...deeds]) {
          minute += 1;
          const at = instant(11 * day + minute * 60_000);
          const told = new Date(at).toISOString();
          if (one.do === 'give')
            records = [
              ...records,
              { consent: String(minute) as never, given: aConsent(one.what), recordedBy: 'K', recordedAt: told },
            ];
          if (one.do === 'take-back')
            records = records.map((record) =>
              record.given.what === one.what && !record.withdrawn
                ? { ...record, withdrawn: { at: told, by: 'B', saidBy: 'client' as const } }
                : record,
            );
          const missing = lackingInPlan(aForm(), { decision: aDecision(), consents: records, places: ['Sovrum'] });
          const events: Record<Deed['do'], CarePlanEvent> = {
            give: { type: 'checked', lacking: missing, decidedUntil: undefined, at },
            'take-back': { type: 'checked', lacking: missing, decidedUntil: undefined, at },
            sign: { ...(signed() as Extract<CarePlanEvent, { type: 'signed' }>), lacking: missing },
            'taken-a': a,
            'taken-b': b,
            draft: { type: 'drafted', facts, lacking: missing },
            refused,
            tick: { type: 'tick', at },
          };
          [plan] = carePlanMachine.step(plan, events[one.do]);
          if (plan.name === 'in-force') everInForce += 1;
          if (!isOn(plan)) continue;
          expect(lackingConsents(records)).toEqual([]);
          expect(consentsInPlan(records)).toBeDefined();
        }
      }),
      { numRuns: 400 },
    );
    expect(everInForce).toBeGreaterThan(100);
  });

  it('A7.3 a consent that somebody else gives needs the day on which the client was seen not to object', () => {
    const by = { type: 'god-man', name: 'Eva Lind', scope: 'sörja för person' } as const;
    expect(GivenConsent.safeParse(aConsent('technology', { by })).success).toBe(false);
    expect(GivenConsent.safeParse(aConsent('technology', { by, doesNotObjectOn: '2026-01-02' })).success).toBe(true);
  });

  it('A7.2 a cohabitant who has taken it back stands in the way until they give it anew or live there no more', () => {
    const record = (what: ConsentWhat, at: string, back?: string): ConsentRecord => ({
      consent: `${what}${at}` as never,
      given: aConsent(what),
      recordedBy: 'K',
      recordedAt: `2026-01-${at}T00:00:00.000Z`,
      ...(back && { withdrawn: { at: `2026-01-${back}T00:00:00.000Z`, by: 'B', saidBy: 'cohabitant' as const } }),
    });
    const both = [record('technology', '02'), record('supervision', '02')];
    const gone = record('cohabitant', '02', '05');
    expect(lackingConsents([...both, record('lives-alone', '03'), gone])).toEqual(['cohabitant']);
    expect(lackingConsents([...both, gone, record('lives-alone', '06')])).toEqual([]);
    expect(lackingConsents([...both, gone, record('cohabitant', '07')])).toEqual([]);
  });
});
