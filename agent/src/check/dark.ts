/**
 * Pure. Does the camera see in the dark? By pictures that are taken while the room is dark: infrared has no colour, and a person can be
 * found only where what is in the room stands out from the sensor's noise. The limits are those by which the unit itself calls a picture
 * useless (`situation/eyesight.ts`), and by which colour and noise differ in docs/simulated-light.md.
 */
import type { Check } from '@nattfrid/shared/domain/check';
import type { PictureState } from '@nattfrid/shared/domain/observation';

export type DarkPicture = Pick<PictureState, 'brightness' | 'contrast' | 'colour' | 'noise'>;

/** Fewer say nothing. */
export const enoughPictures = 10;

const limits = {
  /** Mean distance of both colour planes from neutral; a camera that has gone to infrared is below a hundredth. */
  colour: 0.015,
  /** A picture darker than this, and as flat, is one in which nobody could be found. */
  dark: 0.06,
  flat: 0.06,
  /** So many times the noise is what stands out. */
  overNoise: 5,
} as const;

export function darkCheck(pictures: readonly DarkPicture[]): Check {
  const said = (state: Check['state'], code: string, figures?: Check['figures']): Check => ({
    ...{ name: 'infrared', state, code },
    ...(figures && { figures }),
  });
  if (pictures.length < enoughPictures) return said('fault', 'no-picture');
  const median = (of: (one: DarkPicture) => number) =>
    pictures.map(of).toSorted((a, b) => a - b)[Math.floor(pictures.length / 2)] ?? 0;
  const [brightness, contrast] = [median((one) => one.brightness), median((one) => one.contrast)];
  const [colour, noise] = [median((one) => one.colour ?? 0), median((one) => one.noise ?? 0)];
  const figures = {
    brightnessPercent: percent(brightness),
    contrastPercent: percent(contrast),
    colourPercent: percent(colour),
    noisePercent: percent(noise),
  };
  if (colour >= limits.colour) return said('unknown', 'not-dark-yet', figures);
  const isDark = brightness < limits.dark && contrast < limits.flat;
  if (isDark || contrast < limits.overNoise * noise) return said('fault', 'too-dark', figures);
  return said('well', 'sees-in-dark', figures);
}

export const notTried: Check = { name: 'infrared', state: 'unknown', code: 'not-tried' };

const percent = (share: number): number => Math.round(share * 1000) / 10;
