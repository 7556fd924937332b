/** The pictures of a short recording, all of them in memory, as the unit's decoder would scale them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Pixels, planesOf } from '@nattfrid/agent/decode/frame';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';

const run = promisify(execFile);
const size = { width: 640, height: 366 } as const;

/**
 * @param every of so many pictures one is kept @param most pictures
 * @throws Error where the file cannot be read
 */
export async function picturesOf(file: string, every = 1, most = 60): Promise<readonly Pixels[]> {
  const ffmpeg = await findFfmpeg(process.env);
  const { width, height } = size;
  const scale = `select='not(mod(n,${every}))',scale=${width}:${height}:flags=area:out_range=tv:out_color_matrix=bt601,format=yuv420p`;
  const options = ['-v', 'error', '-i', file, '-vf', scale, '-fps_mode', 'passthrough', '-frames:v', String(most)];
  const { stdout } = await run(ffmpeg, [...options, '-f', 'rawvideo', '-'], {
    encoding: 'buffer',
    maxBuffer: 1 << 27,
  });
  const [luma, whole] = [width * height, width * height * 1.5];
  return Array.from({ length: Math.floor(stdout.length / whole) }, (_, index): Pixels => {
    // A copy: a part of a Buffer shares its memory.
    const all = Uint8Array.from(stdout.subarray(index * whole, (index + 1) * whole));
    return { width, height, ...planesOf(all, luma) };
  });
}

/**
 * From the first to the last and then back and forth without end, so that a recording of some seconds goes on.
 * @param from the first of those that are repeated: the camera has found its exposure, and no light jumps between them
 */
export function backAndForth<One>(all: readonly One[], index: number, from = 0): One {
  if (index < all.length) return all[index]!;
  const many = all.length - from;
  const period = Math.max(1, 2 * (many - 1));
  const at = (index - from) % period;
  return all[from + (at < many ? at : period - at)]!;
}
