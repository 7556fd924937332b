/** What receivers are told when an alarm or a visit becomes something else. */

import { type Alarm, type AlarmEvent, alarmMachine } from '@nattfrid/relay/record/alarm';
import { type Visit, type VisitEvent, visitMachine } from '@nattfrid/relay/record/visit';
import { ofAlarm, ofVisit } from '@nattfrid/relay/scaip/of-record';
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import { minutes } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const machine = alarmMachine({ overdue: minutes(2), visit: minutes(5) });
const at = instant(0);
const reported = (
  phase: AlarmReport['phase'],
  kind: AlarmReport['kind'] = 'fall',
  code = 'fell-from-standing',
): AlarmEvent => ({
  type: 'reported',
  unit: 'unit-1' as never,
  client: 'Eken' as never,
  at,
  report: {
    alarm: 'a' as never,
    kind,
    phase,
    at: '2026-11-22T02:00:00.000Z',
    evidence: { code, figures: {}, models: [], attended: false },
  },
});
const taken: AlarmEvent = { type: 'taken', by: 'Anna', id: '1', at };
const closed = (verdict: 'all-well' | 'help-needed'): AlarmEvent => ({
  type: 'closed',
  verdict,
  by: 'Anna',
  id: '1',
  at,
});

function told(events: readonly AlarmEvent[]): readonly string[] {
  let state: Alarm = machine.initial;
  return events.flatMap((event) => {
    const before = state;
    [state] = machine.step(before, event);
    return state.name === 'none' || state === before ? [] : ofAlarm(before, state);
  });
}

describe('A6.2 an alarm is told to the receiver', () => {
  for (const [name, events, expected] of [
    [
      'when it begins, is over and is closed, and not for what happens between',
      [reported('began'), reported('changed'), taken, reported('ended'), closed('all-well')],
      ['fall', 'fall-over', 'closed-all-well'],
    ],
    ['once, however often the unit reports it', [reported('began'), reported('began'), reported('began')], ['fall']],
    ['also when it is heard of only when it is over', [reported('ended')], ['fall', 'fall-over']],
    [
      'anew when it begins anew',
      [reported('began'), reported('ended'), reported('began')],
      ['fall', 'fall-over', 'fall'],
    ],
    [
      'anew when a closed one begins again',
      [reported('began'), closed('help-needed'), reported('began')],
      ['fall', 'closed-visit', 'fall'],
    ],
    [
      'and not what comes after it was closed',
      [reported('began'), closed('all-well'), reported('ended')],
      ['fall', 'closed-all-well'],
    ],
    [
      'as a covered camera, or one that sees nothing',
      [reported('began', 'blind', 'covered'), reported('ended', 'blind')],
      ['camera-covered', 'camera-sees'],
    ],
    ['as one that sees nothing where it is dark', [reported('began', 'blind', 'dark')], ['camera-fault']],
    [
      'as a silent unit that is back',
      [reported('began', 'unit-silent', 'unit-silent'), reported('ended', 'unit-silent', 'unit-silent')],
      ['unit-silent', 'unit-back'],
    ],
    ['as a unit out of order', [reported('began', 'unit-silent', 'disk-full')], ['unit-fault']],
    [
      'but for that a receiver is silent, which would go round in a circle',
      [
        reported('began', 'unit-silent', 'centre-silent'),
        reported('ended', 'unit-silent', 'centre-silent'),
        closed('all-well'),
      ],
      [],
    ],
  ] as const satisfies readonly (readonly [string, readonly AlarmEvent[], readonly string[]])[])
    it(name, () => expect(told(events)).toEqual(expected));
});

describe('A6.2 a visit is told to the receiver', () => {
  const facts = { visit: 'v' as never, unit: 'unit-1' as never, client: 'Eken' as never, neededAt: at };
  const visits = (events: readonly VisitEvent[]) => {
    let state: Visit = visitMachine.initial;
    return events.flatMap((event) => {
      const before = state;
      [state] = visitMachine.step(before, event);
      return state.name === 'none' || state === before ? [] : ofVisit(before, state);
    });
  };
  it('when a look has failed, another one too, and when somebody has been there', () =>
    expect(
      visits([
        { type: 'needed', facts: { ...facts, why: 'technical-fault' } },
        { type: 'needed-also', also: { why: 'not-seen-twice', at } },
        { type: 'needed-also', also: { why: 'help-needed', at } },
        { type: 'moved', move: { to: 'on-the-way' }, by: 'Bo', at },
        { type: 'moved', move: { to: 'done', outcome: 'bra' }, by: 'Bo', at },
      ]),
    ).toEqual(['look-failed', 'not-seen', 'visit-done']));
});
