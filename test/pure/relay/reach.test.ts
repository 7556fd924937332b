/** What may somebody reach of another organisation: what an agreement names, while it holds, and nothing else, ever. */
import { isInForce, reaches, type Thing } from '@nattfrid/relay/organisations/reach';
import { type Agreement, AgreementWhat } from '@nattfrid/shared/desk/agreement';
import { type Action, permissions } from '@nattfrid/shared/desk/permissions';
import { type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const actions = Object.keys(permissions) as readonly Action[];
const organisations = ['lidkoping', 'vara', 'larm'] as const;
const organisation = fc.constantFrom(...organisations);
const whats = fc.uniqueArray(fc.constantFrom(...AgreementWhat.options), { minLength: 1 });
const begin = parseInstant('2026-10-20T00:00:00Z');
const moment = fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minute) => (begin + minute * 60_000) as Instant);
const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`);
const agreement: fc.Arbitrary<Agreement> = fc
  .record({
    municipality: organisation,
    operator: organisation,
    what: whats,
    hours: fc.option(fc.record({ from: time, to: time }), { nil: undefined }),
    from: moment.map(printInstant),
    until: fc.option(moment.map(printInstant), { nil: undefined }),
    endedAt: fc.option(moment.map(printInstant), { nil: undefined }),
  })
  .map(({ hours, until, endedAt, ...one }) => ({
    agreement: 'one',
    ...one,
    ...(hours && { hours }),
    ...(until && { until }),
    ...(endedAt && { endedAt }),
  }));
const agreements = fc.array(agreement, { maxLength: 6 });
const who = fc.record({ id: fc.constantFrom('anna', 'bo'), organisation });
const thing: fc.Arbitrary<Thing> = fc.record({
  organisation,
  as: fc.uniqueArray(fc.constantFrom(...AgreementWhat.options)),
  heldBy: fc.uniqueArray(fc.constantFrom('anna', 'bo')),
});
const action = fc.constantFrom(...actions);

/** Everything that another organisation's people may ever do, whatever has been agreed. */
const everAbroad: readonly Action[] = [
  'see-desk',
  'answer-alarms',
  'look',
  'make-visits',
  'assign-visits',
  'read-visit-card',
  'read-plan',
  'have-console',
  'withdraw-consent',
];

describe('A5.8 whatever has been agreed', () => {
  it('everything of the own organisation is reached', () => {
    fc.assert(
      fc.property(who, action, thing, agreements, moment, (one, what, other, all, now) => {
        expect(reaches(one, what, { ...other, organisation: one.organisation }, all, now)).toBe(true);
      }),
    );
  });

  it('nothing of another is reached without an agreement in force between these two that names it', () => {
    fc.assert(
      fc.property(who, action, thing, agreements, moment, (one, what, other, all, now) => {
        if (one.organisation === other.organisation || !reaches(one, what, other, all, now)) return;
        const allowing = all.filter(
          (made) =>
            made.operator === one.organisation && made.municipality === other.organisation && isInForce(made, now),
        );
        expect(allowing.some((made) => made.what.some((named) => other.as.includes(named)))).toBe(true);
        expect(everAbroad).toContain(what);
      }),
      { numRuns: 5000 },
    );
  });

  it('people, tokens and consoles of another are never reached', () => {
    fc.assert(
      fc.property(who, action, thing, agreements, moment, (one, what, other, all, now) => {
        fc.pre(one.organisation !== other.organisation);
        expect(reaches(one, what, { ...other, as: [] }, all, now)).toBe(false);
      }),
    );
  });

  it('one that has been taken back is as if it had never been made', () => {
    fc.assert(
      fc.property(who, action, thing, agreements, agreement, moment, (one, what, other, all, made, now) => {
        const ended = { ...made, endedAt: printInstant(now) };
        expect(reaches(one, what, other, [...all, ended], now)).toBe(reaches(one, what, other, all, now));
      }),
    );
  });

  it('another agreement takes nothing away', () => {
    fc.assert(
      fc.property(who, action, thing, agreements, agreement, moment, (one, what, other, all, made, now) => {
        const before = reaches(one, what, other, all, now);
        expect(reaches(one, what, other, [...all, made], now) || !before).toBe(true);
      }),
    );
  });
});

describe('A5.8 the hours of an agreement, by the clock on the wall', () => {
  const night: Agreement = {
    agreement: 'one',
    municipality: 'lidkoping',
    operator: 'larm',
    what: ['alarms'],
    hours: { from: '22:00', to: '06:00' },
    from: '2026-01-01T00:00:00Z',
  };
  const anna = { id: 'anna', organisation: 'larm' };
  for (const [name, at, held, is] of [
    ['have not come in the afternoon', '2026-11-01T15:00:00Z', false, false],
    ['come at ten in winter', '2026-11-01T21:00:00Z', false, true],
    ['come at ten in summer', '2026-07-01T20:00:00Z', false, true],
    ['last past midnight', '2026-11-02T03:00:00Z', false, true],
    ['are over at six', '2026-11-02T05:00:00Z', false, false],
    ['are over at six for what was begun by others', '2026-11-02T05:00:00Z', false, false],
    ['let whoever has taken an alarm finish it', '2026-11-02T05:30:00Z', true, true],
    ['last an hour longer in the night that gets one', '2026-10-25T04:30:00Z', false, true],
    ['are over at six in the night that loses an hour', '2027-03-28T04:00:00Z', false, false],
  ] as const)
    it(name, () => {
      const alarm: Thing = { organisation: 'lidkoping', as: ['alarms'], heldBy: held ? ['anna'] : ['bo'] };
      expect(reaches(anna, 'answer-alarms', alarm, [night], parseInstant(at))).toBe(is);
    });
});
