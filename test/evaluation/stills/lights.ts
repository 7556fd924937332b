/** The lights in which a still picture is shown, and the picture as the product hands it to the detector. */
import type { Pixels } from '@nattfrid/agent/decode/frame';
import { boxBlur3x3 } from '@nattfrid/agent/perceive/box-blur-3x3';
import { removeColour, simulatedNight } from '@nattfrid/simulator/simulated-light';

export const lights = ['clear', 'grey', 'night', 'mean'] as const;
/** `night` is one picture of the simulated night; `mean` eight of them averaged and box blurred, as the product does with a still, noisy room. */
export type Light = (typeof lights)[number];

const averaged = 8;

/** A new picture; the one given stays. */
export function shownIn(light: Light, pixels: Pixels, seed: number): Pixels {
  const copy = (): Pixels => ({ ...pixels, y: pixels.y.slice(), u: pixels.u.slice(), v: pixels.v.slice() });
  const picture = copy();
  if (light === 'grey') removeColour(picture);
  if (light === 'night') simulatedNight(seed)(picture);
  if (light !== 'mean') return picture;
  const night = simulatedNight(seed);
  const sum = new Float32Array(picture.y.length);
  for (let turn = 0; turn < averaged; turn++) {
    const one = copy();
    night(one);
    one.y.forEach((luma, at) => {
      sum[at]! += luma / averaged;
    });
  }
  removeColour(picture);
  return boxBlur3x3({ ...picture, y: Uint8Array.from(sum, Math.round) });
}
