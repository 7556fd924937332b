/** A verdict whose person is at the next home already: taken back, told when its time is over, never lost, and never told twice. */
import { type About, type LingeringEvent, lingering } from '@nattfrid/console/verdict/lingering';
import { run } from '@nattfrid/shared/machine/machine';
import { seconds } from '@nattfrid/shared/time/duration';
import { describe, expect, it } from 'vitest';

const home = (id: string): About => ({ page: 'look', id, client: id });
const taken = (id: string, until: number): LingeringEvent => ({
  type: 'taken',
  about: home(id),
  said: { verdict: 'all-well', confirmed: false },
  until: seconds(until),
});
const tick = (at: number): LingeringEvent => ({ type: 'tick', at: seconds(at) });
const failed = (id: string): LingeringEvent => ({
  type: 'failed',
  about: home(id),
  said: { verdict: 'all-well', confirmed: false },
  why: 'link-lost',
});
const [undone, left, over] = [{ type: 'undone' }, { type: 'left' }, { type: 'over' }] as const;

describe('a verdict that lingers', () => {
  for (const [name, events, state, told] of [
    ['can be taken back until its time is over', [taken('a', 5), tick(4.9), undone, tick(9)], 'none', []],
    ['is told once when it is', [taken('a', 5), tick(5), tick(6), left], 'none', ['a']],
    ['is told when the window is closed', [taken('a', 5), tick(1), left], 'none', ['a']],
    ['is told when the next one comes, which takes its place', [taken('a', 5), taken('b', 9), tick(6)], 'held', ['a']],
    ['is not told where somebody else was first', [taken('a', 5), over, tick(6), left], 'none', []],
    ['that did not come through is shown', [taken('a', 5), tick(5), failed('a')], 'failed', ['a']],
    ['is tried again', [taken('a', 5), tick(5), failed('a'), { type: 'again' }], 'none', ['a', 'a']],
    ['a fault does not hide the next one, which can still be taken back', [taken('b', 9), failed('a')], 'held', []],
    ['undoing does not put a fault away', [failed('a'), undone], 'failed', []],
    ['whoever has read it puts it away', [failed('a'), { type: 'put-away' }], 'none', []],
  ] as const satisfies readonly (readonly [string, readonly LingeringEvent[], string, readonly string[]])[])
    it(name, () => {
      const ran = run(lingering, events);
      expect([ran.state.name, ran.effects.map(({ about }) => about.id)]).toEqual([state, told]);
    });
});
