/** Is a unit there? Its silence is an alarm, once; a relay that was away itself accuses nobody. */
import { type PresenceEffect, type PresenceEvent, presenceMachine } from '@nattfrid/relay/record/presence';
import { run } from '@nattfrid/shared/machine/machine';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const at = (second: number) => instant(second * 1000);
const machine = presenceMachine({ late: seconds(45), silent: seconds(90) });
const heard = (second: number): PresenceEvent => ({ type: 'heard', at: at(second) });
const gone: PresenceEvent = { type: 'gone' };
/** So many seconds after it was last heard. */
const quiet = (second: number): PresenceEvent => ({ type: 'tick', quiet: seconds(second) });
const word = ({ type, since }: PresenceEffect) => `${type} since ${since / 1000}`;

describe('the presence of a unit', () => {
  for (const [name, events, ends, effects] of [
    ['is expected until it is first heard', [quiet(9999)], 'expected', []],
    ['is here when it is heard', [heard(10)], 'here', []],
    ['is late after a missed heartbeat', [heard(10), quiet(44), quiet(45)], 'late', []],
    ['is late at once when its link ends', [heard(10), gone, quiet(2)], 'late', []],
    ['is an alarm after 90 s', [heard(10), quiet(89), quiet(90)], 'silent', ['raise since 10']],
    [
      'is one alarm, however long it lasts',
      [heard(10), quiet(90), quiet(91), quiet(9989)],
      'silent',
      ['raise since 10'],
    ],
    ['ends its alarm when it is back', [heard(10), quiet(90), heard(200)], 'here', ['raise since 10', 'end since 10']],
    [
      'is another alarm the next time',
      [heard(10), quiet(90), heard(200), quiet(90)],
      'silent',
      ['raise since 10', 'end since 10', 'raise since 200'],
    ],
    ['is not blamed for what nobody could hear', [heard(10), quiet(44)], 'here', []],
    ['is an alarm 90 s after the relay is back', [heard(10), quiet(90)], 'silent', ['raise since 10']],
  ] as const)
    it(name, () => {
      const told = run(machine, events);
      expect(told.state.name).toBe(ends);
      expect(told.effects.map(word)).toEqual(effects);
    });
});
