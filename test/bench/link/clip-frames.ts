/** Frames of a clip as the link bench sends them, decoded beforehand. */
import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

/** @returns ten seconds at 10 frames a second, I420, 640x360 */
export async function framesOf(ffmpeg: string, clip: string): Promise<readonly Uint8Array[]> {
  const scale = 'scale=640:360:force_original_aspect_ratio=decrease,pad=640:360:(ow-iw)/2:(oh-ih)/2';
  const words = ['-v', 'error', '-stream_loop', '-1', '-i', clip, '-t', '10', '-vf', `fps=10,${scale},format=yuv420p`];
  const child = spawn(ffmpeg, [...words, '-f', 'rawvideo', 'pipe:1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const all = new Uint8Array(await buffer(child.stdout));
  const size = 640 * 360 * 1.5;
  return Array.from({ length: Math.floor(all.length / size) }, (_, index) =>
    all.subarray(index * size, (index + 1) * size),
  );
}
