/** A verdict on its way to the relay, on a moved clock: held, undone, asked about once more, said when its person goes on. */
import { type HeldVerdictEvent, heldVerdict, secondsLeft } from '@nattfrid/console/verdict/held-verdict';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { run } from '@nattfrid/shared/machine/machine';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';

type Deed = 'lacks' | Verdict | 'confirm' | 'undo' | 'left' | 'over' | 'asked-again' | number;

/** @param deeds a number lets so many seconds go by, with a tick each fifth of one; «lacks» comes before what it is about */
function told(deeds: readonly Deed[]) {
  const clock = movedClock();
  const events: HeldVerdictEvent[] = [];
  let lacks = false;
  const at = () => clock.steady();
  for (const deed of deeds) {
    if (typeof deed === 'number')
      for (let gone = 0; gone < Math.round(deed * 5); gone++) {
        clock.moveTo((clock.now() + 200) as never);
        events.push({ type: 'tick', at: at() });
      }
    else if (deed === 'lacks') lacks = true;
    else if (deed === 'confirm') events.push({ type: 'confirmed', at: at() });
    else if (deed === 'asked-again') events.push({ type: 'asked-again', at: at() });
    else if (deed === 'undo') events.push({ type: 'undone' });
    else if (deed === 'left' || deed === 'over') events.push({ type: deed });
    else events.push({ type: 'given', verdict: deed, lacks, at: at() });
  }
  const { state, effects } = run(heldVerdict, events);
  return [state.name, ...effects.map(({ said }) => `${said.verdict}${said.confirmed ? ', confirmed' : ''}`)];
}

describe('a verdict', () => {
  for (const [name, deeds, expected] of [
    ['is held, and not told before its five seconds are over', ['all-well', 4.8], ['held']],
    ['is told once when they are over', ['all-well', 5, 5], ['none', 'all-well']],
    ['«not seen» is asked about once more, for somebody may go there', ['not-seen', 60], ['confirming']],
    ['«not seen», said once more, is held as well', ['not-seen', 1, 'confirm', 4.8], ['held']],
    ['«help needed» is asked about once more', ['help-needed', 60], ['confirming']],
    ['«help needed», said once more, waits for nothing', ['help-needed', 1, 'confirm'], ['none', 'help-needed']],
    ['«help needed» that was a slip sends nobody', ['help-needed', 1, 'undo', 10], ['none']],
    ['a double click sends nobody', ['help-needed', 0.4, 'confirm', 10], ['confirming']],
    ['can be undone, and is never told then', ['all-well', 4.8, 'undo', 10], ['none']],
    [
      'can be given another way after it was undone',
      ['all-well', 3, 'undo', 'not-seen', 1, 'confirm', 5],
      ['none', 'not-seen'],
    ],
    ['is told when its person goes on', ['all-well', 1, 'left'], ['none', 'all-well']],
    ['is told once, however often its person goes on', ['all-well', 'left', 'left', 6], ['none', 'all-well']],
    ['is not told once somebody else has judged', ['all-well', 1, 'over', 'left', 6], ['none']],
    [
      '«help needed» takes the place of one that is held',
      ['all-well', 2, 'help-needed', 1, 'confirm', 6],
      ['none', 'help-needed'],
    ],
    ['«all well» is asked about once more where something lacks', ['lacks', 'all-well', 60], ['confirming']],
    ['what is asked about is not told by going on', ['lacks', 'all-well', 'left'], ['none']],
    ['said once more it is held as any other', ['lacks', 'all-well', 1, 'confirm', 4.8], ['held']],
    ['and told as confirmed', ['lacks', 'all-well', 1, 'confirm', 5], ['none', 'all-well, confirmed']],
    ['a double click does not answer the question', ['lacks', 'all-well', 0.4, 'confirm', 10], ['confirming']],
    ['is not confirmed where nothing was asked', ['all-well', 1, 'undo', 'confirm', 10], ['none']],
    ['the question can be left', ['lacks', 'all-well', 1, 'undo', 10], ['none']],
    [
      'is asked about once more when the relay knows of something that lacks',
      ['all-well', 5, 'asked-again', 1, 'confirm', 5],
      ['none', 'all-well', 'all-well, confirmed'],
    ],
  ] as const satisfies readonly (readonly [string, readonly Deed[], readonly string[]])[])
    it(name, () => expect(told(deeds)).toEqual(expected));

  it('counts down in whole seconds, and never to none', () => {
    const held = { name: 'held', said: { verdict: 'all-well', confirmed: false }, until: seconds(5) } as const;
    expect([0, 1, 999, 1000, 4999, 5000, 5200].map((now) => secondsLeft(held, milliseconds(now)))).toEqual([
      5, 5, 5, 4, 1, 1, 1,
    ]);
  });
});
