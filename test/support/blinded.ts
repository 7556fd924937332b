/** Recorded pictures altered in code: a camera that goes blind, or a room in which only the light changes. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Pixels, planesOf } from '@nattfrid/agent/decode/frame';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { footageFolder } from './footage.ts';

export const pictureRate = 5;
const size = { width: 320, height: 180 };

/** Pictures of a clip at five a second, played forwards and backwards for `seconds`. */
export async function playedFor(file: string, seconds: number): Promise<readonly Pixels[]> {
  const ffmpeg = await findFfmpeg(process.env);
  const { width, height } = size;
  const filter = `fps=${pictureRate},scale=${width}:${height}`;
  const options = ['-v', 'error', '-i', join(footageFolder, file), '-vf', filter];
  const output = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'];
  const { stdout } = await promisify(execFile)(ffmpeg, [...options, ...output], {
    encoding: 'buffer',
    maxBuffer: 1 << 28,
  });
  const [luma, whole] = [width * height, (width * height * 3) / 2];
  const once = Array.from({ length: Math.floor(stdout.length / whole) }, (_, index): Pixels => {
    return { width, height, ...planesOf(stdout.subarray(index * whole), luma) };
  });
  const there = [...once, ...once.slice(1, -1).reverse()];
  return Array.from({ length: seconds * pictureRate }, (_, index) => there[index % there.length]!);
}

type Spoil = (pixels: Pixels, index: number) => Pixels;

const noise = (seed: number): number => {
  const value = Math.sin(seed * 12.9898) * 43758.5453;
  return (value - Math.floor(value) - 0.5) * 2;
};
const clamp = (value: number) => Math.min(235, Math.max(16, value));
const lightOf =
  (change: (light: number, x: number, y: number, pixels: Pixels, index: number, at: number) => number): Spoil =>
  (pixels, index) => ({
    ...pixels,
    y: pixels.y.map((light, at) => {
      const [x, y] = [(at % pixels.width) / pixels.width, Math.floor(at / pixels.width) / pixels.height];
      return clamp(change(light, x, y, pixels, index, at) + noise(at * 7 + index * 104729));
    }),
  });

/** Alterations after which the camera is blind. */
export const blinding: Readonly<Record<'covered' | 'dark' | 'glare' | 'frozen' | 'moved', Spoil>> = {
  /** A cloth over the lens: even light, brighter on one side. */
  covered: lightOf((light, x, y) => 60 + 12 * x - 6 * y + 0.01 * light),
  /** The infrared lamps are off: sensor noise alone. */
  dark: lightOf((light, _x, _y, _pixels, index, at) => 18 + 0.01 * light + 4 * noise(at + index * 7919)),
  /** A lamp into the lens: most is overexposed, the rest veiled. */
  glare: lightOf((light, x, y) => 0.35 * light + 110 + 260 * Math.exp(-((x - 0.4) ** 2 + (y - 0.4) ** 2) / 0.12)),
  frozen: (pixels) => pixels,
  /** The camera is turned to the side: another part of the room, and wall not seen before. */
  moved: lightOf((_light, x, y, { width, height, y: luma }) => {
    const [column, row] = [Math.round((x + 0.22) * width), Math.round((y + 0.06) * height)];
    return luma[Math.min(height - 1, row) * width + Math.min(width - 1, column)]!;
  }),
};

/** Changes of the light after which the camera still sees. */
export const harmless: Readonly<Record<'lamp' | 'infrared' | 'curtains' | 'nothing', Spoil>> = {
  nothing: lightOf((light) => light),
  /** A bedside lamp goes on: bright near it, the rest a little darker by the camera's auto-exposure. */
  lamp: lightOf((light, x, y) => 0.8 * light + 120 * Math.exp(-((x - 0.8) ** 2 + (y - 0.45) ** 2) / 0.04)),
  /** Infrared mode: no colour, light from the camera, dark corners, cloth as bright as its infrared reflectance. */
  infrared: (pixels, index) => {
    const { width, u, v } = pixels;
    const grey = lightOf((light, x, y, _pixels, _index, at) => {
      const chroma = Math.floor(Math.floor(at / width) / 2) * (width / 2) + Math.floor((at % width) / 2);
      const cloth = 0.6 * light + 1.1 * (v[chroma]! - 128) - 0.7 * (u[chroma]! - 128) + 20;
      return cloth * (1.1 - 1.2 * ((x - 0.5) ** 2 + (y - 0.5) ** 2));
    })(pixels, index);
    return { ...grey, u: u.map(() => 128), v: v.map(() => 128) };
  },
  /** Daylight over a third of the picture. */
  curtains: lightOf((light, x, y) => (x < 0.35 && y < 0.75 ? 1.4 * light + 40 : 1.15 * light)),
};
