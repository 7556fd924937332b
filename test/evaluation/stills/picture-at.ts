/** One picture of a recorded clip, as pixels. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Pixels } from '@nattfrid/agent/decode/frame';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';

const run = promisify(execFile);

/** @param at seconds from the start. @returns a picture of no pixels where the clip has ended by then */
export async function pictureAt(file: string, at: number): Promise<Pixels> {
  const ffmpeg = await findFfmpeg(process.env);
  const scaled = ['-vf', "scale='min(640,iw)':-2", '-f', 'image2pipe', '-c:v', 'pgmyuv', '-pix_fmt', 'yuv420p', '-'];
  const options = ['-v', 'error', '-ss', String(at), '-i', file, '-frames:v', '1', ...scaled];
  const { stdout } = await run(ffmpeg, options, { encoding: 'buffer', maxBuffer: 1 << 24 });
  return planes(stdout);
}

/** Reads «pgmyuv»: a grey picture with both colour planes side by side below it. */
function planes(file: Buffer): Pixels {
  const [, width = 0, rows = 0] =
    /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(file.subarray(0, 40).toString('latin1'))?.map(Number) ?? [];
  const height = (rows * 2) / 3;
  const start = file.length - width * rows;
  // A copy: a part of a Buffer shares its memory, also where it is sliced.
  const y = Uint8Array.from(file.subarray(start, start + width * height));
  const [u, v] = [new Uint8Array((width * height) / 4), new Uint8Array((width * height) / 4)];
  for (let row = 0; row < height / 2; row++) {
    const at = start + width * (height + row);
    u.set(file.subarray(at, at + width / 2), (row * width) / 2);
    v.set(file.subarray(at + width / 2, at + width), (row * width) / 2);
  }
  return { width, height, y, u, v };
}
