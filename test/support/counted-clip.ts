/** Short clips made by ffmpeg, in which each picture's brightness encodes its number; removed after the test. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pixels } from '@nattfrid/agent/decode/frame';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';

const step = 3;
const darkest = 20;

/** Number of the picture in its clip, from its mean brightness; up to 70. */
export function numberOf({ y }: Pixels): number {
  let sum = 0;
  for (let at = 0; at < y.length; at += 7) sum += y[at] as number;
  return Math.round((sum / Math.ceil(y.length / 7) - darkest) / step);
}

export interface ClipWish {
  readonly size?: string;
  readonly perSecond?: number;
  readonly pictures?: number;
  /** Arguments of the encoder; plain H.264 with a keyframe every half second by default. */
  readonly coding?: readonly string[];
  readonly name?: string;
}

export interface ClipFolder extends AsyncDisposable {
  readonly path: string;
  /** @returns the path of a fresh clip. */
  draw(wish?: ClipWish): Promise<string>;
}

export async function openClipFolder(): Promise<ClipFolder> {
  const path = await mkdtemp(join(tmpdir(), 'nattfrid-clips-'));
  const ffmpeg = await findFfmpeg(process.env);
  let count = 0;
  return {
    path,
    async draw({ size = '320x240', perSecond = 20, pictures = 60, coding, name } = {}) {
      const file = join(path, name ?? `clip-${++count}.mp4`);
      const source = `nullsrc=s=32x32:r=${perSecond}:d=${(pictures + 0.5) / perSecond},geq=lum='${darkest}+N*${step}':cb=128:cr=128,scale=${size}:flags=neighbor,setsar=1`;
      const how = coding ?? [
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-profile:v',
        'main',
        '-crf',
        '10',
        '-bf',
        '0',
        '-g',
        `${perSecond / 2}`,
      ];
      const args = [
        '-v',
        'error',
        '-f',
        'lavfi',
        '-i',
        source,
        '-frames:v',
        `${pictures}`,
        '-pix_fmt',
        'yuv420p',
        ...how,
        file,
      ];
      await promisify(execFile)(ffmpeg, args);
      return file;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
