/** The principal axis of drawn shapes: tilt from the vertical, elongation, and shapes that have none. */
import { axisOf } from '@nattfrid/agent/perceive/body-axis';
import { describe, expect, it } from 'vitest';

/** An ellipse of the given half axes in cells, its long axis leaning so many degrees from the vertical. */
function shape(across: number, along: number, tilt: number, cellAspect = 1) {
  const side = 80;
  const [sin, cos] = [Math.sin((tilt * Math.PI) / 180), Math.cos((tilt * Math.PI) / 180)];
  const weights = Uint8Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [((at % side) - side / 2) * cellAspect, Math.floor(at / side) - side / 2];
    const [u, v] = [x * cos - y * sin, x * sin + y * cos];
    return (u / across) ** 2 + (v / along) ** 2 < 1 ? 255 : 0;
  });
  return { width: side, height: side, weights, cellAspect };
}

describe('the long axis of a shape', () => {
  it.each([
    ['stands', shape(8, 30, 0), 0, 3.75],
    ['lies level', shape(8, 30, 90), 90, 3.75],
    ['leans to the right', shape(8, 30, 30), 30, 3.75],
    ['leans to the left', shape(8, 30, -30), 30, 3.75],
    ['lies level in cells that are twice as broad as high', shape(12, 30, 90, 2), 90, 2.5],
  ] as const)('%s', (_, given, tilt, elongation) => {
    const axis = axisOf(given)!;
    expect(Math.abs(axis.tilt - tilt)).toBeLessThan(2);
    expect(Math.abs(axis.elongation - elongation)).toBeLessThan(0.3);
  });

  it('is not told of a shape as broad as long, nor of a speck', () => {
    expect(axisOf(shape(20, 20, 0))).toBeUndefined();
    expect(axisOf(shape(1, 2, 0))).toBeUndefined();
  });
});
