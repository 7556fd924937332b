/** Noisy pictures averaged over time where nothing moves; clean pictures left as they are. */
import type { Pixels } from '@nattfrid/agent/decode/frame';
import { lightInCells } from '@nattfrid/agent/perceive/cells';
import { contrastStretched, lightRange } from '@nattfrid/agent/perceive/contrast-stretch';
import { maskedOut } from '@nattfrid/agent/perceive/mask-out';
import { type Denoising, stepDenoising } from '@nattfrid/agent/perceive/temporal-denoising';
import { describe, expect, it } from 'vitest';

const [width, height] = [160, 120];
const colour = new Uint8Array((width / 2) * (height / 2)).fill(128);

/** A dark wall and a lighter body, with noise that is new in each picture. */
function picture(seed: number, noise: number, bodyAt = 40): Pixels {
  let chance = (seed + 1) * 2654435761;
  const random = () => {
    chance = (Math.imul(chance, 1664525) + 1013904223) >>> 0;
    return chance / 2 ** 32 - 0.5;
  };
  const y = Uint8Array.from({ length: width * height }, (_, at) => {
    const [column, row] = [at % width, Math.floor(at / width)];
    const body = column >= bodyAt && column < bodyAt + 40 && row > 50 && row < 100;
    return 40 + (body ? 40 : 0) + noise * 2 * random();
  });
  return { width, height, y, u: colour, v: colour };
}

/** Root of the mean square difference to the picture without noise, inside the still wall (left) or everywhere. */
function error(seen: Pixels, bodyAt: number): number {
  const clean = picture(0, 0, bodyAt);
  return Math.sqrt(seen.y.reduce((sum, value, at) => sum + (value - clean.y[at]!) ** 2, 0) / seen.y.length);
}

function play(many: number, noise: number, bodyAt: (index: number) => number): Pixels {
  let state: Denoising | undefined;
  let seen: Pixels | undefined;
  for (let index = 0; index < many; index++) {
    const now = picture(index, noise, bodyAt(index));
    // The noise of a cell's mean of a single pixel's size, as the room's memory measures it.
    [state, seen] = stepDenoising(state, now, lightInCells(now), noise > 0 ? 0.6 * noise : 0);
  }
  return seen!;
}

describe('a noisy picture', () => {
  it('loses most of its noise where nothing moves', () => {
    expect(
      error(
        play(20, 12, () => 40),
        40,
      ),
    ).toBeLessThan(0.45 * error(picture(99, 12), 40));
  });

  it('shows a body where it is now, and leaves no shadow of it behind', () => {
    const seen = play(30, 6, (index) => (index < 20 ? 40 : 100));
    const mean = (from: number) => {
      let sum = 0;
      for (let row = 60; row < 90; row++)
        for (let column = from; column < from + 20; column++) sum += seen.y[row * width + column]!;
      return sum / 600;
    };
    expect(mean(50)).toBeLessThan(46);
    expect(mean(110)).toBeGreaterThan(74);
  });

  it('goes through untouched when it is clean', () => {
    const clean = picture(1, 0);
    expect(stepDenoising(undefined, clean, lightInCells(clean), 0.1)[1]).toBe(clean);
  });
});

describe('what the models are given to see', () => {
  it('brings out the contrast of a dark picture', () => {
    const dark = picture(1, 1);
    const { dark: low, bright } = lightRange(contrastStretched(dark, lightRange(dark)));
    expect(bright - low).toBeGreaterThan(120);
  });

  it('leaves a picture alone that uses its range', () => {
    const ample: Pixels = {
      ...picture(1, 0),
      y: Uint8Array.from({ length: width * height }, (_, at) => 16 + (at % 220)),
    };
    expect(contrastStretched(ample, lightRange(ample))).toBe(ample);
  });

  it('holds nothing of what the room forbids, and the rest as it was', () => {
    const forbidden = [
      [
        [0.2, 0.4],
        [0.6, 0.4],
        [0.6, 0.9],
        [0.2, 0.9],
      ],
    ] as const;
    const seen = maskedOut(picture(1, 0), forbidden);
    expect(seen.y[70 * width + 60]).toBe(126);
    expect(seen.y[10 * width + 10]).toBe(40);
  });
});
