/** Pure. Capital letters in a picture, each point of them two by two pixels. */
import { type Canvas, canvasHeight, canvasWidth } from './canvas.ts';
import { glyphHeight, glyphOf, glyphWidth } from './glyphs.ts';

const scale = 2;
/** With the room that the ring of an Å takes above the capitals. */
export const letterHeight = glyphHeight * scale;
const spacing = (glyphWidth + 1) * scale;
export const wordsWidth = (words: string): number => Array.from(words).length * spacing;

/** From the upper left corner on; what does not fit is cut off. @param top of the rings and dots @param ink Y of the letters */
export function drawLetters({ y }: Canvas, words: string, left: number, top: number, ink: number): void {
  Array.from(words.toUpperCase()).forEach((letter, index) => {
    const glyph = glyphOf(letter);
    const start = left + index * spacing;
    for (let row = 0; row < letterHeight; row++)
      for (let column = 0; column < glyphWidth * scale; column++) {
        const [x, line] = [start + column, top + row];
        if (x < 0 || x >= canvasWidth || line < 0 || line >= canvasHeight) continue;
        const bits = glyph[Math.floor(row / scale)]!;
        if ((bits >> (glyphWidth - 1 - Math.floor(column / scale))) & 1) y[line * canvasWidth + x] = ink;
      }
  });
}
