/** The keys of a round: no slip of a finger turns one verdict into another. */
import { backKey, onKey, verdictKeys, verdictOf, verdictOrder, yesKey } from '@nattfrid/console/verdict/verdict-keys';
import { describe, expect, it } from 'vitest';

/** The rows of a keyboard as they are staggered, in widths of a key (ISO 9995); the same letters on a Swedish and an English one. */
const rows = [
  [0.5, 'qwertyuiop'],
  [0.75, 'asdfghjkl'],
  [1.25, 'zxcvbnm'],
] as const;
const placeOf = (key: string) =>
  rows.flatMap(([from, letters], row) =>
    letters.includes(key) ? [[from + letters.indexOf(key), row] as const] : [],
  )[0]!;
const apart = (one: string, other: string) => {
  const [[x, y], [u, v]] = [placeOf(one), placeOf(other)];
  return Math.hypot(x - u, y - v);
};

describe('the verdict keys', () => {
  for (const verdict of verdictOrder)
    it(`has one for ${verdict}`, () => expect(verdictOf(verdictKeys[verdict])).toBe(verdict));
  for (const other of ['not-seen', 'help-needed'] as const)
    it(`«all well» lies four keys and more from «${other}»`, () =>
      expect(apart(verdictKeys['all-well'], verdictKeys[other])).toBeGreaterThanOrEqual(4));
  it('no key has two meanings', () => {
    const all = [...Object.values(verdictKeys), onKey, yesKey, backKey, 's'];
    expect(new Set(all).size).toBe(all.length);
  });
  for (const key of ['', ' ', 'enter', 'escape', 's', 'q', 'z', 'w', '1', '2', '3', 'A'])
    it(`«${key}» gives no verdict`, () => expect(verdictOf(key)).toBeUndefined());
});
