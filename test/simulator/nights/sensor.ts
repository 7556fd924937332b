/** Pure. What the camera makes of the light: exposure that follows late, noise, rolling bars, and a denoiser that smears. */
import type { Manners } from '../homes/manners.ts';
import { chance } from '../scene/noise.ts';

const noises = 1 << 18;
/** Grey values by which a pixel must change for the denoiser to believe that something moves. */
const believed = 26;

export interface Sensor {
  /** @param brightness of the scene, 1 as usual @returns factor on its light */
  exposureOf(brightness: number, seconds: number): number;
  /** The camera changes between colour and infrared, and has to find its exposure anew. */
  changeOver(): void;
  /** @param tones grey values of the scene @returns those of the picture, valid until the next call */
  see(tones: Float32Array, seconds: number): Float32Array;
}

export function openSensor(manners: Manners, dots: number, width: number): Sensor {
  const { noise, darkNoise, denoise, bars, lag, seed } = manners;
  const random = chance(seed);
  const grain = Float32Array.from(
    { length: noises },
    () => noise * 1.2 * (random() + random() + random() + random() - 2) * 1.73,
  );
  const seen = new Float32Array(dots);
  let first = true;
  let exposure = 1;
  let before: number | undefined;
  return {
    exposureOf(brightness, seconds) {
      if (lag === 0) return 1;
      // Exposure takes back most of a change of light, after a while.
      const aim = brightness ** -0.7;
      const passed = before === undefined ? Number.POSITIVE_INFINITY : Math.max(0, seconds - before);
      before = seconds;
      exposure = aim + (exposure - aim) * Math.exp(-passed / lag);
      return exposure;
    },
    changeOver() {
      if (lag > 0) exposure *= 0.35 + 2.4 * random();
    },
    see(tones, seconds) {
      for (let row = 0; row < dots; row += width) {
        let from = (random() * (noises - width)) | 0;
        const bar = bars.by === 0 ? 1 : 1 + bars.by * Math.sin(2 * Math.PI * ((2 * row) / dots + seconds * bars.speed));
        for (let at = row; at < row + width; at++) {
          const tone = tones[at]! * bar;
          const now = tone + grain[from++]! * (darkNoise === 0 ? 1 : 1 + darkNoise * (1 - tone / 235));
          const was = seen[at]!;
          if (first || denoise === 0) seen[at] = now;
          else {
            const moves = Math.min(1, Math.abs(now - was) / believed);
            seen[at] = now + (was - now) * denoise * (1 - moves * moves);
          }
        }
      }
      first = false;
      return seen;
    },
  };
}
