/** The words in the picture's corner: capitals throughout, also where a home or a place has å, ä or ö in its name. */
import { describe, expect, it } from 'vitest';
import { newCanvas } from '../../../agent/src/anonymise/canvas.ts';
import { capitalHeight, glyphOf } from '../../../agent/src/anonymise/glyphs.ts';
import { drawStamp } from '../../../agent/src/anonymise/stamp.ts';

const capitalOf = (letter: string) => glyphOf(letter).slice(-capitalHeight);
const aboveOf = (letter: string) => glyphOf(letter).slice(0, -capitalHeight);

function stamped(words: string): Uint8Array {
  const canvas = newCanvas();
  drawStamp(canvas, words);
  return canvas.y;
}

describe('the stamp', () => {
  for (const words of ['Björken 3', 'Dörr', 'Åsen', 'Älven'])
    it(`writes «${words}» in capitals`, () =>
      expect(Buffer.compare(stamped(words), stamped(words.toUpperCase()))).toBe(0));

  it('has letters that all stand as high as a capital', () => {
    for (const letter of 'BJÖRKENDÅÄÖ') {
      const rows = capitalOf(letter);
      expect([letter, rows.length, rows[0] !== 0, rows.at(-1) !== 0]).toEqual([letter, capitalHeight, true, true]);
    }
  });

  for (const [letter, base] of [
    ['Å', 'A'],
    ['Ä', 'A'],
    ['Ö', 'O'],
  ] as const)
    it(`has ${letter} as a whole ${base}, with an empty row below what stands above it`, () => {
      expect(capitalOf(letter)).toEqual(capitalOf(base));
      expect(aboveOf(letter).some((row) => row !== 0)).toBe(true);
      expect(aboveOf(letter).at(-1)).toBe(0);
      expect(aboveOf(base).every((row) => row === 0)).toBe(true);
    });

  it('tells Å from Ä', () => expect(glyphOf('Å')).not.toEqual(glyphOf('Ä')));
});
