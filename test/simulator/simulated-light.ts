/**
 * Pure. Simulation of an infrared night camera on a recorded picture: tone curve, vignette, read noise and shot noise. Figures
 * made with it are always called simulated; what it does and what it cannot show stands in docs/simulated-light.md.
 */
import type { Pixels } from '@nattfrid/agent/decode/frame';

/** `light`: share that is left; `gamma`: a sensor that lifts the shadows too little; `corners`: loss there; noise in grey values. */
const look = { light: 0.5, gamma: 1.25, corners: 0.55, noise: 9, shotNoise: 6 } as const;

/** Sets both chroma planes to neutral. */
export function removeColour({ u, v }: Pixels): void {
  u.fill(128);
  v.fill(128);
}

/**
 * Changes pixels in place; the same seed and the same pictures in the same order give the same result. Each call draws new noise,
 * also for a picture that is shown again.
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

/** Uniform in [0, 1): a linear congruential generator with the constants of Numerical Recipes, which is enough for visible noise. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Normally distributed: the Box-Muller transform. */
export const gaussian = (random: () => number, count: number): Float32Array =>
  Float32Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
