/** The decoder for browsers without WebCodecs, over real coded pictures; what a browser has and Node has not is stood in for. */
import { silhouetteCoding } from '@nattfrid/shared/seal/seal-look';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSlowDecoders } from '../../../relay/console/src/link/decode-slowly.ts';
import { findFfmpeg } from '../../support/ffmpeg.ts';
import { type CodedPicture, movingPictures } from '../../support/h264-stream.ts';

const ffmpeg = findFfmpeg();
if (!ffmpeg) console.log('SKIPPED: no picture is decoded the slow way: there is no ffmpeg (NATTFRID_FFMPEG) here.');

describe.skipIf(!ffmpeg)('decoded the slow way', () => {
  const made: (readonly CodedPicture[])[] = [];
  beforeAll(async () => {
    for (const size of ['640x360', '320x180']) made.push(await movingPictures(ffmpeg, size));
    vi.stubGlobal('self', { location: { href: 'http://console.example/picture-worker.js' } });
  });
  afterAll(() => void vi.unstubAllGlobals());

  async function open() {
    const seen: [taken: number | undefined, width: number, height: number][] = [];
    const decoders = await openSlowDecoders(async (_, width, height) => ({ width, height, close: () => {} }));
    const decoding = decoders!(silhouetteCoding, {
      show: ({ width, height }, taken) => seen.push([taken, width, height]),
      failed: () => {},
    });
    /** Each is on the screen before the next one comes. */
    const take = async ({ kind, bytes }: CodedPicture, taken: number) => {
      const took = decoding.take(kind, bytes, taken);
      await new Promise((resolve) => setImmediate(resolve));
      return took;
    };
    return { seen, take, [Symbol.dispose]: decoding.close };
  }

  it('every picture is shown once, in its own size, also when the unit goes over to a smaller one and back', async () => {
    using decoder = await open();
    const { seen, take } = decoder;
    const [large, small] = made as [readonly CodedPicture[], readonly CodedPicture[]];
    const all = [...large.slice(0, 5), ...small.slice(0, 5), ...large.slice(10, 15)];
    for (const [number, picture] of all.entries()) expect(await take(picture, number)).toBe(true);
    expect(seen).toEqual(
      all.map((_, number) => (number >= 5 && number < 10 ? [number, 320, 180] : [number, 640, 360])),
    );
  });

  it('nothing is shown before the first keyframe, nor after one that cannot be read, until the next', async () => {
    using decoder = await open();
    const { seen, take } = decoder;
    const [pictures, small] = made as [readonly CodedPicture[], readonly CodedPicture[]];
    const spoilt = { kind: 'delta', bytes: new Uint8Array([0, 0, 0, 1, 0x41, 0xff]) } as const;
    const given = [pictures[3]!, pictures[0]!, spoilt, pictures[2]!, small[10]!, small[11]!, small[20]!];
    const took: boolean[] = [];
    for (const [number, picture] of given.entries()) took.push(await take(picture, number));
    expect(took).toEqual([false, true, false, false, true, true, true]);
    expect(seen).toEqual([[1, 640, 360], ...[4, 5, 6].map((taken) => [taken, 320, 180])]);
    decoder[Symbol.dispose]();
    expect(await take(pictures[20]!, 9)).toBe(false);
  });

  it('where no WebAssembly runs there is none, and nothing is fetched for it', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(await openSlowDecoders(async () => ({ close: () => {} }))).toBeUndefined();
  });
});
