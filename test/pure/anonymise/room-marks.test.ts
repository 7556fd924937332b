/** The names of beds and doors in the picture: there to be read, and never inside a person who is drawn as an outline. */
import { Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { describe, expect, it } from 'vitest';
import { canvasHeight, canvasWidth, newCanvas } from '../../../agent/src/anonymise/canvas.ts';
import { roomMarks } from '../../../agent/src/anonymise/room-marks.ts';

const room = Room.parse({
  ...unknownRoom,
  beds: [
    [
      [0.2, 0.4],
      [0.8, 0.4],
      [0.8, 0.8],
      [0.2, 0.8],
    ],
  ],
});
const whole = { x: 0, y: 0, width: canvasWidth, height: canvasHeight };
/** The name stands inside, above the lower edge: what is drawn there, the line itself apart. */
function letters(manner: 'filled' | 'outlined', persons: Parameters<ReturnType<typeof roomMarks>>[3]): number {
  const canvas = newCanvas();
  canvas.y.fill(60);
  roomMarks(whole)(canvas, room, manner, persons);
  let many = 0;
  const least = manner === 'filled' ? 140 : 200;
  for (let row = Math.round(0.7 * canvasHeight); row < 0.78 * canvasHeight; row++)
    for (let column = Math.round(0.21 * canvasWidth); column < 0.5 * canvasWidth; column++)
      if (canvas.y[row * canvasWidth + column]! > least) many++;
  return many;
}
const box = (x: number, y: number) => ({ x, y, width: 0.1, height: 0.2 });

describe('the name of a bed', () => {
  it('is written in both manners', () => {
    expect(letters('filled', [])).toBeGreaterThan(20);
    expect(letters('outlined', [])).toBeGreaterThan(20);
  });

  it('is not written inside somebody of whom only the outline is drawn, and is while they are elsewhere', () => {
    expect(letters('outlined', [box(0.2, 0.65)])).toBe(0);
    expect(letters('outlined', [box(0.6, 0.4), box(0.7, 0.1)])).toBeGreaterThan(20);
  });
});
