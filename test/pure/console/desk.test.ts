/** The desk of the console: what it shows after what it has heard, when it rings, and when it says that it may be wrong. */
import { type DeskEvent, desk, freshness, type Known, relayTime } from '@nattfrid/console/state/desk';
import type { ConsoleView } from '@nattfrid/shared/desk/console-view';
import { run } from '@nattfrid/shared/machine/machine';
import { describe, expect, it } from 'vitest';
import { alarm, at, look, uuid, visit, whole } from './night.ts';

const live = (event: Extract<DeskEvent, { type: 'live' }>['event'], minutes = 0): DeskEvent => ({
  type: 'live',
  event,
  at: at(minutes),
});
const told = (...events: DeskEvent[]) => run(desk(at(0)), events);
const states = (known: Known) => [
  ...[...known.alarms.values()].map((one) => `alarm ${one.state}`),
  ...[...known.looks.values()].map((one) => `look ${one.state}`),
  ...[...known.visits.values()].map((one) => `visit ${one.state}`),
  ...[...known.consoles.values()].map((one) => `console ${one.state}`),
];

const console1: ConsoleView = {
  ...{ operator: 'op-1' as never, console: 'K', who: 'Anna', state: 'unconfirmed' },
  ...{ firstSeenAt: '2026-11-22T01:00:00Z', lastSeenAt: '2026-11-22T01:00:00Z' },
};
const confirmed1: ConsoleView = { ...console1, state: 'confirmed', by: 'Bo' };
const raised = alarm(1, 0);
const taken = alarm(1, 0, { state: 'taken', takenBy: 'Anna' });
const closed = alarm(1, 0, { state: 'closed', takenBy: 'Anna', closedBy: 'Anna' });
const open = look(2, 0, { state: 'open', openedAt: new Date(at(1)).toISOString() });
const failed = look(2, 0, { state: 'failed', openedAt: new Date(at(1)).toISOString() });
const askedAgain = look(2, 0, { state: 'asked', openedAt: new Date(at(2)).toISOString() });
const done = look(2, 0, { state: 'done', openedAt: new Date(at(1)).toISOString() });

describe('what is on the desk', () => {
  for (const [name, events, expected] of [
    ['is nothing before the relay has told it whole', [live({ type: 'alarm', alarm: raised })], 'unknown'],
    [
      'is what the relay told',
      [live(whole({ alarms: [raised], looks: [open], visits: [visit(3, 0)] }))],
      ['alarm raised', 'look open', 'visit needed'],
    ],
    [
      'follows each change',
      [live(whole()), live({ type: 'alarm', alarm: raised }), live({ type: 'alarm', alarm: taken })],
      ['alarm taken'],
    ],
    [
      'holds a console that waits, from the whole or from a change, and what becomes of it',
      [live(whole({ consoles: [console1] })), live({ type: 'console', console: confirmed1 })],
      ['console confirmed'],
    ],
    [
      'is not taken backwards by a late answer about a console',
      [
        ...[live(whole()), live({ type: 'console', console: confirmed1 })],
        { type: 'answered', answer: { type: 'console', console: console1 } } as const,
      ],
      ['console confirmed'],
    ],
    [
      'has what was done here before the live stream tells it',
      [live(whole({ alarms: [raised] })), { type: 'answered', answer: { type: 'alarm', alarm: taken } }],
      ['alarm taken'],
    ],
    [
      'is not taken backwards by an answer that comes late',
      [live(whole({ alarms: [closed] })), { type: 'answered', answer: { type: 'alarm', alarm: taken } }],
      ['alarm closed'],
    ],
    [
      'is not taken backwards by a late answer about a look',
      [live(whole({ looks: [done] })), { type: 'answered', answer: { type: 'look', look: open } }],
      ['look done'],
    ],
    [
      'has a look that failed and was opened again as asked',
      [live(whole({ looks: [failed] })), { type: 'answered', answer: { type: 'look', look: askedAgain } }],
      ['look asked'],
    ],
    [
      'believes the live stream when an alarm is raised again',
      [live(whole({ alarms: [closed] })), live({ type: 'alarm', alarm: raised })],
      ['alarm raised'],
    ],
    [
      'forgets everything when somebody signs out',
      [live(whole({ alarms: [raised] })), { type: 'signed-out', at: at(1) }],
      'unknown',
    ],
  ] satisfies [string, DeskEvent[], string[] | 'unknown'][])
    it(name, () => {
      const { state } = told(...events);
      expect(state.name === 'unknown' ? 'unknown' : states(state)).toEqual(expected);
    });
});

describe('the bell', () => {
  const overdue = alarm(1, 0, { overdue: true });
  for (const [name, events, rings] of [
    ['rings for a new alarm', [live(whole()), live({ type: 'alarm', alarm: raised })], 1],
    ['rings for what waited before one came', [live(whole({ alarms: [raised] }))], 1],
    [
      'does not ring again when the whole desk is told again',
      [live(whole({ alarms: [raised] })), live(whole({ alarms: [raised] }))],
      1,
    ],
    [
      'does not ring when somebody takes it',
      [live(whole({ alarms: [raised] })), live({ type: 'alarm', alarm: taken })],
      1,
    ],
    [
      'rings again when nobody took it in time',
      [live(whole({ alarms: [raised] })), live({ type: 'alarm', alarm: overdue })],
      2,
    ],
    [
      'rings for an alarm raised while the link was broken',
      [live(whole()), { type: 'link-down', at: at(1) }, live(whole({ alarms: [raised] }))],
      1,
    ],
    ['keeps still for one that is taken already', [live(whole({ alarms: [taken] }))], 0],
  ] satisfies [string, DeskEvent[], number][])
    it(name, () => {
      const { effects } = told(...events);
      expect(effects.map((effect) => [effect.type, effect.alarm?.alarm])).toEqual(Array(rings).fill(['ring', uuid(1)]));
    });
});

describe('whether what is shown can be believed', () => {
  const second = 1 / 60;
  const beat = (minutes: number) => live({ type: 'beat', now: new Date(at(minutes)).toISOString() }, minutes);
  for (const [name, events, minutes, expected] of [
    ['fresh while beats come', [live(whole()), beat(5 * second)], 16 * second, 'fresh'],
    ['stale after twelve seconds without a word', [live(whole()), beat(5 * second)], 17.1 * second, 'stale'],
    ['fresh through a break of two seconds', [live(whole()), { type: 'link-down', at: at(0) }], 2 * second, 'fresh'],
    [
      'stale when the link is known to be broken for longer',
      [live(whole()), { type: 'link-down', at: at(0) }],
      4 * second,
      'stale',
    ],
    [
      'stale from the first break on, however often it is tried',
      [live(whole()), { type: 'link-down', at: at(0) }, { type: 'link-down', at: at(3 * second) }],
      4 * second,
      'stale',
    ],
    [
      'fresh again when the relay is back',
      [live(whole()), { type: 'link-down', at: at(0) }, live(whole({}, 1), 1)],
      1,
      'fresh',
    ],
    ['said even if the relay was never heard', [{ type: 'link-down', at: at(0) }], 4 * second, 'never-heard'],
  ] satisfies [string, DeskEvent[], number, string][])
    it(name, () => expect(freshness(told(...events).state, at(minutes)).name).toBe(expected));

  it('counts in the time of the relay, not of this computer', () => {
    const { state } = told(live(whole({}, 7), 0));
    expect(relayTime(state, at(1))).toBe(at(8));
  });
});
