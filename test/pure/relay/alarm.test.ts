/** What becomes of an alarm: it gets louder until somebody takes it, and only a person closes it. */

import { alarmView } from '@nattfrid/relay/alarms/view';
import { type Alarm, type AlarmEffect, type AlarmEvent, alarmMachine } from '@nattfrid/relay/record/alarm';
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import { run } from '@nattfrid/shared/machine/machine';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const night = instant(Date.parse('2026-11-22T02:00:00Z'));
const at = (second: number) => after(night, seconds(second));
const machine = alarmMachine({ overdue: seconds(120), visit: minutes(5) });
const id = '00000000-0000-4000-8000-000000000001';
const report = (phase: AlarmReport['phase'], second: number, unit = 'unit-1', lying = 15): AlarmEvent => ({
  type: 'reported',
  unit: unit as never,
  client: 'Anna 3' as never,
  at: at(second),
  report: {
    alarm: id as never,
    kind: 'fall',
    phase,
    at: new Date(at(second)).toISOString(),
    evidence: { code: 'lying-on-floor', figures: { lyingForSeconds: lying }, models: [], attended: false },
  },
});
const take = (second: number, by = 'Anna'): AlarmEvent => ({ type: 'taken', by, at: at(second) });
const close = (second: number, verdict: 'all-well' | 'not-seen' | 'help-needed', by = 'Anna'): AlarmEvent => ({
  type: 'closed',
  by,
  verdict,
  at: at(second),
});
const tick = (second: number): AlarmEvent => ({ type: 'tick', at: at(second) });
const word = (effect: AlarmEffect) =>
  effect.type === 'refuse'
    ? `refuse ${effect.fault.code}`
    : effect.type === 'need-visit'
      ? `visit ${effect.why}`
      : effect.type;
/** To whom it is told is tested with the chain. */
const isToTest = ({ type }: AlarmEffect) => type !== 'tell' && type !== 'fall-back';
const state = (alarm: Alarm) =>
  alarm.name === 'raised'
    ? `raised ${alarm.loud}`
    : alarm.name === 'none'
      ? 'none'
      : `${alarm.name} by ${alarm.name === 'taken' ? alarm.taken.by : alarm.closed.by}`;

describe('an alarm', () => {
  for (const [name, events, ends, effects] of [
    ['is in front of everybody', [report('began', 0)], 'raised told', []],
    ['A6.2 counts once, however often it is told', [report('began', 0), report('began', 9)], 'raised told', []],
    ['is raised by whatever is heard of it first', [report('ended', 0)], 'raised told', []],
    ['does not go away when the person is up again', [report('began', 0), report('ended', 60)], 'raised told', []],
    ['is quiet for two minutes', [report('began', 0), tick(119)], 'raised told', []],
    ['is told louder when nobody has taken it', [report('began', 0), tick(120)], 'raised overdue', []],
    [
      'needs a visit when still nobody has',
      [report('began', 0), tick(120), tick(299), tick(300), tick(999)],
      'raised visit',
      ['visit alarm-not-taken'],
    ],
    [
      'catches up after the relay was away',
      [report('began', 0), tick(900), tick(901)],
      'raised visit',
      ['visit alarm-not-taken'],
    ],
    [
      'is in front of everybody again when the unit finds it again after it was closed',
      [report('began', 0), take(1), close(9, 'all-well'), report('began', 60)],
      'raised told',
      [],
    ],
    [
      'stays with whoever has it when the unit finds it again',
      [report('began', 0), take(1), report('began', 60)],
      'taken by Anna',
      [],
    ],
    ['is quiet once somebody has it', [report('began', 0), take(60), tick(900)], 'taken by Anna', []],
    ['has one taker', [report('began', 0), take(1), take(2, 'Bo')], 'taken by Anna', ['refuse not-now']],
    ['may be taken twice by the same', [report('began', 0), take(1), take(2)], 'taken by Anna', []],
    [
      'ends when a person says that all is well',
      [report('began', 0), take(1), close(9, 'all-well')],
      'closed by Anna',
      [],
    ],
    ['may be closed by a colleague', [report('began', 0), take(1), close(9, 'all-well', 'Bo')], 'closed by Bo', []],
    [
      'leads to a visit when help is needed',
      [report('began', 0), close(9, 'help-needed')],
      'closed by Anna',
      ['visit help-needed'],
    ],
    [
      'leads to a visit when nobody was seen',
      [report('began', 0), close(9, 'not-seen')],
      'closed by Anna',
      ['visit help-needed'],
    ],
    [
      'is closed once',
      [report('began', 0), close(9, 'all-well'), close(10, 'help-needed')],
      'closed by Anna',
      ['refuse not-now'],
    ],
    [
      'cannot be taken once it is closed',
      [report('began', 0), close(9, 'all-well'), take(10)],
      'closed by Anna',
      ['refuse not-now'],
    ],
    [
      'is no other unit’s to change',
      [report('began', 0), report('ended', 1, 'unit-2')],
      'raised told',
      ['refuse message-not-yours'],
    ],
    ['cannot be taken before it is there', [take(0)], 'none', ['refuse not-found']],
  ] as const)
    it(name, () => {
      const told = run(machine, events);
      expect(state(told.state)).toBe(ends);
      expect(told.effects.filter(isToTest).map(word)).toEqual(effects);
    });

  it('is shown overdue only as long as nobody has it', () => {
    const shown = (...events: AlarmEvent[]) => alarmView(run(machine, events).state as never).overdue;
    expect(shown(report('began', 0), tick(119))).toBe(false);
    expect(shown(report('began', 0), tick(120))).toBe(true);
    expect(shown(report('began', 0), tick(120), take(130))).toBe(false);
  });

  it('shows what was seen last, and that it is over', () => {
    const { state: alarm } = run(machine, [
      report('began', 0),
      report('changed', 60, 'unit-1', 75),
      report('ended', 90),
    ]);
    const view = alarmView(alarm as never);
    expect(view.evidence.figures).toEqual({ lyingForSeconds: 75 });
    expect(view.endedAt).toBe(new Date(at(90)).toISOString());
    expect(view.state).toBe('raised');
  });

  it('is never closed without a person, whatever happens', () => {
    const event = fc.oneof(
      fc.constantFrom(report('began', 1), report('changed', 2), report('ended', 3), take(4)),
      fc.integer({ min: 0, max: 100_000 }).map(tick),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(run(machine, [report('began', 0), ...events]).state.name).not.toBe('closed');
      }),
    );
  });
});
