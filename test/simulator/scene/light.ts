/** Pure. Lighting of a night camera: infrared lamps beside the lens, an ambient term, fall-off with distance, vignette and tone curve. */
import type { Vec3 } from './vector.ts';

/** Infrared lamps beside the lens: light falls off as 1 / (`near` + `far` * metres²), and `even` is what comes back from ceiling and walls. */
export interface Lamp {
  readonly power: number;
  readonly near: number;
  readonly far: number;
  readonly even: number;
}
/** Softened, as cameras even the inverse square out. */
export const nightLamp: Lamp = { power: 3.4, near: 2.0, far: 0.13, even: 1 };

/** Light reflected by a white surface with this normal, seen along `way` from `far` metres, with ambient occlusion `open` (1: none). */
export function lightOn(normal: Vec3, way: Vec3, far: number, open: number, lamp = nightLamp): number {
  const towards = Math.max(0, -(normal[0] * way[0] + normal[1] * way[1] + normal[2] * way[2]));
  // A second, weaker lamp up on the left gives roundness.
  const side = Math.max(0, normal[0] * -0.52 + normal[1] * -0.6 + normal[2] * 0.61);
  const fall = lamp.power / (lamp.near + lamp.far * far * far);
  const sky = 0.5 + 0.5 * normal[2];
  return (0.62 * towards + 0.24 * side) * fall * (0.6 + 0.4 * open) + (0.1 + 0.16 * sky) * open * lamp.even;
}

/** Vignette factor; x and y in widths of the picture from its middle. */
export const vignette = (x: number, y: number): number => 1 - 0.75 * (x * x + y * y);

/** Tone curve from linear light (0..) to a pixel value (0..255): gamma 2.2, highlights compressed. */
export const brightnessOf = (light: number): number => values[Math.max(0, Math.min(4095, (light * 2048) | 0))]!;

const values = Float32Array.from({ length: 4096 }, (_, step) => {
  const light = step / 2048;
  const held = light / (1 + 0.35 * light);
  return 255 * Math.min(1, (1.55 * held) ** (1 / 2.2));
});
