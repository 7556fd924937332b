/** Prints what H.265 costs beside H.264: from a picture's last packet to the picture, and the processor time of client and decoder. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { openProgress } from '@nattfrid/simulator/progress';
import { hasGstCamera, startGstCamera } from '@nattfrid/stand-ins/gst-camera/gst-camera';
import { inOwnProcess } from './own-process.ts';
import type { WatchCodecTask, WatchedCodec } from './watch-codec.ts';

const scene = join(import.meta.dirname, '../../fixtures/scenes/night-fall.mp4');
const coders = ['x264', 'x265'] as const;

/** @param length seconds of each camera. @returns the exit code: 3 where there is no gst-rtsp-server */
export async function benchCodecs(length: number): Promise<number> {
  if (!hasGstCamera) return 3;
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-codecs-'));
  try {
    // Drawn, of nobody: the only picture that may lie on a disk.
    const drawn = join(folder, 'drawn.mkv');
    const ffmpeg = await findFfmpeg(process.env);
    const turn = ['-stream_loop', '9', '-i', scene, '-vf', 'scale=640:480', '-c:v', 'mjpeg', '-q:v', '2'];
    await promisify(execFile)(ffmpeg, ['-v', 'error', ...turn, '-t', String(length + 30), drawn]);
    console.log(
      `gst-rtsp-server codes while it plays, 640x480, ${length} s each; ms from a picture's last packet to the picture`,
    );
    console.log(`${'camera'.padEnd(10)}${heads.map((head) => head.padStart(13)).join('')}`);
    using progress = openProgress();
    const rows: WatchedCodec[] = [];
    for (const coder of coders) {
      progress.report(coder, rows.length / coders.length);
      await using camera = await startGstCamera(drawn, undefined, `coded:${coder}`);
      const task: WatchCodecTask = { url: camera.url, seconds: length };
      const row = await inOwnProcess<WatchedCodec>('watch-codec.ts', task);
      progress.clear();
      console.log(
        `${coder.padEnd(10)}${figures(row)
          .map((one) => one.toFixed(1).padStart(13))
          .join('')}`,
      );
      rows.push(row);
    }
    const [first, second] = rows.map(figures);
    if (first && second)
      console.log(
        `${'ratio'.padEnd(10)}${second.map((one, index) => (one / (first[index] ?? 1)).toFixed(2).padStart(13)).join('')}`,
      );
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const heads = ['median', '95th', 'pictures/s', 'longest hole', 'client CPU', 'decoder CPU'];

function figures({ waits, perSecond, longestHole, client, decoder }: WatchedCodec): readonly number[] {
  const sorted = [...waits].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return [at(0.5), at(0.95), perSecond, longestHole, client, decoder];
}
