/** Pictures made into a movie for browsers without WebCodecs, read back by a real demuxer and decoder: none missing, none changed. */
import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { movieFragment, movieHeader } from '@nattfrid/console/link/fragment';
import { writePictureTime } from '@nattfrid/shared/wire/picture-time';
import { beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from './ffmpeg.ts';
import { type CodedPicture, movingPictures } from './h264.ts';

const ffmpeg = findFfmpeg();
if (!ffmpeg) console.log('SKIPPED: movies are not read back: there is no ffmpeg (NATTFRID_FFMPEG) here.');

const size = { width: 640, height: 360 };

/** A line for each picture that ffmpeg decodes: its time, and a sum of its pixels. */
async function decoded(format: 'mp4' | 'h264', bytes: Uint8Array): Promise<readonly string[]> {
  const words = `-v error -f ${format} -i pipe:0 -f framemd5 pipe:1`;
  const child = spawn(ffmpeg ?? '', words.split(' '), { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(bytes);
  const lines = (await buffer(child.stdout)).toString().split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.replaceAll(' ', ''));
}
const sums = (lines: readonly string[]) => lines.map((line) => line.split(',').at(-1));

describe.skipIf(!ffmpeg)('a movie of pictures', () => {
  let pictures: readonly CodedPicture[];
  beforeAll(async () => {
    pictures = await movingPictures(ffmpeg);
  });
  const movie = (of: readonly CodedPicture[]) => {
    const header = movieHeader(of[0]!.bytes, size);
    return Buffer.concat([header!, ...of.map((one, number) => movieFragment(one.bytes, number, 60))]);
  };

  it('holds every picture as it was', async () => {
    const plain = Buffer.concat(pictures.map((one) => one.bytes));
    expect(sums(await decoded('mp4', movie(pictures)))).toEqual(sums(await decoded('h264', plain)));
  });

  it('and none is changed by the time that it says it was taken at', async () => {
    const timed = pictures.map((one) => ({ ...one, bytes: writePictureTime(one.bytes, 1_790_000_000_000) }));
    expect(sums(await decoded('mp4', movie(timed)))).toEqual(sums(await decoded('mp4', movie(pictures))));
  });

  it('is as long as its pictures are', async () => {
    const lines = await decoded('mp4', movie(pictures));
    expect(lines).toHaveLength(pictures.length);
  });

  it('cannot begin with a picture that needs another', () =>
    expect(movieHeader(pictures.find((one) => one.kind === 'delta')!.bytes, size)).toBeUndefined());
});
