/** Windows over the picture: there and back, at any turn. */
import {
  boxToPicture,
  cropAround,
  cropPointing,
  fromFrame,
  toFrame,
  wholePicture,
} from '@nattfrid/agent/perceive/crop';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const frame = { width: 640, height: 360 };
const quarter = Math.PI / 2;

describe('a window over the picture', () => {
  it('brings every point there and back to where it was', () => {
    const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const crops = fc.record({ x: real(-50, 700), y: real(-50, 400), side: real(20, 900), turn: real(-4, 4) });
    fc.assert(
      fc.property(crops, real(-100, 800), real(-100, 500), (crop, x, y) => {
        const [backX, backY] = toFrame(crop, ...fromFrame(crop, x, y));
        expect(backX).toBeCloseTo(x, 6);
        expect(backY).toBeCloseTo(y, 6);
      }),
    );
  });

  // The letterboxed picture is 640 wide in a window of 640, so 140 above and below are black.
  for (const [name, turn, u, v, expected] of [
    ['upright, its top middle lies over the picture', 0, 0.5, 0, [320, -140]],
    ['turned by a quarter, its top middle is the right edge', quarter, 0.5, 0, [640, 180]],
    ['turned back by a quarter, its top middle is the left edge', -quarter, 0.5, 0, [0, 180]],
    ['turned by a quarter, its left middle is above the picture', quarter, 0, 0.5, [320, -140]],
  ] as const)
    it(name, () => {
      const [x, y] = toFrame(wholePicture(frame, turn), u, v);
      expect(x).toBeCloseTo(expected[0], 6);
      expect(y).toBeCloseTo(expected[1], 6);
    });

  for (const turn of [0, quarter, -quarter])
    it(`gives back the very box it was laid round, turned by ${turn.toFixed(2)}`, () => {
      const box = { x: 0.2, y: 0.3, width: 0.1, height: 0.4 };
      const crop = cropAround(box, frame, turn, 1);
      const [w, h] = [(box.width * frame.width) / crop.side, (box.height * frame.height) / crop.side];
      const [u, v] = turn === 0 ? [w, h] : [h, w];
      const back = boxToPicture(crop, frame, { x: 0.5 - u / 2, y: 0.5 - v / 2, width: u, height: v });
      for (const side of ['x', 'y', 'width', 'height'] as const) expect(back[side]).toBeCloseTo(box[side], 9);
    });

  for (const [name, head, turn] of [
    ['up', [100, 40], 0],
    ['to the right', [160, 100], quarter],
    ['to the left', [40, 100], -quarter],
    ['to the lower right', [142.4264, 142.4264], 0.75 * Math.PI],
  ] as const)
    it(`stands a body upright whose head points ${name}`, () => {
      const crop = cropPointing([100, 100], head);
      expect(crop.turn).toBeCloseTo(turn, 5);
      expect(crop.side).toBeCloseTo(150, 2);
      const [u, v] = fromFrame(crop, head[0], head[1]);
      expect(u).toBeCloseTo(0.5, 5);
      expect(v).toBeLessThan(0.5);
    });
});
