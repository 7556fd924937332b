/** Where there is no digital supervision somebody goes there, at each agreed time once, over both odd nights as well. */
import { type PhysicalAsked, physicalVisits } from '@nattfrid/relay/physical/physical-visits';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const at = (text: string): Instant => instant(Date.parse(text));
const evening = at('2026-11-20T20:00:00Z');
const morning = at('2026-11-21T06:00:00Z');
/** 23:45 and 03:00 in Stockholm. */
const [late, early] = ['2026-11-20T22:45:00.000Z', '2026-11-21T02:00:00.000Z'];

const usual: PhysicalAsked = {
  client: 'c' as never,
  form: { physical: { visits: ['23:45', '03:00'], whilePaused: 'visits' }, windows: [] },
  inForce: { since: at('2026-01-02T00:00:00Z'), until: at('2027-01-02T00:00:00Z') },
  halt: undefined,
  decidedUntil: undefined,
  isWell: true,
  from: evening,
  to: morning,
};
const times = (more: Partial<PhysicalAsked>) =>
  physicalVisits({ ...usual, ...more }).map(({ at: one }) => new Date(one).toISOString());
const paused = { type: 'paused', by: 'Bo', at: evening, from: evening, until: at('2026-11-21T00:00:00Z') } as const;
const stopped = { type: 'stopped', why: 'consent-withdrawn', by: 'Bo', at: at('2026-11-20T23:00:00Z') } as const;

describe('A5.5 somebody goes there', () => {
  for (const [what, more, expected] of [
    ['never while the plan is in force and its units are well', {}, []],
    ['after the plan has ended by time', { inForce: { ...usual.inForce, until: at('2026-11-20T23:00:00Z') } }, [early]],
    ['from the moment at which a consent was taken back', { halt: stopped }, [early]],
    ['in a pause, where that is agreed', { halt: paused }, [late]],
    [
      'in a pause never, where nobody is to come',
      { halt: paused, form: { physical: { visits: ['23:45'], whilePaused: 'nobody' }, windows: [] } },
      [],
    ],
    ['never before the plan was in force', { inForce: { since: morning, until: morning } }, []],
    ['never after the decision has ended', { halt: stopped, decidedUntil: at('2026-11-21T01:00:00Z') }, []],
    ['never where no visits are agreed', { halt: stopped, form: { windows: [] } }, []],
    ['at a time at which a unit is silent', { isWell: false, to: at(late) }, [late]],
    ['not for a time that was long ago when the unit fell silent', { isWell: false, to: morning }, []],
  ] as const satisfies readonly (readonly [string, Partial<PhysicalAsked>, readonly string[]])[])
    it(what, () => expect(times(more)).toEqual(expected));

  it('at the time of a look that a unit cannot make', () => {
    const windows = [{ id: 'natt', from: '22:00', to: '04:00', looks: 2 }];
    const form = { physical: { visits: [], whilePaused: 'visits' as const }, windows };
    expect(times({ form, isWell: false, to: at('2026-11-21T00:02:00Z') })).toEqual(['2026-11-21T00:00:00.000Z']);
  });
});

describe('A5.5 the odd nights', () => {
  const ended = { since: at('2026-01-02T00:00:00Z'), until: at('2026-01-03T00:00:00Z') };
  for (const [night, from, to, expected] of [
    [
      'the hour that comes twice has one visit, in the first of the two',
      '2026-10-24T20:00:00Z',
      '2026-10-25T06:00:00Z',
      ['2026-10-25T00:30:00.000Z'],
    ],
    [
      'the hour that is lost has its visit when it is over',
      '2027-03-27T20:00:00Z',
      '2027-03-28T06:00:00Z',
      ['2027-03-28T01:00:00.000Z'],
    ],
  ] as const)
    it(night, () => {
      const form = { physical: { visits: ['02:30'], whilePaused: 'visits' as const }, windows: [] };
      expect(times({ form, inForce: ended, from: at(from), to: at(to) })).toEqual(expected);
    });

  it('however often it is looked through, each time is one visit and none is left out', () => {
    const starts = [at('2026-10-24T18:00:00Z'), at('2027-03-27T18:00:00Z'), evening];
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.array(fc.integer({ min: 1, max: 240 }), { minLength: 1, maxLength: 30 }),
        fc.uniqueArray(fc.constantFrom('22:00', '23:45', '01:59', '02:00', '02:30', '03:00', '05:00'), {
          minLength: 1,
        }),
        (start, steps, visits) => {
          const form = { physical: { visits, whilePaused: 'visits' as const }, windows: [] };
          const asked = { ...usual, form, inForce: ended };
          const made = new Map<string, number>();
          let now = start;
          for (const step of steps) {
            now = after(now, minutes(step));
            // As the relay does: back over eight hours each time, also after it was restarted.
            for (const one of physicalVisits({ ...asked, from: instant(now - minutes(480)), to: now }))
              if (one.at > start) made.set(one.id, one.at);
          }
          const all = physicalVisits({ ...asked, from: start, to: now });
          expect([...made.values()].sort((a, b) => a - b)).toEqual(all.map((one) => one.at));
        },
      ),
    );
  });
});
