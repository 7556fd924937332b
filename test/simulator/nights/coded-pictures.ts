/** Pictures coded as a camera codes them, and decoded again: H.264 at a night's bitrate, by two ffmpeg processes. Nothing is written to disk. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { byteReader } from '@nattfrid/agent/ffmpeg/byte-reader';
import { size } from './sprite.ts';

const bytes = size.width * size.height * 1.5;
/** Pictures that may be on their way; the decoder knows the end of a picture by the beginning of the next. */
const onTheWay = 32;
/** The bitrate is shared by so many pictures a second, as on a real camera, however seldom the night shows one. */
const rate = 15;

/** What was said of a picture, with its pixels; a picture that the camera lost has none. */
export interface Coded<About> {
  readonly about: About;
  readonly i420: Uint8Array | undefined;
}

/** @param kilobits a second @returns the same in the same order, as decoded @throws Error where ffmpeg ends too early */
export async function* codedPictures<About>(
  pictures: Iterable<Coded<About>>,
  kilobits: number,
): AsyncGenerator<Coded<About>> {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`, '-r', `${rate}`];
  const encoder = ffmpeg([
    ...raw,
    ...['-i', 'pipe:0', '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-threads', '1'],
    ...['-b:v', `${kilobits}k`, '-maxrate', `${kilobits}k`, '-bufsize', `${kilobits}k`, '-g', `${2 * rate}`],
    ...['-fps_mode', 'passthrough', '-f', 'h264', 'pipe:1'],
  ]);
  const decoder = ffmpeg([
    ...['-flags', 'low_delay', '-probesize', '2048', '-analyzeduration', '0'],
    ...['-threads', '1', '-f', 'h264', '-i', 'pipe:0', '-fps_mode', 'passthrough'],
    ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1'],
  ]);
  try {
    encoder.stdout!.pipe(decoder.stdin!);
    const decoded = byteReader(decoder.stdout!);
    const due: Coded<About>[] = [];
    let coding = 0;
    const next = async (): Promise<Coded<About>> => {
      const { about, i420 } = due.shift()!;
      if (!i420) return { about, i420: undefined };
      const picture = await decoded.take(bytes);
      if (!picture) throw new Error('ffmpeg ended before the last picture was decoded.');
      coding--;
      return { about, i420: picture };
    };
    for (const picture of pictures) {
      due.push(picture);
      if (picture.i420) {
        coding++;
        if (!encoder.stdin!.write(picture.i420)) await once(encoder.stdin!, 'drain');
      }
      while (coding > onTheWay || (due.length > 0 && !due[0]!.i420)) yield await next();
    }
    encoder.stdin!.end();
    while (due.length > 0) yield await next();
  } finally {
    // Whoever stops listening in the middle leaves both waiting for each other.
    for (const child of [encoder, decoder]) {
      child.kill('SIGKILL');
      child.stdin!.destroy();
      child.stdout!.destroy();
    }
  }
}

function ffmpeg(args: readonly string[]): ChildProcess {
  const child = spawn(process.env['NATTFRID_FFMPEG'] ?? 'ffmpeg', ['-hide_banner', '-loglevel', 'error', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A pipe that breaks shows as an end of the pictures, which is told there.
  child.stdin!.on('error', () => {});
  return child;
}
