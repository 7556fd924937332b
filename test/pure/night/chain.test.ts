/** The chain of an alarm: who is told when, and that nothing but a person ends it, whatever happens. */
import { type AlarmEvent, alarmMachine } from '@nattfrid/relay/record/alarm';
import {
  type Chain,
  type ChainEffect,
  type ChainEvent,
  chainMachine,
  type Line,
  toldTo,
} from '@nattfrid/relay/record/chain';
import { run } from '@nattfrid/shared/machine/machine';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFall } from '../../support/relay-samples.ts';

const night = instant(Date.parse('2026-11-22T02:00:00Z'));
const at = (second: number) => after(night, seconds(second));
const [centre, car] = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'];
const line: Line = {
  steps: [
    { to: centre as never, within: minutes(2) },
    { to: car as never, within: minutes(3) },
  ],
  louderFor: minutes(1),
  again: minutes(10),
  goingAgain: minutes(60),
  fallback: { telephone: '0500-123 456', words: 'Ring jouren' },
};
const begun: ChainEvent = { type: 'begun', line, at: at(0) };
const begunWith = (...staffed: readonly string[]): ChainEvent => ({ ...begun, staffed: new Set(staffed) }) as never;
const tick = (second: number, staffed?: readonly string[]): ChainEvent => ({
  type: 'tick',
  at: at(second),
  ...(staffed && { staffed: new Set(staffed) }),
});
const held = (doing: 'taken' | 'on-the-way' | 'there' = 'taken'): ChainEvent => ({ type: 'held', doing });
const left = (second: number): ChainEvent => ({ type: 'left', at: at(second) });
const word = (effect: ChainEffect) =>
  effect.type === 'tell' ? (effect.to === centre ? 'centre' : effect.to === car ? 'car' : effect.to) : effect.type;

describe('A6.3 an alarm that nobody takes', () => {
  for (const [name, events, told] of [
    ['is told to the first in line at once', [begun], ['centre']],
    ['is told to the next when its minutes are over', [begun, tick(119), tick(120)], ['centre', 'car']],
    ['is told louder when the line is at its end', [begun, tick(120), tick(300)], ['centre', 'car', 'louder']],
    [
      'comes to the fallback, once',
      [begun, tick(120), tick(300), tick(360), tick(9000), tick(99_999)],
      ['centre', 'car', 'louder', 'fall-back'],
    ],
    ['catches up with all of it after nobody counted', [begun, tick(7200)], ['centre', 'car', 'louder', 'fall-back']],
    ['does not wait for a team in which nobody is', [begun, tick(1, [car])], ['centre', 'car']],
    ['goes through a line of empty teams at once', [begun, tick(1, [])], ['centre', 'car', 'louder']],
    ['steps over a first team in which nobody is as it begins', [begunWith(car)], ['centre', 'car']],
    ['goes to everybody as it begins where nobody is in any team', [begunWith()], ['centre', 'car', 'louder']],
    [
      'steps over a team whose crew has gone home meanwhile',
      [begunWith(centre, car), tick(5, [centre, car]), tick(6, [car])],
      ['centre', 'car'],
    ],
    ['stops being told once somebody has it', [begun, tick(120), held(), tick(121), tick(700)], ['centre', 'car']],
    [
      'is told again from the first when whoever took it does nothing',
      [begun, held(), tick(10), tick(609), tick(610), tick(730)],
      ['centre', 'again', 'centre', 'car'],
    ],
    [
      'is not told again while somebody does something',
      [begun, held(), tick(10), held(), tick(609), tick(1200)],
      ['centre'],
    ],
    ['waits longer while somebody is on the way', [begun, held('on-the-way'), tick(10), tick(3000)], ['centre']],
    [
      'is told again when somebody on the way never comes',
      [begun, held('on-the-way'), tick(10), tick(3700)],
      ['centre', 'again', 'centre'],
    ],
    ['is told again at once when whoever has it has gone', [begun, held(), left(30)], ['centre', 'again', 'centre']],
    ['is not told again by somebody who goes and does not have it', [begun, left(30)], ['centre']],
    [
      'is quiet once a person has closed it',
      [begun, { type: 'closed' } as const, tick(9999), held(), left(9)],
      ['centre'],
    ],
  ] as const)
    it(name, () => expect(run(chainMachine, events).effects.map(word)).toEqual(told));

  it('goes on being told to the first while it is told to the next', () => {
    const told = (...events: ChainEvent[]) => toldTo(run(chainMachine, events).state as never);
    expect(told(begun)).toEqual([centre]);
    expect(told(begun, tick(120))).toEqual([centre, car]);
    expect(told(begun, tick(400))).toEqual([centre, car, 'everybody']);
  });

  it('says which teams it has stepped over, and forgets it when it is told again', () => {
    const empty = (...events: ChainEvent[]) => {
      const { state } = run(chainMachine, events);
      return 'empty' in state ? state.empty : undefined;
    };
    expect(empty(begunWith(car))).toEqual([centre]);
    expect(empty(begunWith(), tick(1, []))).toEqual([centre, car]);
    // It was somebody's turn, and is over: nobody was passed over.
    expect(empty(begunWith(centre, car), tick(120, [centre, car]))).toBeUndefined();
    expect(empty(begunWith(car), held(), left(9), tick(10, [centre, car]))).toBeUndefined();
  });

  it('is told to everybody, louder, where its card is empty', () => {
    const empty = { type: 'begun', line: { steps: [], louderFor: minutes(3) }, at: at(0) } as const;
    expect(run(chainMachine, [empty, tick(181)]).effects.map(word)).toEqual(['louder', 'fall-back']);
  });
});

