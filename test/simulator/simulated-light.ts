/**
 * Pure. A recording made to look as if an infrared night camera had taken it: simulated, and always to be called so. What it does
 * and what it cannot show stands in docs/simulated-light.md.
 */
import type { Pixels } from '@nattfrid/agent/decode/frame';

/** Share of the light that is left, the curve of a sensor that lifts the shadows too little, and the loss in the corners. */
const look = { light: 0.5, gamma: 1.25, corners: 0.55, noise: 9, shotNoise: 6 } as const;

/** Grey: the colour planes say nothing. */
export function removeColour({ u, v }: Pixels): void {
  u.fill(128);
  v.fill(128);
}

/**
 * Changes the pixels it is given: the same seed and the same pictures in the same order give the same night. Noise is new in
 * each picture, also in one that is held.
 */
export function simulatedNight(seed = 1): (pixels: Pixels) => void {
  const random = chance(seed);
  const noise = gaussian(random, 1 << 16);
  const curve = Float32Array.from({ length: 256 }, (_, luma) => {
    const light = Math.min(Math.max((luma - 16) / 219, 0), 1);
    return look.light * light ** look.gamma;
  });
  return (pixels) => {
    removeColour(pixels);
    const { width, height, y } = pixels;
    for (let row = 0; row < height; row++) {
      const dy = (row / height - 0.5) * 2;
      let at = Math.floor(random() * noise.length);
      for (let column = 0; column < width; column++) {
        const dx = (column / width - 0.5) * 2;
        const lit = curve[y[row * width + column]!]! * (1 - look.corners * (dx * dx + dy * dy) * 0.5);
        const spread = look.noise + look.shotNoise * Math.sqrt(lit);
        at = (at + 1) & (noise.length - 1);
        y[row * width + column] = Math.min(Math.max(16 + 219 * lit + spread * noise[at]!, 16), 235);
      }
    }
  };
}

/** Uniform in [0, 1): a linear congruential generator (Numerical Recipes' constants) is random enough for noise to the eye. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Normally distributed, by Box and Muller's transform. */
const gaussian = (random: () => number, count: number): Float32Array =>
  Float32Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
