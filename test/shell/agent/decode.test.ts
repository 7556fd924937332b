/** Recordings through the real decoder: the right pictures, at the right times, whatever happens on the way. */
import { copyFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Packet } from '@nattfrid/agent/camera/packet';
import { type ReplayOptions, replayCamera } from '@nattfrid/agent/camera/replay';
import { decode } from '@nattfrid/agent/decode/decode';
import type { Frame } from '@nattfrid/agent/decode/frame';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import type { Gap } from '@nattfrid/shared/domain/observation';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { afterAll, describe, expect, it } from 'vitest';
import { numberOf, openClipFolder } from '../../support/counted-clip.ts';
import { decodersOf } from '../../support/processes.ts';

const clips = await openClipFolder();
afterAll(() => clips[Symbol.asyncDispose]());
const ffmpeg = await findFfmpeg(process.env);
const plain = await clips.draw();
const still = AbortSignal.any([]);

interface Seen {
  readonly at: number;
  readonly number: number;
  readonly width: number;
  readonly height: number;
}

/** @param change what happens to the packets on the way. */
async function decoded(
  source: AsyncIterable<Packet | Gap>,
  perSecond = 60,
  isSeen: (taken: number) => boolean = () => false,
) {
  const pool = openPool(silent);
  const seen: Seen[] = [];
  const gaps: Gap[] = [];
  const pixels: Uint8Array[] = [];
  const stage = decode({ ffmpeg, pace: pace(perSecond), log: silent, clock, pool, isSeen, speed: 'max' });
  for await (const one of stage(source, still)) {
    if (one.type === 'gap') gaps.push(one);
    else {
      using frame: Frame = one;
      pixels.push(frame.y.slice());
      seen.push({ at: frame.at, number: numberOf(frame), width: frame.width, height: frame.height });
    }
  }
  expect({ out: pool.out, mistakes: pool.mistakes }).toEqual({ out: 0, mistakes: 0 });
  return { seen, gaps, pixels };
}
/** Compared as blocks: to compare them number by number takes vitest seconds. */
const same = (a: Uint8Array | undefined, b: Uint8Array | undefined) => a && b && Buffer.compare(a, b) === 0;
const play = (file: string, more: Partial<ReplayOptions> = {}) =>
  replayCamera({ file, clock, start: instant(0), speed: 'max', ffmpeg, ...more }).open(still);
async function* changed(source: AsyncIterable<Packet>, change: (packet: Packet, index: number) => Packet) {
  let index = 0;
  for await (const packet of source) yield change(packet, index++);
}

