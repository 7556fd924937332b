/** A visit goes forward only, and is done when somebody says how it went. */
import { type VisitEvent, type VisitMove, visitMachine, visitView } from '@nattfrid/relay/record/visit';
import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const needed: VisitEvent = {
  type: 'needed',
  facts: {
    visit: '00000000-0000-4000-8000-000000000001' as never,
    unit: 'unit-1' as never,
    client: 'Anna 3' as never,
    why: 'help-needed',
    neededAt: instant(0),
  },
};
const move = (second: number, given: VisitMove, by = 'Bo'): VisitEvent => ({
  type: 'moved',
  move: given,
  by,
  at: instant(second * 1000),
});
/** One that was pressed before it could be sent. */
const late = (second: number, pressed: number, given: VisitMove, deed: string): VisitEvent => ({
  ...(move(second, given) as Extract<VisitEvent, { type: 'moved' }>),
  deed,
  pressedAt: instant(pressed * 1000),
});
const way = (second: number, by?: string) => move(second, { to: 'on-the-way' }, by);
const there = (second: number, by?: string) => move(second, { to: 'there' }, by);
const done = (second: number, by?: string) => move(second, { to: 'done', outcome: 'helped up' }, by);

describe('a visit', () => {
  for (const [name, events, state, refusals] of [
    ['is needed', [needed], 'needed', []],
    ['is on its way, there, done', [needed, way(1), there(2), done(3)], 'done', []],
    ['can be settled without going', [needed, done(3)], 'done', []],
    ['never goes back', [needed, there(2), way(3)], 'there', ['not-now']],
    ['is done once', [needed, done(3), done(4)], 'done', ['not-now']],
    ['must be there to be moved', [way(1)], 'none', ['not-found']],
    [
      'takes a deed that is sent twice once, and refuses nobody for it',
      [needed, late(60, 10, { to: 'there' }, 'one'), late(61, 10, { to: 'there' }, 'one')],
      'there',
      [],
    ],
    [
      'knows a deed again when more has been done since',
      [needed, late(60, 10, { to: 'on-the-way' }, 'one'), there(70), late(80, 10, { to: 'on-the-way' }, 'one')],
      'there',
      [],
    ],
    [
      'refuses another deed to the same effect',
      [needed, late(60, 10, { to: 'there' }, 'one'), late(61, 10, { to: 'there' }, 'two')],
      'there',
      ['not-now'],
    ],
  ] as const)
    it(name, () => {
      const told = run(visitMachine, events);
      expect(told.state.name).toBe(state);
      expect(told.effects.map((effect) => effect.fault.code)).toEqual(refusals);
    });

  it('keeps who goes and when, whoever presses the next button', () => {
    const { state } = run(visitMachine, [needed, way(1, 'Bo'), there(2, 'Eva'), done(3, 'Eva')]);
    expect(visitView(state as never)).toMatchObject({
      who: 'Bo',
      onTheWayAt: '1970-01-01T00:00:01.000Z',
      thereAt: '1970-01-01T00:00:02.000Z',
      doneAt: '1970-01-01T00:00:03.000Z',
      outcome: 'helped up',
    });
  });

  for (const [name, pressed, told] of [
    ['has the time at which it was pressed', 40, 40],
    ['is never before it was needed', -500, 0],
    ['is never later than now, whatever the telephone says', 9000, 60],
  ] as const)
    it(name, () => {
      const { state } = run(visitMachine, [needed, late(60, pressed, { to: 'there' }, 'one')]);
      expect(Date.parse(visitView(state as never).thereAt ?? '') / 1000).toBe(told);
    });
  it('keeps its steps in order where a telephone’s clock has stepped back', () => {
    const sent = [late(60, 50, { to: 'on-the-way' }, 'a'), late(61, 20, { to: 'there' }, 'b')];
    const { state } = run(visitMachine, [needed, ...sent]);
    expect(Date.parse(visitView(state as never).thereAt ?? '') / 1000).toBe(50);
  });
});
