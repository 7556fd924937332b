/** The ffmpeg of a home's end: reads the camera, and both it and this process end when either does, or when stdin closes. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export function startHomeFfmpeg(args: readonly string[]): ChildProcessByStdio<null, Readable, null> {
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const end = () => {
    ffmpeg.kill('SIGKILL');
    process.exit(0);
  };
  ffmpeg.once('exit', end);
  process.once('SIGTERM', end);
  process.stdin.resume().once('end', end);
  return ffmpeg;
}
