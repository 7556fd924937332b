/** Single pictures from the recorded clips, which lie beside the checkout and are never part of it. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Pixels, planesOf } from '@nattfrid/agent/decode/frame';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';

export const footageFolder = join(import.meta.dirname, '../../../shared/footage');
export const hasFootage = existsSync(join(footageFolder, 'index.json'));
if (!hasFootage) console.log('Skipped: the recorded clips are not in ../shared/footage beside the checkout.');

export interface Clip {
  readonly file: string;
  readonly label: 'fall' | 'adl';
  readonly width: number;
  readonly height: number;
  readonly duration_s: number;
  readonly on_floor_from_s: number | null;
}

export const clips = (): readonly Clip[] =>
  hasFootage ? JSON.parse(readFileSync(join(footageFolder, 'index.json'), 'utf8')) : [];

/** @param at seconds from the start of the clip. */
export async function pictureOf({ file, width, height }: Clip, at: number): Promise<Pixels> {
  const ffmpeg = await findFfmpeg(process.env);
  const options = ['-v', 'error', '-ss', String(at), '-i', join(footageFolder, file), '-frames:v', '1'];
  const output = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'];
  const run = promisify(execFile);
  const { stdout } = await run(ffmpeg, [...options, ...output], { encoding: 'buffer', maxBuffer: 1 << 24 });
  return { width, height, ...planesOf(stdout, width * height) };
}
