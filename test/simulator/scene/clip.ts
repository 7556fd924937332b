/** Encodes a clip with ffmpeg: H.264, a key frame every second, no B-frames, small enough for the repository. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fps, size } from './set.ts';

/** @param pictures RGB @param kilobits at most, per second */
export async function writeClip(file: string, pictures: AsyncIterable<Uint8Array>, kilobits: number): Promise<void> {
  const x264 = `keyint=${fps}:min-keyint=${fps}:scenecut=0:bframes=0:open-gop=0:vbv-maxrate=${kilobits}:vbv-bufsize=${kilobits * 2}`;
  const child = spawn(
    process.env['NATTFRID_FFMPEG'] ?? 'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-y'],
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${size.width}x${size.height}`, '-r', `${fps}`, '-i', 'pipe:0'],
      ...['-c:v', 'libx264', '-preset', 'slow', '-crf', '25', '-x264-params', x264, '-threads', '1'],
      ...[
        '-pix_fmt',
        'yuv420p',
        '-flags',
        '+cgop+bitexact',
        '-fflags',
        '+bitexact',
        '-map_metadata',
        '-1',
        '-movflags',
        '+faststart',
        file,
      ],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = once(child, 'close');
  for await (const picture of pictures) if (!child.stdin.write(picture)) await once(child.stdin, 'drain');
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code} while writing ${file}`);
}