describe('whatever happens, in any order, with clocks that step and restarts in between', () => {
  const anything: fc.Arbitrary<ChainEvent> = fc.oneof(
    fc.integer({ min: -5000, max: 200_000 }).map((second) => tick(second)),
    fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.subarray([centre, car])).map(([second, on]) => tick(second, on)),
    fc.constantFrom(held(), held('on-the-way'), held('there')),
    fc.integer({ min: 0, max: 20_000 }).map(left),
  );
  /** As it comes back from the disk. */
  const restarted = (chain: Chain): Chain => JSON.parse(JSON.stringify(chain)) as Chain;

  it('A6.3 no alarm ends without a person', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 60 }), (events) => {
        let [chain] = chainMachine.step(chainMachine.initial, begun);
        for (const event of events) {
          [chain] = chainMachine.step(restarted(chain), event);
          expect(chain.name).not.toBe('over');
          expect(chain.name).not.toBe('none');
        }
        // Left alone it comes to the fallback from wherever it is: nobody swallows it.
        for (let hour = 100; hour < 110; hour++) [chain] = chainMachine.step(restarted(chain), tick(hour * 3600));
        expect(chain.name).toBe('fallen-back');
        expect(chainMachine.step(chain, { type: 'closed' })[0].name).toBe('over');
      }),
    );
  });

  it('each step is told once, in its order, until it is told anew', () => {
    const order = ['centre', 'car', 'louder', 'fall-back'];
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 60 }), (events) => {
        let chain: Chain = chainMachine.initial;
        let last = -1;
        for (const event of [begun, ...events]) {
          const [next, effects] = chainMachine.step(restarted(chain), event);
          chain = next;
          for (const effect of effects) {
            const now = order.indexOf(word(effect));
            // Taken, and told again: it begins with the first.
            if (effect.type === 'again') last = -1;
            else expect([now > last, word(effect)]).toEqual([true, word(effect)]);
            if (effect.type !== 'again') last = now;
          }
        }
      }),
    );
  });
});

describe('A6.3 whatever becomes of shifts and teams meanwhile, and of the relay', () => {
  type Step =
    | { readonly what: 'join' | 'leave' | 'remove'; readonly team: string }
    | { readonly what: 'tick' | 'left'; readonly second: number }
    | { readonly what: 'take' | 'let-go' | 'begins-again' | 'visited' };
  const team = fc.constantFrom(centre, car);
  const steps: fc.Arbitrary<readonly Step[]> = fc.array(
    fc.oneof(
      fc.record({ what: fc.constantFrom('join' as const, 'leave' as const, 'remove' as const), team }),
      fc.record({
        what: fc.constantFrom('tick' as const, 'left' as const),
        second: fc.integer({ min: -50, max: 900 }),
      }),
      fc.record({
        what: fc.constantFrom('take' as const, 'let-go' as const, 'begins-again' as const, 'visited' as const),
      }),
    ),
    { maxLength: 80 },
  );
  const machine = alarmMachine({ overdue: minutes(1), visit: minutes(3), again: minutes(5) });
  const report = { ...aFall(), phase: 'began' } as const;
  const reported = (staffed: ReadonlySet<string>, now: number) =>
    ({
      type: 'reported',
      unit: 'unit-1',
      client: 'Ek 12',
      report,
      at: at(now),
      line,
      staffed,
    }) as unknown as AlarmEvent;

  it('no alarm ends without a person, and while nobody has it somebody who is there is told', () => {
    fc.assert(
      fc.property(steps, fc.subarray([centre, car]), (happened, first) => {
        const removed = new Set<string>();
        const joined = new Set<string>(first);
        const staffed = () => new Set([...joined].filter((one) => !removed.has(one)));
        let now = 0;
        let [alarm] = machine.step(machine.initial, reported(staffed(), now));
        const ticked = () => machine.step(alarm, { type: 'tick', at: at(now), staffed: staffed() })[0];
        for (const step of happened) {
          const by = { by: 'Anna', id: 'anna', at: at(now) };
          if (step.what === 'join') joined.add(step.team);
          else if (step.what === 'leave') joined.delete(step.team);
          else if (step.what === 'remove') removed.add(step.team);
          else if (step.what === 'tick') now += step.second;
          else if (step.what === 'left') [alarm] = machine.step(alarm, { type: 'left', at: at(now + step.second) });
          else if (step.what === 'take') [alarm] = machine.step(alarm, { type: 'taken', ...by });
          else if (step.what === 'begins-again') [alarm] = machine.step(alarm, reported(staffed(), now));
          else if (step.what === 'let-go') [alarm] = machine.step(alarm, { type: 'left', at: at(now) });
          else [alarm] = machine.step(alarm, { type: step.what });
          // As it comes back from the disk after a restart.
          alarm = JSON.parse(JSON.stringify(ticked())) as typeof alarm;
          expect(alarm.name).not.toBe('closed');
          if (alarm.name !== 'raised') continue;
          const told = toldTo(alarm.facts.chain as never);
          expect(told.some((to) => to === 'everybody' || staffed().has(to))).toBe(true);
        }
        // Left alone from then on, with nobody on shift and no team left.
        removed.add(centre).add(car);
        for (let turn = 0; turn < 8; turn++) {
          now += 7200;
          alarm = ticked();
        }
        expect(alarm).toMatchObject({ name: 'raised', facts: { chain: { name: 'fallen-back' } } });
        const closed = { type: 'closed', verdict: 'all-well', by: 'Anna', id: 'anna', at: at(now) } as const;
        expect(machine.step(alarm, closed)[0].name).toBe('closed');
      }),
    );
  });
});
