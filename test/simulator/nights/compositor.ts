/** Pure. Compositor of a night's frames (I420): the empty room in its light, sprites over it, moving lights, then the camera's own manners. */
import type { Manners } from '../homes/manners.ts';
import { brightnessOf } from '../scene/light.ts';
import { chance } from '../scene/noise.ts';
import { drawInsects, drawWeb } from './before-lens.ts';
import { openSensor } from './sensor.ts';
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
  readonly insects: boolean;
  readonly web: boolean;
  readonly covered: boolean;
  readonly seconds: number;
}
/** A part of the picture, in pixels. */
export interface Window {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
interface Room {
  readonly light: Float32Array;
  readonly far: Float32Array;
  readonly normal: Float32Array;
}
const { width, height } = size;
const dots = width * height;
const tone = (light: number): number => 16 + (brightnessOf(light) * 219) / 255;

/** @param curtain where it waves @returns draws a frame into I420 pixels of `size`; faster than real time */
export function compositor(room: Room, manners: Manners, curtain: Window) {
  const { mirrored, seed } = manners;
  const plain = Float32Array.from({ length: dots }, (_, at) => greyOf(room.light, at) * lampLight(manners, at));
  const gain = manners.level === undefined ? manners.gain : manners.level / (plain.reduce((a, b) => a + b, 0) / dots);
  const infrared = plain.map((light) => light * gain);
  const lamp = Float32Array.from({ length: dots }, (_, at) => infrared[at]! * lampAt(room, manners, at));
  const light = new Float32Array(dots);
  const tones = new Float32Array(dots);
  const sensor = openSensor(manners, dots, width);
  let drawn: Drawn | undefined;
  let colour = false;
  const draw = (sprites: readonly Sprite[], weather: Weather): void => {
    const lit = weather.lamp || weather.colour;
    if (weather.colour !== colour) sensor.changeOver();
    colour = weather.colour;
    const exposure = sensor.exposureOf(weather.covered ? 0.02 : lit ? 1.5 : 1, weather.seconds);
    const now: Drawn = { sprites, exposure, ...(isLively(weather) ? {} : { lit }) };
    if (weather.covered) {
      tones.fill(30);
      drawn = undefined;
      return;
    }
    if (isSame(drawn, now)) return;
    const plate = lit ? lamp : infrared;
    light.set(plate);
    if (weather.curtain) wave(light, plate, weather.seconds, curtain);
    for (const sprite of sprites) put(light, plate, sprite);
    if (weather.headlights !== undefined) sweep(light, room, weather.headlights, seed);
    if (weather.television) flicker(light, weather.seconds, seed);
    if (weather.web) drawWeb(light, width, height, weather.seconds, seed);
    if (weather.insects && !weather.colour) drawInsects(light, width, height, weather.seconds, seed);
    for (let at = 0; at < dots; at++) tones[at] = tone(light[at]! * exposure);
    drawn = now;
  };
  return (into: Uint8Array, sprites: readonly Sprite[], weather: Weather): void => {
    draw(sprites, weather);
    const seen = sensor.see(tones, weather.seconds);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        into[y * width + (mirrored ? width - 1 - x : x)] = Math.max(16, Math.min(235, seen[y * width + x]!));
    into.fill(weather.colour ? 118 : 128, dots, dots * 1.25);
    into.fill(weather.colour ? 138 : 128, dots * 1.25, dots * 1.5);
  };
}

/** What `tones` holds; `lit` is missing where the light moves, so that the next frame is drawn anew. */
interface Drawn {
  readonly sprites: readonly Sprite[];
  readonly exposure: number;
  readonly lit?: boolean;
}

const isLively = ({ curtain, television, headlights, insects, web }: Weather): boolean =>
  curtain || television || insects || web || headlights !== undefined;

/** Through most of a night only the noise changes, and the cached tones serve again. */
const isSame = (before: Drawn | undefined, now: Drawn): boolean =>
  before?.lit !== undefined &&
  before.lit === now.lit &&
  Math.abs(before.exposure - now.exposure) < 0.01 &&
  before.sprites.length === now.sprites.length &&
  before.sprites.every((sprite, at) => sprite === now.sprites[at]);

/** The camera's own infrared lamp: a hot spot, and dark corners. */
function lampLight({ hotSpot, corners }: Manners, at: number): number {
  const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
  const [dx, dy] = [(x - hotSpot.x) / hotSpot.wide, (y - hotSpot.y) / hotSpot.wide];
  const [cx, cy] = [2 * x - 1, 2 * y - 1];
  return (1 + hotSpot.by * Math.exp(-dx * dx - dy * dy)) * (1 - 0.5 * corners * (cx * cx + cy * cy));
}

/** Gain of a bedside lamp over the infrared light. */
function lampAt(room: Room, { lampAt: place }: Manners, at: number): number {
  const x = (at % width) / width - place.x;
  const y = (Math.floor(at / width) / height - place.y) * (height / width);
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

/** Displaces what hangs in the window, as wind does. */
function wave(light: Float32Array, plate: Float32Array, seconds: number, { left, right, top, bottom }: Window): void {
  const far = (right - left) / 22;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const loose = (y - top) / Math.max(1, bottom - top);
      const by = Math.round(far * loose * Math.sin(seconds * 2.1 + x / 25) * Math.sin(seconds * 0.7));
      light[y * width + x] = plate[y * width + Math.max(0, Math.min(width - 1, x + by))]!;
    }
}

/** Passes over the walls: what stands upright and lies in the upper part of the picture. */
function sweep(light: Float32Array, room: Room, share: number, seed: number): void {
  const low = Math.round(height * (0.35 + 0.3 * chance(seed + 55)()));
  const middle = 40 + 560 * share;
  for (let y = 0; y < low; y++)
    for (let x = Math.max(0, Math.floor(middle - 90)); x < Math.min(width, middle + 90); x++) {
      const at = y * width + x;
      if (Math.abs(room.normal[at * 3 + 2]!) > 0.6) continue;
      const off = (x - middle) / 45;
      light[at]! *= 1 + 1.6 * Math.exp(-off * off) * (1 - y / low);
    }
}

/** Light of a television at one side, outside of the picture: 2.5 scenes a second of random brightness. */
function flicker(light: Float32Array, seconds: number, seed: number): void {
  const scene = chance(Math.floor(seconds * 2.5) + 77)();
  const fromLeft = seed % 3 === 2;
  for (let at = 0; at < dots; at++) {
    const share = (at % width) / width;
    light[at]! *= 1 + 0.5 * scene * (fromLeft ? 1 - share : share);
  }
}
