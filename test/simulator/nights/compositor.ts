/** Pure. Compositor of a night's frames (I420): the empty room in its light, sprites over it, moving lights, sensor noise. */
import { brightnessOf } from '../scene/light.ts';
import { chance } from '../scene/noise.ts';
import { bodyBit, greyOf, one, type Sprite, size, tile } from './sprite.ts';

/** Light and wind in a frame; `seconds` is the phase of everything that flickers or waves. */
export interface Weather {
  readonly lamp: boolean;
  /** The camera shows colour: the lamp's light alone, without infrared. */
  readonly colour: boolean;
  readonly curtain: boolean;
  /** Share of their path over the wall, 0 to 1. */
  readonly headlights: number | undefined;
  readonly television: boolean;
  readonly covered: boolean;
  readonly seconds: number;
}
export interface Variation {
  readonly mirrored: boolean;
  /** Spread of the sensor's noise in grey values. */
  readonly noise: number;
  readonly gain: number;
  readonly seed: number;
}
interface Room {
  readonly light: Float32Array;
  readonly far: Float32Array;
  readonly normal: Float32Array;
}
const { width, height } = size;
const dots = width * height;
const tone = (light: number): number => 16 + (brightnessOf(light) * 219) / 255;

/** @returns draws a frame into I420 pixels of `size`; faster than real time */
export function compositor(room: Room, { mirrored, noise, gain, seed }: Variation) {
  const infrared = Float32Array.from({ length: dots }, (_, at) => greyOf(room.light, at) * gain);
  const lamp = Float32Array.from({ length: dots }, (_, at) => infrared[at]! * lampAt(room, at));
  const light = new Float32Array(dots);
  const random = chance(seed);
  const grain = Float32Array.from(
    { length: 1 << 18 },
    () => noise * 1.2 * (random() + random() + random() + random() - 2) * 1.73,
  );
  const tones = new Float32Array(dots);
  let drawn: Drawn | undefined;
  const draw = (sprites: readonly Sprite[], weather: Weather): void => {
    const now: Drawn = { sprites, ...(isLively(weather) ? {} : { lit: weather.lamp || weather.colour }) };
    if (weather.covered) {
      tones.fill(30);
      drawn = undefined;
      return;
    }
    if (isSame(drawn, now)) return;
    const plate = weather.lamp || weather.colour ? lamp : infrared;
    light.set(plate);
    if (weather.curtain) wave(light, plate, weather.seconds);
    for (const sprite of sprites) put(light, plate, sprite);
    if (weather.headlights !== undefined) sweep(light, weather.headlights);
    if (weather.television) flicker(light, weather.seconds);
    for (let at = 0; at < dots; at++) tones[at] = tone(light[at]!);
    drawn = now;
  };
  return (into: Uint8Array, sprites: readonly Sprite[], weather: Weather): void => {
    draw(sprites, weather);
    for (let y = 0; y < height; y++) {
      let from = (random() * ((1 << 18) - width)) | 0;
      for (let x = 0; x < width; x++)
        into[y * width + (mirrored ? width - 1 - x : x)] = Math.max(
          16,
          Math.min(235, tones[y * width + x]! + grain[from++]!),
        );
    }
    into.fill(weather.colour ? 118 : 128, dots, dots * 1.25);
    into.fill(weather.colour ? 138 : 128, dots * 1.25, dots * 1.5);
  };
}

/** What `tones` holds; `lit` is missing where the light moves, so that the next frame is drawn anew. */
interface Drawn {
  readonly sprites: readonly Sprite[];
  readonly lit?: boolean;
}

const isLively = ({ curtain, television, headlights }: Weather): boolean =>
  curtain || television || headlights !== undefined;

/** Through most of a night only the noise changes, and the cached tones serve again. */
const isSame = (before: Drawn | undefined, now: Drawn): boolean =>
  before?.lit !== undefined &&
  before.lit === now.lit &&
  before.sprites.length === now.sprites.length &&
  before.sprites.every((sprite, at) => sprite === now.sprites[at]);

/** Gain of a bedside lamp, at the back on the left, over the infrared light. */
function lampAt(room: Room, at: number): number {
  const x = (at % width) / width - 0.28;
  const y = Math.floor(at / width) / width - 0.16;
  return 0.75 + 1.1 / (1 + 14 * (x * x + y * y)) + 0.15 * room.normal[at * 3 + 2]!;
}

function put(light: Float32Array, plate: Float32Array, { tiles, ratios }: Sprite): void {
  for (let i = 0; i < tiles.length; i++) {
    const left = (tiles[i]! % (width / tile)) * tile;
    const top = Math.floor(tiles[i]! / (width / tile)) * tile;
    for (let j = 0; j < tile * tile; j++) {
      const at = (top + (j >> 3)) * width + left + (j & 7);
      const ratio = ratios[i * tile * tile + j]!;
      light[at] = ratio & bodyBit ? (plate[at]! * (ratio & ~bodyBit)) / one : (light[at]! * ratio) / one;
    }
  }
}

/** Displaces the two curtains at the window of the back wall, as wind does. */
function wave(light: Float32Array, plate: Float32Array, seconds: number): void {
  for (let y = 30; y < 130; y++)
    for (let x = 330; x < 460; x++) {
      const by = Math.round(((6 * (y - 30)) / 100) * Math.sin(seconds * 2.1 + x / 25) * Math.sin(seconds * 0.7));
      light[y * width + x] = plate[y * width + Math.max(0, Math.min(width - 1, x + by))]!;
    }
}

function sweep(light: Float32Array, share: number): void {
  const middle = 40 + 560 * share;
  for (let y = 0; y < 150; y++)
    for (let x = Math.max(0, middle - 90); x < Math.min(width, middle + 90); x++) {
      const off = (x - middle) / 45;
      light[y * width + (x | 0)]! *= 1 + 1.6 * Math.exp(-off * off) * (1 - y / 150);
    }
}

/** Light of a television to the right, outside of the picture: 2.5 scenes a second of random brightness. */
function flicker(light: Float32Array, seconds: number): void {
  const scene = chance(Math.floor(seconds * 2.5) + 77)();
  for (let at = 0; at < dots; at++) light[at]! *= 1 + 0.5 * scene * ((at % width) / width);
}