describe('a decoded recording', () => {
  for (const [name, wish, picture] of [
    ['as it is', {}, { width: 320, height: 240 }],
    [
      'with pictures out of order',
      { coding: ['-c:v', 'libx264', '-bf', '3', '-crf', '10'] },
      { width: 320, height: 240 },
    ],
    ['in another coding', { name: 'other.avi', coding: ['-c:v', 'mjpeg', '-q:v', '2'] }, { width: 320, height: 240 }],
    ['of a large camera', { size: '1280x720' }, { width: 640, height: 360 }],
    ['of a square camera', { size: '800x800' }, { width: 480, height: 480 }],
    ['of a camera that stands on end', { size: '360x640' }, { width: 270, height: 480 }],
  ] as const)
    it(`shows each picture once, at its time, at most 640 x 480: ${name}`, async () => {
      const { seen, gaps } = await decoded(play(await clips.draw(wish)));
      expect(gaps).toEqual([]);
      expect(seen.map((one) => one.number)).toEqual(Array.from({ length: 60 }, (_, index) => index));
      for (const one of seen) {
        expect(Math.abs(one.at - one.number * 50)).toBeLessThanOrEqual(50);
        expect(one).toMatchObject(picture);
      }
    });

  it('is looked at ten times a second, the same each time', async () => {
    const once = await decoded(play(plain), 10);
    expect(once.seen.map((one) => one.number)).toEqual(Array.from({ length: 30 }, (_, index) => index * 2));
    const again = await decoded(play(plain), 10);
    expect(again.seen).toEqual(once.seen);
    expect(again.pixels.every((one, index) => same(one, once.pixels[index]))).toBe(true);
  });

  it('gives the very next picture to somebody who begins to look, and then keeps its pace from there', async () => {
    const { seen } = await decoded(play(plain), 10, (taken) => taken >= 1120 && taken < 2000);
    const at = seen.map((one) => one.at);
    expect(at.slice(0, 17)).toEqual([
      0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1150, 1250, 1350, 1450, 1550,
    ]);
    expect(at.at(-1)).toBe(2950);
  });

  it('is held at its last picture, pixel by pixel', async () => {
    const { seen, pixels } = await decoded(play(plain, { holdSeconds: 2 }), 10);
    expect(seen).toHaveLength(50);
    for (const [index, one] of seen.slice(30).entries()) {
      expect(one.at).toBe(2950 + (index + 1) * 100);
      expect(same(pixels[30 + index], pixels[29])).toBe(true);
    }
  });

  it('goes on without a seam where it is looped', async () => {
    const stop = new AbortController();
    const seen: Seen[] = [];
    const source = replayCamera({ file: plain, clock, start: instant(0), speed: 'max', loop: true }).open(stop.signal);
    const stage = decode({ ffmpeg, pace: pace(60), log: silent, clock, pool: openPool(silent), speed: 'max' });
    for await (const one of stage(source, stop.signal)) {
      if (one.type === 'gap') continue;
      using frame = one;
      seen.push({ at: frame.at, number: numberOf(frame), width: frame.width, height: frame.height });
      if (seen.length === 150) stop.abort();
    }
    expect(seen.map((one) => one.at)).toEqual(seen.map((_, index) => index * 50));
    expect(seen.map((one) => one.number)).toEqual(seen.map((_, index) => index % 60));
  });

  it('keeps its times where packets are damaged, and says what was not seen', async () => {
    const damage = (packet: Packet, index: number) =>
      index === 24 || index === 33
        ? { ...packet, data: packet.data.map((byte, at) => (at < 5 ? byte : (at * 73 + 5) & 255)) }
        : packet;
    const { seen, gaps } = await decoded(changed(play(plain), damage));
    for (const one of seen) expect(one.at).toBe(one.number * 50);
    expect(gaps.length).toBeGreaterThan(0);
    expect(new Set(gaps.map((one) => one.why))).toEqual(new Set(['corrupt']));
    expect(seen.length + gaps.length).toBe(60);
    expect(seen.filter((one) => one.number >= 40)).toHaveLength(20);
  });

  it('goes on with the next keyframe where the camera changes its size', async () => {
    const other = await clips.draw({ size: '640x480' });
    async function* both() {
      yield* play(plain);
      yield* play(other, { start: instant(3000) });
    }
    const { seen, gaps } = await decoded(both());
    expect(gaps).toEqual([]);
    expect(seen.map((one) => one.width)).toEqual([...Array(60).fill(320), ...Array(60).fill(640)]);
    expect(seen.map((one) => one.at)).toEqual(seen.map((_, index) => index * 50));
  });

  it('stands ready with a new decoder while the camera is away', async () => {
    const packets: Packet[] = [];
    for await (const one of play(plain)) packets.push(one);
    let standing: readonly number[] = [];
    const source = async function* (): AsyncGenerator<Packet | Gap> {
      yield* packets;
      const { at } = packets.at(-1)!;
      yield { type: 'gap', from: at, at, why: 'camera-lost' };
      standing = decodersOf(process.pid);
      yield* packets;
    };
    const { seen } = await decoded(source());
    expect(standing).toHaveLength(1);
    expect(seen).toHaveLength(2 * packets.length);
    expect(decodersOf(process.pid)).toEqual([]);
  });

  it('passes on in its place that nobody looked', async () => {
    const gap: Gap = { type: 'gap', from: instant(500), at: instant(900), why: 'camera-lost' };
    async function* source() {
      for await (const packet of play(plain)) {
        if (packet.at === 1000) yield gap;
        if (packet.at < 500 || packet.at >= 1000) yield packet;
      }
    }
    const { seen, gaps } = await decoded(source());
    expect(gaps).toEqual([gap]);
    expect(seen.map((one) => one.number)).toEqual([...Array(60).keys()].filter((n) => n < 10 || n >= 20));
  });
});

describe('a recording that is none', () => {
  const place = (name: string) => join(clips.path, name);
  for (const [name, make, code, words] of [
    ['is missing', async () => place('nowhere.mp4'), 'file-missing', 'nowhere.mp4'],
    ['is a folder', async () => clips.path, 'file-unreadable', 'not a file'],
    ['is empty', () => written('empty.mp4', ''), 'file-unreadable', 'empty'],
    ['is a text', () => written('letter.mp4', 'Dear camera, how are you?\n'.repeat(200)), 'file-unreadable', 'broken'],
    [
      'is rubbish',
      () =>
        written(
          'rubbish.mp4',
          Uint8Array.from({ length: 9000 }, (_, at) => (at * at * 7) & 255),
        ),
      'file-unreadable',
      'broken',
    ],
    ['is cut off', () => cut('cut.mp4'), 'file-unreadable', 'broken'],
    ['holds sound only', () => sound('sound.wav'), 'camera-not-video', 'no video'],
  ] as readonly (readonly [string, () => Promise<string>, string, string])[])
    it(`is told in one clear line: it ${name}`, async () => {
      const file = await make();
      const taking = async () => {
        for await (const _ of play(file));
      };
      await expect(taking()).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    });

  async function written(name: string, content: string | Uint8Array) {
    await writeFile(place(name), content);
    return place(name);
  }
  async function cut(name: string) {
    await copyFile(plain, place(name));
    await truncate(place(name), 4000);
    return place(name);
  }
  /** One second of silence, 8000 samples of 8 bits (RIFF WAVE). */
  const sound = (name: string) =>
    written(
      name,
      Buffer.concat([
        Buffer.from(
          '524946460000000057415645666d7420100000000100010040 1f0000401f00000100080064617461401f0000'.replace(' ', ''),
          'hex',
        ),
        Buffer.alloc(8000, 128),
      ]),
    );
});

describe('the pool', () => {
  it('takes each frame back once, counts a second time, and leaves no pixels behind', () => {
    const pool = openPool(silent);
    const frame = pool.lend(4, 4, instant(0));
    expect([frame.y.length, frame.u.length, frame.v.length, pool.out]).toEqual([16, 4, 4, 1]);
    frame[Symbol.dispose]();
    expect([frame.y.length, pool.out, pool.mistakes]).toEqual([0, 0, 0]);
    frame[Symbol.dispose]();
    expect([pool.out, pool.mistakes]).toEqual([0, 1]);
  });
});
