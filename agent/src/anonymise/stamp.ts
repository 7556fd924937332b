/** Pure. Writes whose room this is, and the time, into the picture itself: the wrong home cannot be shown unnoticed. */
import { type Canvas, canvasWidth, gridWidth } from './canvas.ts';
import { glyphHeight, glyphOf, glyphWidth } from './glyphs.ts';

const scale = 2;
const [left, top, padding] = [12, 10, 6];
const [ink, plate] = [225, 16];
const longest = 48;

/** Capital letters in the upper left corner, on a dark plate. What does not fit is cut off. */
export function drawStamp({ y, u, v }: Canvas, words: string): void {
  const letters = Array.from(words.toUpperCase()).slice(0, longest);
  const width = letters.length * (glyphWidth + 1) * scale;
  const height = glyphHeight * scale;
  for (let row = top - padding; row < top + height + padding; row++)
    for (let column = left - padding; column < left + width + padding; column++) {
      const at = row * canvasWidth + column;
      y[at] = y[at]! + 0.75 * (plate - y[at]!);
      const cell = (row >> 1) * gridWidth + (column >> 1);
      u[cell] = v[cell] = 128;
    }
  letters.forEach((letter, index) => {
    const glyph = glyphOf(letter);
    const start = left + index * (glyphWidth + 1) * scale;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < glyphWidth * scale; column++) {
        const bits = glyph[Math.floor(row / scale)]!;
        if ((bits >> (glyphWidth - 1 - Math.floor(column / scale))) & 1)
          y[(top + row) * canvasWidth + start + column] = ink;
      }
  });
}
