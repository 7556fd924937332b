import {
  type Delivery,
  deliveryMachine,
  isDue,
  type Ladder,
  type Outcome,
  retryAfter,
  waiting,
} from '@nattfrid/relay/outgoing/delivery';
import { hours, minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant, after as later } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ladder: Ladder = { waits: [seconds(5), minutes(1), minutes(10)], lasts: hours(24) };
const machine = deliveryMachine(ladder);
const begun = instant(1_000_000_000_000);
const tried = (delivery: Delivery, outcome: Outcome, at = begun, chance = 0.5) =>
  machine.step(delivery, { type: 'tried', at, outcome, chance });

describe('a message on its way out', () => {
  for (const [outcome, name, told] of [
    [{ type: 'taken' }, 'delivered', 'delivered'],
    [{ type: 'gone' }, 'given-up', 'gone'],
    [{ type: 'refused' }, 'given-up', 'given-up'],
    [{ type: 'failed' }, 'waiting', 'failing'],
  ] as const)
    it(`that is ${outcome.type} is ${name}, and somebody is told so`, () => {
      const [next, effects] = tried(waiting(begun), outcome);
      expect([next.name, effects]).toEqual([name, [{ type: 'tell', what: told }]]);
    });

  it('waits longer each time, and as long as its receiver asks for', () => {
    let delivery = waiting(begun);
    const waits: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      [delivery] = tried(delivery, { type: 'failed' });
      if (delivery.name === 'waiting') waits.push((delivery.nextAt - begun) / 1000);
    }
    expect(waits).toEqual([5, 60, 600, 600]);
    const [asked] = tried(waiting(begun), { type: 'failed', notBefore: seconds(90) });
    expect(asked.name === 'waiting' && asked.nextAt - begun).toBe(seconds(90));
  });

  it('is tried once more at the very end, and then given up', () => {
    const [late] = tried(waiting(begun), { type: 'failed' }, later(begun, hours(23.999)));
    expect(late.name === 'waiting' && late.nextAt).toBe(later(begun, hours(24)));
    const [over] = tried(late, { type: 'failed' }, later(begun, hours(24)));
    expect(over.name).toBe('given-up');
  });

  it('is due although the clock was set back by hours meanwhile', () => {
    const [delivery] = tried(waiting(begun), { type: 'failed' });
    if (delivery.name !== 'waiting') throw new Error('it waits');
    expect(isDue(delivery, begun, ladder)).toBe(false);
    expect(isDue(delivery, later(begun, hours(-3)), ladder)).toBe(true);
  });

  it('never ends otherwise than taken, refused, or after its time, whatever is answered', () => {
    const outcome = fc.oneof(
      fc.constant({ type: 'failed' } as const),
      fc.record({ type: fc.constant('failed' as const), notBefore: fc.nat(10 ** 10).map((ms) => seconds(ms)) }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(outcome, fc.double({ min: 0, max: 0.999, noNaN: true })), { maxLength: 300 }),
        (answers) => {
          let [delivery, now] = [waiting(begun), begun];
          for (const [answer, chance] of answers) {
            if (delivery.name !== 'waiting') break;
            now = delivery.nextAt > now ? delivery.nextAt : now;
            [delivery] = tried(delivery, answer, now, chance);
          }
          if (delivery.name === 'given-up') expect(now).toBeGreaterThanOrEqual(later(begun, ladder.lasts));
          else if (delivery.name === 'waiting') expect(delivery.nextAt).toBeLessThanOrEqual(later(begun, ladder.lasts));
          else throw new Error('nothing was taken');
        },
      ),
    );
  });

  for (const [header, length] of [
    ['120', seconds(120)],
    ['Fri, 31 Dec 1999 23:59:59 GMT', 0],
    [new Date(begun + 60_000).toUTCString(), 60_000],
    ['soon', undefined],
    [undefined, undefined],
  ] as const)
    it(`reads «Retry-After: ${header}»`, () => expect(retryAfter(header, begun)).toBe(length));
});
