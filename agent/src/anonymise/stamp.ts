/** Pure. Writes whose room this is, and the time, into the picture itself: the wrong home cannot be shown unnoticed. */
import { type Canvas, canvasWidth, gridWidth } from './canvas.ts';
import { drawLetters, letterHeight, wordsWidth } from './letters.ts';

const [left, top] = [12, 8];
/** Less of it above: most letters leave the rows for rings and dots empty. */
const padding = { above: 4, below: 6, side: 6 };
const [ink, plate] = [225, 16];
const longest = 48;

/** In the upper left corner. What does not fit is cut off. */
export const drawStamp = (canvas: Canvas, words: string): void => drawPlate(canvas, words, top);

/** Below the stamp. */
export const drawWarning = (canvas: Canvas, words: string): void =>
  drawPlate(canvas, words, top + letterHeight + padding.above + padding.below + 4);

/** Capital letters on a dark plate. */
function drawPlate(canvas: Canvas, words: string, top: number): void {
  const { y, u, v } = canvas;
  const short = Array.from(words).slice(0, longest).join('');
  const width = wordsWidth(short);
  for (let row = top - padding.above; row < top + letterHeight + padding.below; row++)
    for (let column = left - padding.side; column < left + width + padding.side; column++) {
      const at = row * canvasWidth + column;
      y[at] = y[at]! + 0.75 * (plate - y[at]!);
      const cell = (row >> 1) * gridWidth + (column >> 1);
      u[cell] = v[cell] = 128;
    }
  drawLetters(canvas, short, left, top, ink);
}
