/** How one alarm gets to its receiver: the second address soon, round after round, and never given up. */
import {
  type Delivery,
  type DeliveryEffect,
  type DeliveryEvent,
  deliveryMachine,
  type Way,
} from '@nattfrid/relay/scaip/delivery';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const terms = { hasSecondary: true, next: seconds(8), round: seconds(20) };
const tick = (at: number): DeliveryEvent => ({ type: 'tick', at: seconds(at) });
const failed = (way: Way, at: number): DeliveryEvent => ({ type: 'failed', way, at: seconds(at) });
const answer = (way: Way, status: number, at: number): DeliveryEvent => ({
  type: 'answered',
  way,
  at: seconds(at),
  answer: { ref: 'A1', status, words: '' },
});
const words = (effect: DeliveryEffect): string => {
  switch (effect.type) {
    case 'send':
      return `${effect.way}${effect.bare ? ', bare' : ''}`;
    case 'nobody-takes':
      return `nobody ${effect.rounds}`;
    case 'taken':
      return `taken by ${effect.by}`;
    case 'refused':
      return `refused ${effect.answer.status}`;
  }
};
function told(events: readonly DeliveryEvent[], given = terms): readonly string[] {
  const machine = deliveryMachine(given);
  let state: Delivery = machine.initial;
  return events.flatMap((event) => {
    const [next, effects] = machine.step(state, event);
    state = next;
    return effects.map(words);
  });
}

describe('A6.2 the delivery of an alarm', () => {
  for (const [name, events, expected] of [
    [
      'is over when the first address has taken it',
      [tick(0), answer('primary', 0, 1), tick(60)],
      ['primary', 'taken by primary'],
    ],
    [
      'goes to the second address after 8 s of silence, long before SIP gives up',
      [tick(0), tick(7.9), tick(8), answer('secondary', 0, 9)],
      ['primary', 'secondary', 'taken by secondary'],
    ],
    [
      'goes to the second at once where the first cannot be reached',
      [tick(0), failed('primary', 0.1)],
      ['primary', 'secondary'],
    ],
    ...([4, 5, 6, 99] as const).map(
      (status) =>
        [
          `goes to the second where the first says ${status}`,
          [tick(0), answer('primary', status, 1)],
          ['primary', 'secondary'],
        ] as const,
    ),
    [
      'alarms the people here after 20 s in all, and begins again 2 s later',
      [tick(0), tick(8), tick(19), tick(20), tick(21), tick(22)],
      ['primary', 'secondary', 'nobody 1', 'primary'],
    ],
    [
      'hears the first address also when the second was asked meanwhile',
      [tick(0), tick(8), answer('primary', 0, 9), answer('secondary', 0, 10)],
      ['primary', 'secondary', 'taken by primary'],
    ],
    [
      'hears an answer that comes after the round',
      [tick(0), tick(8), tick(20), answer('secondary', 0, 21), tick(22)],
      ['primary', 'secondary', 'nobody 1', 'taken by secondary'],
    ],
    [
      'passes over a failure of an address that is no longer the one asked',
      [tick(0), tick(8), failed('primary', 9)],
      ['primary', 'secondary'],
    ],
    ...([1, 2, 3, 7] as const).map(
      (status) =>
        [
          `is sent once more with only what must be there where it is called wrong (${status}), and is then for a person to mend`,
          [tick(0), answer('primary', status, 1), answer('primary', status, 2), tick(60)],
          ['primary', 'primary, bare', `refused ${status}`],
        ] as const,
    ),
    [
      'is taken when the bare one is',
      [tick(0), answer('primary', 7, 1), answer('primary', 0, 2)],
      ['primary', 'primary, bare', 'taken by primary'],
    ],
  ] as const satisfies readonly (readonly [string, readonly DeliveryEvent[], readonly string[]])[])
    it(name, () => expect(told(events)).toEqual(expected));

  it('waits the whole round for the only address', () =>
    expect(told([tick(0), tick(8), tick(20)], { ...terms, hasSecondary: false })).toEqual(['primary', 'nobody 1']));

  it('goes on for ever, at least once a minute', () => {
    const all = told(Array.from({ length: 3600 }, (_, second) => tick(second)));
    expect(all.filter((one) => one === 'primary').length).toBeGreaterThan(40);
    expect(all.at(-1)).not.toContain('taken');
  });

  it('no sequence of silence, failures and answers ends it without «taken», or being called wrong twice', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.record({ type: fc.constant('tick' as const), after: fc.nat(30) }),
            fc.record({
              type: fc.constant('failed' as const),
              way: fc.constantFrom<Way>('primary', 'secondary'),
              after: fc.nat(9),
            }),
            fc.record({
              type: fc.constant('answered' as const),
              way: fc.constantFrom<Way>('primary', 'secondary'),
              status: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 99),
              after: fc.nat(9),
            }),
          ),
          { maxLength: 60 },
        ),
        (given) => {
          let at = 0;
          const machine = deliveryMachine(terms);
          let state = machine.initial;
          let wrong = 0;
          for (const one of given) {
            at += one.after;
            const event: DeliveryEvent =
              one.type === 'tick'
                ? tick(at)
                : one.type === 'failed'
                  ? failed(one.way, at)
                  : answer(one.way, one.status, at);
            if (one.type === 'answered' && [1, 2, 3, 7].includes(one.status)) wrong++;
            [state] = machine.step(state, event);
          }
          expect(state.name).not.toBe('taken');
          if (state.name === 'refused') expect(wrong).toBeGreaterThan(1);
          else {
            const [sent] = machine.step(state, tick(at + 61));
            expect(['sent', 'waiting']).toContain(sent.name);
            const [taken] = machine.step(sent, answer('primary', 0, at + 62));
            expect(taken.name).toBe('taken');
          }
        },
      ),
    ));
  it('counts by a clock that begins anywhere', () =>
    expect(told([{ type: 'tick', at: milliseconds(-5000) }])).toEqual(['primary']));
});
