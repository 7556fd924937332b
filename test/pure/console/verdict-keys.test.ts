/** The number keys of the verdicts: no single press says «not seen». */
import { type Armed, pressVerdict } from '@nattfrid/console/look/verdict-keys';
import { seconds } from '@nattfrid/shared/time/duration';
import { describe, expect, it } from 'vitest';

/** @param presses keys, each with the second at which it is pressed @returns what is given */
function given(presses: readonly (readonly [string, number])[]) {
  let armed: Armed | undefined;
  return presses.flatMap(([key, at]) => {
    const pressed = pressVerdict(armed, key, seconds(at));
    if (pressed) armed = pressed.armed;
    return pressed?.give ?? [];
  });
}

describe('the verdict keys', () => {
  for (const [name, presses, expected] of [
    ['1 says «all well»', [['1', 0]], ['all-well']],
    ['3 says «help needed»', [['3', 0]], ['help-needed']],
    ['2 says nothing when it is pressed once', [['2', 0]], []],
    [
      '2 twice within two seconds says «not seen»',
      [
        ['2', 0],
        ['2', 2],
      ],
      ['not-seen'],
    ],
    [
      '2 twice, too slowly, says nothing',
      [
        ['2', 0],
        ['2', 2.1],
      ],
      [],
    ],
    [
      '2 a third time, soon after the second, says it',
      [
        ['2', 0],
        ['2', 2.1],
        ['2', 3],
      ],
      ['not-seen'],
    ],
    [
      '2 after another key has to be pressed twice again',
      [
        ['2', 0],
        ['1', 0.5],
        ['2', 1],
      ],
      ['all-well'],
    ],
    [
      'a key that is no verdict’s leaves 2 as it is',
      [
        ['2', 0],
        ['x', 0.5],
        ['2', 1],
      ],
      ['not-seen'],
    ],
    [
      'other keys say nothing',
      [
        ['0', 0],
        ['4', 0],
        ['', 0],
        [' ', 0],
        ['12', 0],
        ['n', 0],
      ],
      [],
    ],
  ] as const satisfies readonly (readonly [string, readonly (readonly [string, number])[], readonly string[]])[])
    it(name, () => expect(given(presses)).toEqual(expected));
});
