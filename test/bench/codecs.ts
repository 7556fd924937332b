/** Prints what H.265 costs beside H.264: from a picture's last packet to the picture, in the decoder alone, the hole where a camera changes its codec, and the processor time. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { openProgress } from '@nattfrid/simulator/progress';
import { hasGstCamera, startGstCamera } from '@nattfrid/stand-ins/gst-camera/gst-camera';
import type { FilmWish } from '@nattfrid/stand-ins/test-camera/manners/film-wish';
import { serveManner } from '@nattfrid/stand-ins/test-camera/manners/serve';
import { type DecodedAlone, decodeInTurns } from './codecs/decoder-alone.ts';
import { inOwnProcess } from './own-process.ts';
import type { WatchCodecTask, WatchedCodec } from './watch-codec.ts';

const scene = join(import.meta.dirname, '../../fixtures/scenes/night-fall.mp4');
const size = '640x480';

type Camera = AsyncDisposable & { readonly url: string };

interface CodecRow {
  readonly name: string;
  /** It is compared with this row. */
  readonly beside?: string;
  readonly start: () => Promise<Camera>;
}

/** Watched at the same time, so that whatever else the machine does costs all of them the same. */
interface Group {
  readonly seconds: number;
  /** How often they are watched anew; of a hole the median is printed. */
  readonly times: number;
  readonly rows: readonly CodecRow[];
}

/** @param length seconds of each camera. @returns the exit code: 3 where there is no gst-rtsp-server */
export async function benchCodecs(length: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-codecs-'));
  try {
    const ffmpeg = await findFfmpeg(process.env);
    const drawn = join(folder, 'drawn.mkv');
    if (hasGstCamera) await draw(ffmpeg, drawn, length + 30);
    console.log(
      `${size}, ${length} s each, those of a group at the same time; ms from a picture's last packet to the picture. gst: gst-rtsp-server codes while it
plays; ours: the test camera, in aggregates (AP, STAP-A) and fragments (FU); «to»: it changes in one session, and the hole is the longest, median of ${changes}`,
    );
    using progress = openProgress();
    progress.report('the decoder alone');
    const alone = await decodeInTurns(ffmpeg, size, length);
    progress.clear();
    printAlone(alone);
    console.log(`\n${''.padEnd(26)}${heads.map((head) => head.padStart(13)).join('')}`);
    const groups = [...(hasGstCamera ? [theirs(drawn, length)] : []), ...ours(ffmpeg, length)];
    for (const [index, group] of groups.entries()) {
      progress.report(group.rows.map(({ name }) => name).join(', '), index / groups.length);
      const found = await watched(group);
      progress.clear();
      for (const { name, beside } of group.rows) {
        const cells = found.get(name) ?? [];
        console.log(line(name, cells, 1));
        const other = found.get(beside ?? '');
        if (other)
          console.log(
            line(
              '  ratio',
              cells.map((one, at) => one / (other[at] ?? 1)),
              2,
            ),
          );
      }
    }
    return hasGstCamera ? 0 : 3;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const changes = 5;

const theirs = (drawn: string, seconds: number): Group => ({
  ...{ seconds, times: 1 },
  rows: (['x264', 'x265'] as const).map((coder) => ({
    ...{ name: `gst ${coder}`, ...(coder === 'x265' && { beside: 'gst x264' }) },
    start: () => startGstCamera(drawn, undefined, `coded:${coder}`),
  })),
});

function ours(ffmpeg: string, seconds: number): readonly Group[] {
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
  return [
    {
      ...{ seconds, times: 1 },
      rows: [
        { name: 'ours H.264', start: () => serve(h264!) },
        { name: 'ours H.265', beside: 'ours H.264', start: () => serve(h265!) },
      ],
    },
    {
      ...{ seconds: 6, times: changes },
      rows: [
        { name: 'H.264 to another size', start: () => serve({ ...h264!, size: '480x360' }, h264!) },
        { name: 'H.264 to H.265', beside: 'H.264 to another size', start: () => serve(h264!, h265!) },
        { name: 'H.265 to H.264', beside: 'H.264 to another size', start: () => serve(h265!, h264!) },
      ],
    },
  ];
}

/** The pictures of one fall between those of the other. */
const apart = milliseconds(130);

async function watched({ seconds, times, rows }: Group): Promise<ReadonlyMap<string, readonly number[]>> {
  const all = new Map<string, WatchedCodec[]>(rows.map(({ name }) => [name, []]));
  for (let time = 0; time < times; time++)
    await Promise.all(
      rows.map(async ({ name, start }, index) => {
        await systemClock.sleep(milliseconds(index * apart));
        await using camera = await start();
        const task: WatchCodecTask = { url: camera.url, seconds };
        all.get(name)?.push(await inOwnProcess<WatchedCodec>('watch-codec.ts', task));
      }),
    );
  return new Map([...all].map(([name, found]) => [name, figures(found)]));
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

function printAlone(found: readonly DecodedAlone[]): void {
  console.log(
    `\nThe decoder alone, one picture of each in turns${''.padEnd(9)}${['first quarter', 'median'].map((one) => one.padStart(15)).join('')}`,
  );
  const cells = found.map(({ waits }) => [at(waits, 0.25), at(waits, 0.5)]);
  for (const [index, { codec, bytes }] of found.entries())
    console.log(
      `  ${`${codec}, ${bytes.toFixed(0)} bytes a picture`.padEnd(54)}${(cells[index] ?? []).map((one) => one.toFixed(2).padStart(15)).join('')}`,
    );
  const [one = [], other = []] = cells;
  console.log(
    `  ${'ratio'.padEnd(54)}${other.map((cell, index) => (cell / (one[index] ?? 1)).toFixed(2).padStart(15)).join('')}`,
  );
}

const line = (name: string, cells: readonly number[], digits: number): string =>
  `${name.padEnd(26)}${cells.map((one) => one.toFixed(digits).padStart(13)).join('')}`;

/** Drawn, of nobody: the only picture that may lie on a disk. */
async function draw(ffmpeg: string, file: string, seconds: number): Promise<void> {
  const turn = ['-stream_loop', '-1', '-i', scene, '-vf', 'scale=640:480', '-c:v', 'mjpeg', '-q:v', '2'];
  await promisify(execFile)(ffmpeg, ['-v', 'error', ...turn, '-t', String(seconds), file]);
}
