/** Films for the test camera, drawn and coded by ffmpeg in memory: the brightness of each picture is even and tells its number, so that whoever sees it knows whether it is whole. */
import { openNut } from '@nattfrid/agent/ffmpeg/nut';
import { startFfmpeg } from '@nattfrid/agent/ffmpeg/process';
import { nalUnits } from '@nattfrid/agent/h264/annex-b';
import { silent } from '@nattfrid/shared/log/logger';
import type { FilmWish } from './film-wish.ts';

export interface CodedPicture {
  readonly key: boolean;
  /** Place in the order in which pictures are shown. */
  readonly shown: number;
  /** NAL units without parameter sets, or the JPEG file. */
  readonly units: readonly Uint8Array[];
}

export interface CodedFilm {
  readonly wish: FilmWish;
  readonly perSecond: number;
  readonly pictures: readonly CodedPicture[];
  readonly sets: readonly Uint8Array[];
}

const drawn = new Map<string, Promise<CodedFilm>>();

/** Each kind is drawn once in a process. @throws Fault `program-missing` */
export function drawFilm(wish: FilmWish, ffmpeg: string): Promise<CodedFilm> {
  const key = JSON.stringify(wish);
  const found = drawn.get(key) ?? draw(wish, ffmpeg);
  drawn.set(key, found);
  return found;
}

/** Far apart, so that a part of another picture is seen at once; the colours are noise, so that pictures take several packets. */
const brightness = 'mod(N*37\\,190)+30';

async function draw(wish: FilmWish, ffmpeg: string): Promise<CodedFilm> {
  const { codec = 'h264', perSecond = 10, pictures = 40, size = '320x240' } = wish;
  const source = [
    `nullsrc=s=40x30:r=${perSecond},format=yuv444p,geq=lum=${brightness}:cb=random(1)*180+30:cr=random(2)*180+30`,
    `scale=${size}:flags=neighbor,setsar=1,format=${codec === 'mjpeg' ? 'yuvj420p' : 'yuv420p'}`,
  ].join();
  const args = ['-f', 'lavfi', '-i', source, '-frames:v', `${pictures}`, ...encoders[codec](wish, perSecond)];
  const done = new AbortController();
  await using child = startFfmpeg(
    { ffmpeg, args: [...args, '-f', 'nut', 'pipe:1'], what: 'film', log: silent },
    done.signal,
  );
  child.finish();
  const nut = await openNut(child.output);
  const sets =
    codec === 'mjpeg' ? [] : nalUnits(nut?.stream.codecData ?? new Uint8Array(0)).filter((unit) => isSet(unit, codec));
  const found: CodedPicture[] = [];
  for (let frame = await nut?.next(); frame; frame = await nut?.next()) {
    const data = frame.data.slice();
    const units =
      codec === 'mjpeg'
        ? [data]
        : nalUnits(data).filter((unit) => !isSet(unit, codec) && !isDelimiter(unit, codec) && !isComment(unit, codec));
    found.push({ key: frame.key, shown: Math.round((frame.time * perSecond) / 1000), units });
  }
  if (found.length < pictures) throw new Error(`A film came out too short: ${JSON.stringify(wish)}`);
  const first = Math.min(...found.map((one) => one.shown));
  return { wish, perSecond, sets, pictures: found.map((one) => ({ ...one, shown: one.shown - first })) };
}

const encoders: Readonly<Record<'h264' | 'h265' | 'mjpeg', (wish: FilmWish, perSecond: number) => readonly string[]>> =
  {
    h264: ({ keyEvery, bPictures = 0, slices = 1, keys = 'idr', coding = [] }, perSecond) => {
      const every = keyEvery ?? perSecond;
      const more = { idr: '', open: ':open-gop=1', refresh: ':intra-refresh=1' }[keys];
      return [
        ...[
          '-c:v',
          'libx264',
          '-preset',
          'veryfast',
          '-profile:v',
          'main',
          '-crf',
          '26',
          '-threads',
          '1',
          '-bf',
          `${bPictures}`,
        ],
        ...[
          '-x264-params',
          `keyint=${every}:min-keyint=${every}:scenecut=0:slices=${slices}:b-adapt=0:rc-lookahead=5:weightp=0${more}`,
        ],
        ...coding,
      ];
    },
    h265: ({ keyEvery, bPictures = 0, slices = 1, keys = 'idr', coding = [] }, perSecond) => {
      const every = keyEvery ?? perSecond;
      const params = `log-level=none:keyint=${every}:min-keyint=${every}:scenecut=0:bframes=${bPictures}:b-adapt=0:slices=${slices}:open-gop=${keys === 'open' ? 1 : 0}:pools=1:frame-threads=1:repeat-headers=0`;
      return ['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '28', '-x265-params', params, ...coding];
    },
    mjpeg: ({ coding = [] }) => ['-c:v', 'mjpeg', '-huffman', 'default', '-q:v', '6', '-threads', '1', ...coding],
  };

const typeOf = (unit: Uint8Array, codec: 'h264' | 'h265'): number =>
  codec === 'h264' ? (unit[0] ?? 0) & 31 : ((unit[0] ?? 0) >> 1) & 63;
const isSet = (unit: Uint8Array, codec: 'h264' | 'h265'): boolean =>
  (codec === 'h264' ? [7, 8] : [32, 33, 34]).includes(typeOf(unit, codec));
const isDelimiter = (unit: Uint8Array, codec: 'h264' | 'h265'): boolean =>
  typeOf(unit, codec) === (codec === 'h264' ? 9 : 35);
/** The encoder's advertisement of itself. */
const isComment = (unit: Uint8Array, codec: 'h264' | 'h265'): boolean =>
  typeOf(unit, codec) === (codec === 'h264' ? 6 : 39) && unit[codec === 'h264' ? 1 : 2] === 5;
