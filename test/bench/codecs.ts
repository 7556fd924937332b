/** Prints what H.265 costs beside H.264: from a picture's last packet to the picture, the hole where a camera changes its codec, and the processor time of client and decoder. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { openProgress } from '@nattfrid/simulator/progress';
import { hasGstCamera, startGstCamera } from '@nattfrid/stand-ins/gst-camera/gst-camera';
import type { FilmWish } from '@nattfrid/stand-ins/test-camera/manners/film-wish';
import { serveManner } from '@nattfrid/stand-ins/test-camera/manners/serve';
import { inOwnProcess } from './own-process.ts';
import type { WatchCodecTask, WatchedCodec } from './watch-codec.ts';

const scene = join(import.meta.dirname, '../../fixtures/scenes/night-fall.mp4');
const size = '640x480';

type Camera = AsyncDisposable & { readonly url: string };

interface CodecRow {
  readonly name: string;
  /** It is compared with this row. */
  readonly beside?: string;
  readonly seconds: number;
  /** How often it is watched anew; of a hole the median is printed. */
  readonly times: number;
  readonly start: () => Promise<Camera>;
}

/** @param length seconds of each camera. @returns the exit code: 3 where there is no gst-rtsp-server */
export async function benchCodecs(length: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-codecs-'));
  try {
    const ffmpeg = await findFfmpeg(process.env);
    const drawn = join(folder, 'drawn.mkv');
    if (hasGstCamera) await draw(ffmpeg, drawn, length + 30);
    console.log(
      `${size}, ${length} s each; ms from a picture's last packet to the picture. gst: gst-rtsp-server codes while it plays;
ours: the test camera, in aggregates (AP, STAP-A) and fragments (FU); «to»: it changes in one session, and the hole is the longest, median of ${changes}`,
    );
    console.log(`${''.padEnd(26)}${heads.map((head) => head.padStart(13)).join('')}`);
    using progress = openProgress();
    const found = new Map<string, readonly number[]>();
    const rows = [...(hasGstCamera ? theirs(drawn, length) : []), ...ours(ffmpeg, length)];
    for (const [index, row] of rows.entries()) {
      progress.report(row.name, index / rows.length);
      const cells = figures(await watched(row));
      found.set(row.name, cells);
      progress.clear();
      console.log(line(row.name, cells, 1));
      const other = found.get(row.beside ?? '');
      if (other)
        console.log(
          line(
            '  ratio',
            cells.map((one, at) => one / (other[at] ?? 1)),
            2,
          ),
        );
    }
    return hasGstCamera ? 0 : 3;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const changes = 5;

const theirs = (drawn: string, seconds: number): readonly CodecRow[] =>
  (['x264', 'x265'] as const).map((coder) => ({
    ...{ name: `gst ${coder}`, seconds, times: 1, ...(coder === 'x265' && { beside: 'gst x264' }) },
    start: () => startGstCamera(drawn, undefined, `coded:${coder}`),
  }));

function ours(ffmpeg: string, seconds: number): readonly CodecRow[] {
  const serve = (film: FilmWish, night?: FilmWish): Promise<Camera> =>
    serveManner(
      {
        ...{ name: 'codecs', report: 'derived', does: 'shows a film of its codec', comes: 'well', film },
        ...(night && { times: { night: { after: 3, sends: 10, film: night } } }),
      },
      { ffmpeg },
    );
  const [h264, h265]: FilmWish[] = [
    { codec: 'h264', size },
    { codec: 'h265', size },
  ];
  const change = { seconds: 6, times: changes };
  return [
    { name: 'ours H.264', seconds, times: 1, start: () => serve(h264!) },
    { name: 'ours H.265', beside: 'ours H.264', seconds, times: 1, start: () => serve(h265!) },
    { name: 'H.264 to another size', ...change, start: () => serve({ ...h264!, size: '480x360' }, h264!) },
    { name: 'H.264 to H.265', beside: 'H.264 to another size', ...change, start: () => serve(h264!, h265!) },
    { name: 'H.265 to H.264', beside: 'H.264 to another size', ...change, start: () => serve(h265!, h264!) },
  ];
}

async function watched({ seconds, times, start }: CodecRow): Promise<readonly WatchedCodec[]> {
  const all: WatchedCodec[] = [];
  while (all.length < times) {
    await using camera = await start();
    const task: WatchCodecTask = { url: camera.url, seconds };
    all.push(await inOwnProcess<WatchedCodec>('watch-codec.ts', task));
  }
  return all;
}

const heads = ['median', '95th', 'pictures/s', 'longest hole', 'client CPU', 'decoder CPU'];

function figures(all: readonly WatchedCodec[]): readonly number[] {
  const waits = all.flatMap((one) => one.waits);
  const middle = (read: (one: WatchedCodec) => number) => at(all.map(read), 0.5);
  return [
    ...[at(waits, 0.5), at(waits, 0.95), middle((one) => one.perSecond), middle((one) => one.longestHole)],
    ...[middle((one) => one.client), middle((one) => one.decoder)],
  ];
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

const line = (name: string, cells: readonly number[], digits: number): string =>
  `${name.padEnd(26)}${cells.map((one) => one.toFixed(digits).padStart(13)).join('')}`;

/** Drawn, of nobody: the only picture that may lie on a disk. */
async function draw(ffmpeg: string, file: string, seconds: number): Promise<void> {
  const turn = ['-stream_loop', '-1', '-i', scene, '-vf', 'scale=640:480', '-c:v', 'mjpeg', '-q:v', '2'];
  await promisify(execFile)(ffmpeg, ['-v', 'error', ...turn, '-t', String(seconds), file]);
}
