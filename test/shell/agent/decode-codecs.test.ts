/** Every codec that cameras send, through the real decoder, packet by packet: the right picture at its time, and at once. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Packet } from '@nattfrid/agent/camera/packet';
import { decode } from '@nattfrid/agent/decode/decode';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import type { Gap } from '@nattfrid/shared/domain/observation';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { afterAll, describe, expect, it } from 'vitest';
import { packetsOf } from '../../support/coded-packets.ts';
import { numberOf, openClipFolder } from '../../support/counted-clip.ts';

const clips = await openClipFolder();
afterAll(() => clips[Symbol.asyncDispose]());
const ffmpeg = await findFfmpeg(process.env);
const still = AbortSignal.any([]);
const began = 1_000_000;
const x264 = (...more: readonly string[]) => ['-c:v', 'libx264', '-preset', 'fast', '-crf', '10', '-g', '20', ...more];
const x265 = (...more: readonly string[]) => [
  '-c:v',
  'libx265',
  '-preset',
  'ultrafast',
  '-crf',
  '8',
  '-g',
  '20',
  '-x265-params',
  ['log-level=none', ...more].join(':'),
];
const jpeg = ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p'];

async function* paced(packets: readonly Packet[], apart: number): AsyncGenerator<Packet> {
  for (const packet of packets) {
    yield packet;
    if (apart > 0) await clock.sleep(milliseconds(apart));
  }
}

async function decoded(packets: readonly Packet[], { apart = 0, perSecond = 60 } = {}) {
  const pool = openPool(silent);
  const seen: { readonly at: number; readonly number: number }[] = [];
  const gaps: Gap[] = [];
  const speed = apart > 0 ? 'life' : 'max';
  const stage = decode({ ffmpeg, pace: pace(perSecond), log: silent, clock, pool, speed });
  for await (const one of stage(paced(packets, apart), still)) {
    if (one.type === 'gap') gaps.push(one);
    else {
      using frame = one;
      seen.push({ at: frame.at - began, number: numberOf(frame) });
    }
  }
  expect({ out: pool.out, mistakes: pool.mistakes }).toEqual({ out: 0, mistakes: 0 });
  return { seen, gaps };
}
const all = Array.from({ length: 60 }, (_, index) => ({ at: index * 50, number: index }));

describe('a camera’s packets', () => {
  for (const [name, codec, coding] of [
    ['of H.264', 'h264', x264('-bf', '0')],
    ['of H.264 with two B pictures', 'h264', x264('-bf', '2', '-b_strategy', '0')],
    [
      'of H.264 with three, which refer to each other',
      'h264',
      x264('-bf', '3', '-b_strategy', '0', '-x264-params', 'b-pyramid=normal'),
    ],
    ['of H.265', 'h265', x265('bframes=0')],
    ['of H.265 with B pictures', 'h265', x265('bframes=3', 'b-adapt=0', 'open-gop=0')],
    ['of MJPEG', 'mjpeg', jpeg],
  ] as const)
    it(`${name} are shown each once, in their turn and at their time`, async () => {
      const file = await clips.draw({ coding, name: `${name.replaceAll(/\W/g, '')}.mkv` });
      const { seen, gaps } = await decoded(await packetsOf(file, codec, began));
      expect(gaps).toEqual([]);
      expect(seen).toEqual(all);
    });

  it('that come before their turn are looked at ten times a second too', async () => {
    const file = await clips.draw({ coding: x264('-bf', '2', '-b_strategy', '0'), name: 'tens.mkv' });
    const { seen } = await decoded(await packetsOf(file, 'h264', began), { perSecond: 10 });
    const later = seen.filter(({ at }) => at >= 500);
    for (const { at, number } of seen) expect(at).toBe(number * 50);
    expect(later.length).toBeGreaterThanOrEqual(24);
    expect(later.length).toBeLessThanOrEqual(27);
  });

  it('change from H.265 by day to H.264 by night, and to MJPEG: each goes on with the next picture', async () => {
    const draw = async (coding: readonly string[], codec: Packet['codec'], from: number) =>
      packetsOf(await clips.draw({ coding, name: `change-${codec}.mkv`, pictures: 20 }), codec, began + from);
    const day = await draw(x265('bframes=0'), 'h265', 0);
    const night = await draw(x264('-bf', '0'), 'h264', 1000);
    const old = await draw(jpeg, 'mjpeg', 2000);
    const { seen, gaps } = await decoded([...day, ...night, ...old]);
    expect(gaps).toEqual([]);
    expect(seen.map(({ at }) => at)).toEqual(Array.from({ length: 60 }, (_, index) => index * 50));
    expect(seen.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, index) => index % 20));
  });
});

describe('a damage that lasts', () => {
  it('is never shown: not one invented picture, however often the decoder says the same', {
    timeout: 60_000,
  }, async () => {
    const file = join(clips.path, 'busy.mkv');
    const source = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=640x480:r=20:d=3', '-pix_fmt', 'yuv420p'];
    await promisify(execFile)(ffmpeg, [...source, ...x264('-bf', '0', '-g', '10'), file]);
    const packets = await packetsOf(file, 'h264', began);
    const spoilt = packets.map((packet, index) => {
      if (packet.key || index < 10) return packet;
      const data = packet.data.slice();
      // In the middle of what is coded, and no start code comes of it.
      for (let at = 30; at < data.length - 4; at += 11) data[at] = data[at]! ^ 0x5a;
      return { ...packet, data };
    });
    const { seen, gaps } = await decoded(spoilt, { apart: 50 });
    const invented = seen.filter(({ at }) => at >= 500 && at % 500 !== 0);
    expect(invented.length).toBeLessThanOrEqual(2);
    expect(gaps.filter(({ why }) => why === 'corrupt').length).toBeGreaterThan(30);
  });
});
