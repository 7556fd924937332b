/** What needs me now, and in which order: the rules of the watch. */
import { desk } from '@nattfrid/console/state/desk';
import { idOf, needs } from '@nattfrid/console/state/needs';
import { run } from '@nattfrid/shared/machine/machine';
import { describe, expect, it } from 'vitest';
import { alarm, anna, at, iso, look, unit, visit, whole } from './night.ts';

type Things = Parameters<typeof whole>[0];
function found(things: Things) {
  const { state } = run(desk(at(0)), [{ type: 'live', event: whole(things), at: at(0) }]);
  if (state.name !== 'known') throw new Error('the desk is not known');
  return needs(state, anna, at(0));
}
const numberOf = (id: string) => Number(id.slice(-4));
const numbers = (things: Things) => found(things).mine.map((need) => numberOf(idOf(need)));

const openedByMe = { operator: 'Anna' };
const openedByBo = { operator: 'Bo' };

describe('what needs me', () => {
  for (const [name, things, expected] of [
    ['is nothing on a calm night', { looks: [look(1, 30)] }, []],
    ['puts the alarm that has waited longest first', { alarms: [alarm(2, -1), alarm(1, -9)] }, [1, 2]],
    [
      'puts an alarm that nobody took in time before all others',
      { alarms: [alarm(1, -9), alarm(2, -5, { overdue: true })] },
      [2, 1],
    ],
    [
      'puts alarms before looks before visits',
      { visits: [visit(3, -60)], looks: [look(2, -50)], alarms: [alarm(1, 0)] },
      [1, 2, 3],
    ],
    [
      'puts my own alarm after those that nobody has',
      { alarms: [alarm(1, -9, { state: 'taken', takenBy: 'Anna' }), alarm(2, -1)] },
      [2, 1],
    ],
    ['leaves out an alarm that a colleague has', { alarms: [alarm(1, -9, { state: 'taken', takenBy: 'Bo' })] }, []],
    [
      'leaves out what is closed or done',
      {
        alarms: [alarm(1, -9, { state: 'closed' })],
        looks: [look(2, -9, { state: 'done' })],
        visits: [visit(3, -9, { state: 'done' })],
      },
      [],
    ],
    ['shows a look from the minute it is due', { looks: [look(1, 0), look(2, 1)] }, [1]],
    [
      'keeps a look until it has its verdict',
      { looks: [look(1, -9, { state: 'awaiting-verdict', ...openedByMe })] },
      [1],
    ],
    ['leaves a colleague’s open look to the colleague', { looks: [look(1, -9, { state: 'open', ...openedByBo })] }, []],
    ['shows a missed look to everybody', { looks: [look(1, -90, { state: 'failed', fault: 'missed' })] }, [1]],
    [
      'shows the visit instead of the look that led to it',
      { looks: [look(1, -90, { state: 'failed', visit: visit(2, 0).visit })], visits: [visit(2, 0)] },
      [2],
    ],
    [
      'puts a visit that nobody has begun before one on the way',
      { visits: [visit(1, -9, { state: 'on-the-way', who: 'Anna' }), visit(2, -1)] },
      [2, 1],
    ],
  ] satisfies [string, Things, number[]][])
    it(name, () => expect(numbers(things)).toEqual(expected));

  for (const [name, more, expected] of [
    [
      'nothing of a unit that is governed by its plan',
      { inForce: { state: 'in-force', endsAt: iso(60 * 24 * 8) } },
      [],
    ],
    ['nothing of a unit that is too old to say what governs it', {}, []],
    [
      'that nothing is watched before its plan begins',
      { inForce: { state: 'not-begun', beginsAt: iso(60 * 24 * 3) } },
      [{ type: 'plan-begins', at: iso(60 * 24 * 3) }],
    ],
    [
      'that its plan has not begun, of one too old to say when it does',
      { inForce: { state: 'not-begun' } },
      [{ type: 'plan-begins' }],
    ],
    ['nothing of a unit that is silent, which is an alarm', { presence: 'silent', inForce: { state: 'none' } }, []],
    ['that nothing is watched: no plan', { inForce: { state: 'none' } }, [{ type: 'no-plan' }]],
    ['that nothing is watched: its plan has ended', { inForce: { state: 'ended' } }, [{ type: 'plan-ended' }]],
    [
      'that nothing is watched: its plan was refused',
      { inForce: { state: 'none', refused: 'other-unit' } },
      [{ type: 'plan-refused', why: 'other-unit', watched: false }],
    ],
    [
      'that the newest plan was refused, and the one before holds',
      { inForce: { state: 'in-force', refused: 'expired' } },
      [{ type: 'plan-refused', why: 'expired', watched: true }],
    ],
    [
      'that its plan ends within a week',
      { inForce: { state: 'in-force', endsAt: iso(60 * 24 * 6.5) } },
      [{ type: 'plan-ends', days: 6 }],
    ],
    [
      'A5.5 that it was made dark in the home, and not that its plan is to blame',
      { halt: { type: 'dark', why: 'privacy-switch', since: iso(-5) }, inForce: { state: 'stopped' } },
      [{ type: 'dark', why: 'privacy-switch' }],
    ],
    [
      'A5.5 that it is stopped, and has heard of it',
      {
        halt: { type: 'stopped', why: 'consent-withdrawn', since: iso(-5), told: 'yes' },
        inForce: { state: 'stopped' },
      },
      [{ type: 'stopped', why: 'consent-withdrawn', told: 'yes' }],
    ],
    [
      'A5.5 that it is to be stopped, and is cut off',
      {
        presence: 'silent',
        halt: { type: 'stopped', why: 'consent-withdrawn', since: iso(-5), told: 'not-yet' },
        inForce: { state: 'in-force' },
      },
      [{ type: 'stopped', why: 'consent-withdrawn', told: 'not-yet' }],
    ],
    [
      'A5.5 that it cannot be stopped from here',
      { halt: { type: 'stopped', why: 'plan-ended', since: iso(-5), told: 'cannot' }, inForce: { state: 'in-force' } },
      [{ type: 'stopped', why: 'plan-ended', told: 'cannot' }],
    ],
    [
      'A7.11 that it rests, and until when',
      { halt: { type: 'paused', from: iso(-5), until: iso(60), told: 'yes' }, inForce: { state: 'paused' } },
      [{ type: 'paused', until: iso(60), told: 'yes' }],
    ],
    [
      'nothing of a pause that is to come and that it knows of',
      { halt: { type: 'paused', from: iso(5), until: iso(60), told: 'yes' }, inForce: { state: 'in-force' } },
      [],
    ],
    ['that its clock is wrong', { clockOffBySeconds: -600 }, [{ type: 'clock-off', bySeconds: -600 }]],
  ] as const)
    it(`tells of a unit ${name}, after everything else`, () => {
      const mine = found({ units: [unit(more)], visits: [visit(1, -9)] }).mine;
      expect(mine.slice(1).map((need) => need.type === 'unit' && need.task)).toEqual(expected);
    });

  it('shows what colleagues have apart, and the next looks soonest first', () => {
    const { others, next } = found({
      alarms: [alarm(1, -9, { state: 'taken', takenBy: 'Bo' })],
      looks: [look(3, 50), look(2, 20)],
    });
    expect(others.map((need) => need.type)).toEqual(['alarm']);
    expect(next.map((one) => numberOf(one.look))).toEqual([2, 3]);
  });
});
