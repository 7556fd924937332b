/** Pure. How a night camera sees: light of its lamp, noise, its own denoising, exposure, compression, and what hangs before its lens. */
import { chance } from '../scene/noise.ts';
import { chosenBy } from './chosen.ts';

export interface Manners {
  readonly mirrored: boolean;
  /** Mean light of the empty room that the exposure aims at; undefined: `gain` times what is there. */
  readonly level: number | undefined;
  readonly gain: number;
  /** Spread of the sensor's noise in grey values, and how much more of it there is in the dark. */
  readonly noise: number;
  readonly darkNoise: number;
  /** Brighter round this place of the picture (x and y from 0 to 1), darker in the corners. */
  readonly hotSpot: { readonly x: number; readonly y: number; readonly by: number; readonly wide: number };
  readonly corners: number;
  /** Share of the picture before that stays where nothing seems to move: noise goes, and movement smears. */
  readonly denoise: number;
  /** Bars that roll over the picture: their strength as a share, and pictures of height a second. */
  readonly bars: { readonly by: number; readonly speed: number };
  /** Seconds that the exposure takes to follow a change of light. */
  readonly lag: number;
  /** H.264 at this rate; undefined: uncoded. */
  readonly kilobits: number | undefined;
  /** Of the lamp on the bedside table: its place in the picture, from 0 to 1. */
  readonly lampAt: { readonly x: number; readonly y: number };
  readonly seed: number;
}

/** The camera of the known room: noise alone. */
export function knownManners(seed: number): Manners {
  const random = chance(seed + 401);
  return {
    mirrored: random() < 0.5,
    noise: 1.5 + 3 * random(),
    gain: 0.7 + 0.5 * random(),
    level: undefined,
    darkNoise: 0,
    hotSpot: { x: 0.5, y: 0.5, by: 0, wide: 0.3 },
    corners: 0,
    denoise: 0,
    bars: { by: 0, speed: 0 },
    lag: 0,
    kilobits: undefined,
    lampAt: { x: 0.28, y: 0.28 },
    seed,
  };
}

export function drawnManners(seed: number): Manners {
  const { between, oneOf, yes } = chosenBy(chance(seed * 31 + 977));
  return {
    mirrored: yes(0.5),
    level: between(0.1, 0.3),
    gain: 1,
    noise: between(1.5, 7),
    darkNoise: between(0, 1.2),
    hotSpot: { x: between(0.3, 0.7), y: between(0.4, 0.8), by: between(0, 0.9), wide: between(0.15, 0.4) },
    corners: between(0, 0.55),
    denoise: yes(0.7) ? between(0.3, 0.85) : 0,
    bars: yes(0.2) ? { by: between(0.01, 0.04), speed: between(0.1, 1.3) } : { by: 0, speed: 0 },
    lag: between(0.3, 2.5),
    kilobits: yes(0.85) ? oneOf([160, 256, 400, 700]) : undefined,
    lampAt: { x: between(0.1, 0.9), y: between(0.15, 0.5) },
    seed,
  };
}
