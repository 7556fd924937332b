/** While a unit is set up nobody is called for it, nothing of it is counted, and nothing real is hidden. */

import { desk } from '@nattfrid/console/state/desk';
import { alarmView } from '@nattfrid/relay/alarms/view';
import type { LookEvent } from '@nattfrid/relay/camera-look/event';
import { lookMachine } from '@nattfrid/relay/camera-look/step';
import { outwardOf } from '@nattfrid/relay/connections/outward-of';
import { lookView } from '@nattfrid/relay/looks/view';
import { bellOf } from '@nattfrid/relay/organisations/bell';
import { type Alarm, type AlarmEvent, alarmMachine } from '@nattfrid/relay/record/alarm';
import { isLookedFor, isReal } from '@nattfrid/relay/record/counted';
import type { KnownLook, LookFacts } from '@nattfrid/relay/record/look';
import { ofAlarm } from '@nattfrid/relay/scaip/of-record';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { roundsOf } from '@nattfrid/shared/desk/rounds';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { run } from '@nattfrid/shared/machine/machine';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { needs, untaken } from '../../../relay/console/src/state/needs.ts';
import { alarm as alarmOnDesk, anna, at as minute, whole } from '../console/night.ts';

const begun = instant(Date.parse('2026-11-30T10:00:00Z'));
const at = (second: number) => after(begun, seconds(second));
const machine = alarmMachine({ overdue: seconds(120), visit: minutes(5), again: minutes(10) });
type Quiet = Extract<AlarmEvent, { type: 'reported' }>['quiet'];
const raised = (quiet: Quiet, code: string, kind: 'fall' | 'unit-silent' = 'fall'): AlarmEvent => ({
  type: 'reported',
  unit: 'e-abcdefgh' as never,
  client: 'Björken 3' as never,
  at: at(0),
  report: {
    alarm: '00000000-0000-4000-8000-000000000001' as never,
    kind,
    phase: 'began',
    at: new Date(at(0)).toISOString(),
    evidence: { code, figures: {}, models: [], attended: false },
  },
  ...(quiet && { quiet }),
});
const ticks = [60, 121, 400, 4000].map((second): AlarmEvent => ({ type: 'tick', at: at(second) }));
const by = { by: 'Anna', id: 'a' };
const told = (events: readonly AlarmEvent[]) => run(machine, events);

describe('an alarm about a unit that is set up', () => {
  it('calls nobody, however long it waits', () => {
    const { state, effects } = told([raised('set-up', 'unit-silent', 'unit-silent'), ...ticks]);
    expect([state.name, effects]).toEqual(['raised', []]);
    expect(alarmView(state as never)).toMatchObject({ quiet: 'set-up', overdue: false });
  });

  it('is taken and closed by a person, and sends nobody whatever the verdict', () => {
    for (const verdict of ['all-well', 'not-seen', 'help-needed'] as const) {
      const closed: AlarmEvent = { type: 'closed', ...by, verdict, at: at(99) };
      const { state, effects } = told([
        raised('set-up', 'unit-silent', 'unit-silent'),
        { type: 'taken', ...by, at: at(9) },
        ...ticks,
        closed,
      ]);
      expect([state.name, effects]).toEqual(['closed', []]);
    }
  });
});

describe('a unit that is silent while it is set up', () => {
  const silent = raised('set-up', 'unit-silent', 'unit-silent');

  it('calls nobody then, and somebody once it is no longer set up', () => {
    expect(told([silent, ...ticks]).effects).toEqual([]);
    const aloud = told([
      silent,
      ...ticks,
      { type: 'aloud', at: at(5000) },
      { type: 'tick', at: at(5121) },
      { type: 'tick', at: at(5400) },
    ]);
    expect(aloud.effects.map(({ type }) => type)).toEqual(['tell', 'need-visit', 'fall-back']);
    expect(alarmView(aloud.state as never).quiet).toBeUndefined();
  });

  it('is told to receivers from then on, and not before', () => {
    const quiet = told([silent]).state as Exclude<Alarm, { name: 'none' }>;
    expect(ofAlarm({ name: 'none' }, quiet)).toEqual([]);
    const loud = told([silent, { type: 'aloud', at: at(9) }]).state as typeof quiet;
    expect(ofAlarm(quiet, loud)).toEqual(['unit-silent']);
  });
});

