/** The lights in which a still picture is shown, and the picture as the product hands it to the detector. */
import type { Pixels } from '@nattfrid/agent/decode/frame';
import { boxBlur3x3 } from '@nattfrid/agent/perceive/box-blur-3x3';
import { contrastStretched, lightRange } from '@nattfrid/agent/perceive/contrast-stretch';
import { removeColour, simulatedNight } from '@nattfrid/simulator/simulated-light';

/**
 * `night`: one picture of the simulated night; `mean`: eight of them averaged and box blurred. `-stretched`: contrast stretched, then blurred
 * once, as the detector is shown a noisy picture; `-twice`: blurred twice instead.
 */
export const lights = [
  ...['clear', 'grey', 'night', 'mean'],
  ...['night-stretched', 'night-twice', 'mean-stretched', 'mean-twice'],
] as readonly string[];
export type Light = (typeof lights)[number];

/** Those that are drawn anew for each seed. */
export const isDrawn = (light: Light): boolean => light.startsWith('night') || light.startsWith('mean');

const averaged = 8;

/** A new picture, valid until the next one; the one given stays. */
export function shownIn(light: Light, pixels: Pixels, seed: number): Pixels {
  const picture = copyOf(pixels);
  if (light === 'grey') removeColour(picture);
  if (!isDrawn(light)) return picture;
  const [drawn, shown] = light.split('-');
  const noisy = drawn === 'mean' ? meanOf(pixels, seed) : picture;
  if (drawn === 'night') simulatedNight(seed)(noisy);
  if (shown === 'stretched') return boxBlur3x3(contrastStretched(noisy, lightRange(noisy)));
  if (shown === 'twice') return boxBlur3x3(copyOf(boxBlur3x3(noisy)));
  return drawn === 'mean' ? boxBlur3x3(noisy) : noisy;
}

const copyOf = (pixels: Pixels): Pixels => ({
  ...pixels,
  y: pixels.y.slice(),
  u: pixels.u.slice(),
  v: pixels.v.slice(),
});

function meanOf(pixels: Pixels, seed: number): Pixels {
  const night = simulatedNight(seed);
  const sum = new Float32Array(pixels.y.length);
  for (let turn = 0; turn < averaged; turn++) {
    const one = copyOf(pixels);
    night(one);
    one.y.forEach((luma, at) => {
      sum[at]! += luma / averaged;
    });
  }
  const picture = copyOf(pixels);
  removeColour(picture);
  return { ...picture, y: Uint8Array.from(sum, Math.round) };
}
