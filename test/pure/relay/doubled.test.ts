/** Two units under one name are told from one unit with a poor link, or one that is started again and again. */
import { doubled } from '@nattfrid/relay/units/doubled';
import { run } from '@nattfrid/shared/machine/machine';
import { seconds } from '@nattfrid/shared/time/duration';
import { describe, expect, it } from 'vitest';

/** «A0 B2»: A came at second 0, B at second 2; «-300»: nobody by second 300. */
const events = (text: string) =>
  text
    .split(' ')
    .map((one) =>
      one.startsWith('-')
        ? ({ type: 'tick', at: seconds(Number(one.slice(1))) } as const)
        : ({ type: 'came', who: one[0]!, at: seconds(Number(one.slice(1))) } as const),
    );

describe('two units under one name', () => {
  for (const [name, story, expected] of [
    ['are found when they take over from each other three times in a minute', 'A0 B2 A4 B6', true],
    ['are not found in two changes', 'A0 B2 A4', false],
    ['are not found in one that comes again and again over a poor link', 'A0 A5 A10 A15 A20 A25', false],
    ['are not found in one whose program is started again and again', 'A0 B5 C10 D15 E20', false],
    ['are not found in a unit that was exchanged', 'A0 A900 B1000', false],
    ['are not found in changes that are far apart', 'A0 B40 A80 B120', false],
    ['are still told while one of them waits longer', 'A0 B2 A4 B6 -200', true],
    ['are told no more once one has been quiet for five minutes', 'A0 B2 A4 B6 -306', false],
  ] as const)
    it(name, () => expect(run(doubled, events(story)).state.isDoubled).toBe(expected));
});
