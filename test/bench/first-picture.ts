/** Prints how long after a running camera's next key picture the first picture is there, whenever it is called. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { openProgress } from '@nattfrid/simulator/progress';
import { hasGstCamera, startGstCamera } from '@nattfrid/stand-ins/gst-camera/gst-camera';
import type { Manner } from '@nattfrid/stand-ins/test-camera/manners/manner';
import { serveManner } from '@nattfrid/stand-ins/test-camera/manners/serve';
import type { Called, CallTask } from './first-picture/call-camera.ts';
import { inOwnProcess } from './own-process.ts';

const scene = join(import.meta.dirname, '../../fixtures/scenes/night-fall.mp4');
const size = '640x480';

interface Row {
  readonly name: string;
  readonly keysApart: number;
  readonly after: CallTask['after'];
  readonly camera:
    | { readonly type: 'manner'; readonly codec: 'h264' | 'h265' }
    | { readonly type: 'gst'; readonly coder: 'x264' | 'x265' };
}

const ours = (codec: 'h264' | 'h265', keysApart: number, after: CallTask['after'] = 'program'): Row => ({
  name: `${codec}, key ${keysApart / 1000} s${after === 'hang-up' ? ', hangs up' : ''}`,
  ...{ keysApart, after, camera: { type: 'manner', codec } },
});
const theirs = (coder: 'x264' | 'x265'): Row => ({
  name: `gst ${coder}, key 2 s`,
  ...{ keysApart: 2000, after: 'program', camera: { type: 'gst', coder } },
});

const rows: readonly Row[] = [
  ...[ours('h264', 1000), ours('h264', 2000), ours('h265', 1000), ours('h265', 2000)],
  ...[ours('h264', 1000, 'hang-up'), ours('h265', 1000, 'hang-up')],
  ...(hasGstCamera ? [theirs('x264'), theirs('x265')] : []),
];

const heads = ['median', '95th', 'longest', 'from the call', 'calls'];

/** @param times calls of each camera */
export async function benchFirstPicture(times: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-first-picture-'));
  try {
    const ffmpeg = await findFfmpeg(process.env);
    const drawn = join(folder, 'drawn.mkv');
    if (hasGstCamera) await drawLong(ffmpeg, drawn, times);
    console.log(
      `${size}, ${times} calls each at moments that nothing governs; ms from the next key picture after the call to the first picture out of the decoder`,
    );
    console.log(`${''.padEnd(24)}${heads.map((head) => head.padStart(14)).join('')}`);
    using progress = openProgress();
    for (const [index, row] of rows.entries()) {
      progress.report(row.name, index / rows.length);
      await using camera = await started(row, ffmpeg, drawn);
      const task: CallTask = { url: camera.url, times, keysApart: row.keysApart, after: row.after };
      const { fromKey, fromCall } = await inOwnProcess<Called>('first-picture/call-camera.ts', task);
      progress.clear();
      const cells = [shareOf(fromKey, 0.5), shareOf(fromKey, 0.95), shareOf(fromKey, 1), shareOf(fromCall, 0.5)];
      console.log(
        `${row.name.padEnd(24)}${[...cells.map((one) => one.toFixed(0)), `${fromKey.length}`].map((one) => one.padStart(14)).join('')}`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function shareOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(share * (sorted.length - 1))] ?? 0;
}

function started({ camera, keysApart, after }: Row, ffmpeg: string, drawn: string) {
  if (camera.type === 'gst') return startGstCamera(drawn, undefined, `coded:${camera.coder}:shared`);
  const keyEvery = keysApart / 100;
  const manner: Manner = {
    ...{ name: 'running', report: 'derived', does: 'runs, and is called now and then', comes: 'well' },
    film: { codec: camera.codec, size, keyEvery, pictures: 2 * keyEvery },
    times: { running: true },
    // Not a multiple of the key pictures' distance.
    ...(after === 'hang-up' && { session: { ends: { after: 2.75, how: 'hang-up' } } }),
  };
  return serveManner(manner, { ffmpeg });
}

/** Drawn, of nobody: the only picture that may lie on a disk. */
async function drawLong(ffmpeg: string, file: string, times: number): Promise<void> {
  const turn = ['-stream_loop', '-1', '-i', scene, '-vf', 'scale=640:480', '-c:v', 'mjpeg', '-q:v', '3'];
  await promisify(execFile)(ffmpeg, ['-v', 'error', ...turn, '-t', String(times * 3 + 30), file]);
}
