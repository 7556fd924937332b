/** What becomes of what the slow decoder gives. */
import { describe, expect, it } from 'vitest';
import { rgbaOf } from '../../../relay/console/src/link/rgba.ts';

describe('a decoded picture', () => {
  it('is black, white and red where it was, and ends where the picture does', () => {
    const [width, coded, height] = [4, 16, 2];
    const i420 = new Uint8Array(width * coded * 1.5).fill(128);
    i420.set([16, 235, 81, 81, 16, 235, 81, 81], 0);
    i420.set([128, 90], width * coded);
    i420.set([128, 240], width * coded * 1.25);
    const rgba = rgbaOf(i420, width, coded, height);
    expect(rgba).toHaveLength(width * height * 4);
    const point = (column: number) => [...rgba.subarray(column * 4, column * 4 + 4)];
    expect(point(0)).toEqual([0, 0, 0, 255]);
    expect(point(1)).toEqual([255, 255, 255, 255]);
    const [red, green, blue] = point(2);
    expect(red).toBeGreaterThan(250);
    expect(Math.max(green!, blue!)).toBeLessThan(5);
  });
});