it('a real fall is an alarm as any other, also of a unit that is being set up', () => {
  const { effects } = told([raised(undefined, 'fell-from-standing'), ...ticks]);
  expect(effects.map(({ type }) => type)).toContain('fall-back');
});

describe('a test look', () => {
  const looks = lookMachine({ answerWithin: seconds(10), firstPictureWithin: seconds(20) });
  const look = '00000000-0000-4000-8000-000000000002' as LookFacts['look'];
  const facts: LookFacts = {
    look,
    unit: 'e-abcdefgh' as never,
    client: 'Björken 3' as never,
    reason: { type: 'test', order: '00000000-0000-4000-8000-0000000000ee' },
    origin: 'operator',
    attempt: 1,
    dueFrom: at(0),
    dueUntil: at(900),
    closes: at(900),
    retryAfter: minutes(15),
  };
  const asked: LookEvent = { type: 'planned', facts };
  const until = new Date(at(60)).toISOString();
  const seen: readonly LookEvent[] = [
    { type: 'opened', by: { id: 'a', name: 'Anna' }, operatorKey: 'k', at: at(1) },
    { type: 'answered', answer: { type: 'opened', look, mode: 'silhouette', until }, at: at(2) },
    { type: 'first-picture', at: at(3) },
  ];

  it('leads to no retry and no visit, whatever was seen', () => {
    for (const verdict of ['all-well', 'not-seen', 'help-needed'] as const satisfies readonly Verdict[]) {
      const judged: LookEvent = { type: 'verdict', verdict, by: { id: 'a', name: 'Anna' }, at: at(9), retry: look };
      const { state, effects } = run(looks, [asked, ...seen, judged]);
      expect([state.name, effects.map(({ type }) => type)]).toEqual(['done', ['call', 'close']]);
    }
  });

  it('is off the list when nobody has answered in time, and sends nobody', () => {
    const { state, effects } = run(looks, [asked, { type: 'tick', at: at(900) }]);
    expect([state.name, effects]).toEqual(['done', []]);
  });

  it('belongs to no round, no figure, and is told to no other system', () => {
    const { state } = run(looks, [asked, ...seen]);
    const view = lookView(state as KnownLook);
    expect(roundsOf([view], at(5))).toEqual([]);
    expect(isLookedFor(state as KnownLook)).toBe(false);
    expect(outwardOf({ type: 'look', look: view })).toEqual([]);
  });
});

describe('on the desk', () => {
  const test = alarmOnDesk(1, -1, { quiet: 'set-up' });
  const real = alarmOnDesk(2, 0);
  const event: LiveEvent = whole({ alarms: [test, real] });

  it('a test stands behind every real alarm, and is not counted among those that wait', () => {
    const { state } = run(desk(minute(0)), [{ type: 'live', event, at: minute(0) }]);
    if (state.name !== 'known') throw new Error('the desk is not known');
    const ids = needs(state, anna, minute(0)).mine.map((need) => (need.type === 'alarm' ? need.alarm.alarm : ''));
    expect(ids).toEqual([real.alarm, test.alarm]);
    expect(untaken(state).map(({ alarm }) => alarm)).toEqual([real.alarm]);
  });

  it('rings for the real one alone', () => {
    const { effects } = run(desk(minute(0)), [{ type: 'live', event, at: minute(0) }]);
    expect(effects.map((one) => one.alarm?.alarm)).toEqual([real.alarm]);
  });

  it('a locked console is told of the real one alone', () => {
    const bell = bellOf((_who, told) => told)({} as never, event);
    expect(bell).toMatchObject({ type: 'bell', alarms: 1 });
  });

  it('other systems are told of the real one alone', () => {
    expect(outwardOf({ type: 'alarm', alarm: test })).toEqual([]);
    expect(outwardOf({ type: 'alarm', alarm: real }).length).toBe(1);
    expect(isReal({ facts: { quiet: 'set-up' } } as never)).toBe(false);
  });
});
