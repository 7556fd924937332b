/** Cleared pictures through the real encoder: one in, one out, a keyframe now and then, and a reason where it fails. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleared } from '@nattfrid/agent/anonymise/cleared';
import type { Packet } from '@nattfrid/agent/camera/packet';
import { decode } from '@nattfrid/agent/decode/decode';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import type { Coded } from '@nattfrid/agent/encode/coded';
import { encoder, requireEncoder } from '@nattfrid/agent/encode/encode';
import { spareEncoder } from '@nattfrid/agent/encode/spare';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { nalType, nalUnits } from '@nattfrid/agent/h264/annex-b';
import { readSps } from '@nattfrid/agent/h264/sps';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, describe, expect, it } from 'vitest';
import { childrenOf } from '../../support/children.ts';
import { openLines } from '../../support/lines.ts';

const ffmpeg = await findFfmpeg(process.env);
const folder = await mkdtemp(join(tmpdir(), 'nattfrid-encode-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const signal = new AbortController().signal;

const brightness = (number: number) => 40 + (number % 40) * 4;
/** What the anonymiser would give: only the test may say so. */
const picture = (number: number): Cleared => {
  const i420 = new Uint8Array(640 * 360 * 1.5).fill(128);
  i420.fill(brightness(number), 0, 640 * 360);
  for (let at = 0; at < 64; at++) i420[at * 641] = 255;
  return { type: 'picture', at: instant(number * 100), mode: 'silhouette', width: 640, height: 360, i420 } as Cleared;
};
async function* pictures(count: number, before: (number: number) => void | Promise<void> = () => {}) {
  for (let number = 0; number < count; number++) {
    await before(number);
    yield picture(number);
  }
}
const open = (more: Partial<Parameters<typeof encoder>[0]> = {}) => encoder({ ffmpeg, clock, log: silent, ...more });
async function all(coded: AsyncIterable<Coded>): Promise<readonly Coded[]> {
  return Array.fromAsync(coded);
}
const line = (one: Coded) => (one.type === 'coded' ? `${one.at}${one.key ? ' key' : ''}` : `${one.at} ${one.why}`);

describe('the encoder', () => {
  it('gives one for one without waiting for the next, a keyframe once a minute', async () => {
    const { stage } = open();
    const coded = stage(pictures(605), signal)[Symbol.asyncIterator]();
    const got: Coded[] = [];
    // Each is asked for alone: an encoder that held one back would never answer.
    for (let number = 0; number < 605; number++) got.push((await coded.next()).value as Coded);
    await coded.return?.();
    expect(got.map(line)).toEqual(got.map((_, number) => `${number * 100}${number % 600 === 0 ? ' key' : ''}`));
  });

  it('speaks constrained baseline, with parameter sets in front of each keyframe, and can be decoded', async () => {
    const coded = await all(open().stage(pictures(25), signal));
    const keys = coded.filter((one) => one.type === 'coded' && one.key) as Extract<Coded, { type: 'coded' }>[];
    for (const key of keys) {
      const [sps, pps] = nalUnits(key.data);
      expect([nalType(sps as Uint8Array), nalType(pps as Uint8Array)]).toEqual([7, 8]);
      expect(readSps(sps as Uint8Array)).toMatchObject({ profile: 66, width: 640, height: 360 });
      // constraint_set1_flag: constrained.
      expect((sps?.[2] ?? 0) & 0x40).toBe(0x40);
    }
    async function* packets(): AsyncGenerator<Packet> {
      for (const one of coded) if (one.type === 'coded') yield { ...one, type: 'packet', codec: 'h264' };
    }
    const seen: number[] = [];
    const stage = decode({ ffmpeg, pace: pace(), log: silent, clock, pool: openPool(silent), speed: 'max' });
    for await (const frame of stage(packets(), signal)) {
      if (frame.type === 'gap') throw new Error('A picture could not be decoded.');
      using one = frame;
      seen.push(one.y[180 * 640 + 600] as number);
    }
    expect(seen).toHaveLength(25);
    for (const [number, found] of seen.entries()) expect(Math.abs(found - brightness(number))).toBeLessThan(6);
  });

  it('passes on why there is no picture', async () => {
    async function* some(): AsyncGenerator<Cleared> {
      yield picture(0);
      yield { type: 'no-picture', at: instant(50), why: 'room-not-learnt' };
      yield picture(1);
    }
    expect((await all(open().stage(some(), signal))).map(line)).toEqual(['0 key', '50 room-not-learnt', '100']);
  });

  it('gives a keyframe when one is wanted', async () => {
    const coding = open();
    const before = (number: number) => {
      if (number === 3) coding.wantKey();
    };
    const coded = await all(coding.stage(pictures(6, before), signal));
    expect(coded.map(line)).toEqual(['0 key', '100', '200', '300 key', '400', '500']);
  });

  it('makes smaller pictures from the next one on where the link takes less, and says so in the picture itself', async () => {
    const coding = open();
    const before = (number: number) => {
      if (number === 3) coding.want({ kbits: 24, perSecond: 5, width: 320, height: 180 });
    };
    const coded = await all(coding.stage(pictures(6, before), signal));
    expect(coded.map(line)).toEqual(['0 key', '100', '200', '300 key', '400', '500']);
    const sizes = coded.flatMap((one) => {
      if (one.type !== 'coded' || !one.key) return [];
      const { width, height } = readSps(nalUnits(one.data)[0] as Uint8Array) ?? {};
      return [`${width}x${height}`];
    });
    expect(sizes).toEqual(['640x360', '320x180']);
  });

  it('lets no picture wait for a larger step: it comes when its encoder is ready, and not before', async () => {
    const moved = movedClock();
    const coding = open({ clock: moved, shape: { kbits: 40, perSecond: 7, width: 480, height: 270 } });
    const before = async (number: number) => {
      if (number === 2) coding.want({ kbits: 60, perSecond: 10, width: 640, height: 360 });
      if (number === 4) await moved.advance(seconds(1));
    };
    const coded = await all(coding.stage(pictures(7, before), signal));
    expect(coded.map(line)).toEqual(['0 key', '100', '200', '300', '400 key', '500', '600']);
  });

  it('takes the encoder that was started before the look', async () => {
    await using spare = spareEncoder({ ffmpeg, clock, log: silent }, signal);
    const shape = { kbits: 60, perSecond: 10, width: 640, height: 360 };
    spare.prepare(shape);
    const [ready] = childrenOf(process.pid, 'ffmpeg');
    const first = open({ spare, shape }).stage(pictures(2), signal)[Symbol.asyncIterator]();
    expect((await first.next()).value).toMatchObject({ type: 'coded', key: true });
    expect(childrenOf(process.pid, 'ffmpeg')).toContain(ready);
    await first.return?.();
    // Another is there for the next look.
    expect(childrenOf(process.pid, 'ffmpeg')).toHaveLength(1);
    expect(childrenOf(process.pid, 'ffmpeg')).not.toContain(ready);
  });

  it('leaves out what the link cannot take, before it is encoded', async () => {
    let turn = 0;
    const coded = await all(open({ mayEncode: () => turn++ % 2 === 0 }).stage(pictures(6), signal));
    expect(coded.map(line)).toEqual(['0 key', '200', '400']);
  });

  it('is put back on its feet when its process is killed, beginning with a keyframe', async () => {
    const before = (number: number) => {
      if (number === 4) for (const pid of childrenOf(process.pid, 'ffmpeg')) process.kill(pid, 'SIGKILL');
    };
    const coded = (await all(open().stage(pictures(8, before), signal))).map(line);
    expect(coded.slice(0, 5)).toEqual(['0 key', '100', '200', '300', '400 key']);
  });

  it('says that there is no picture where it cannot be put back, and why in the log', async () => {
    const broken = await program('broken', 'echo "no encoder today" >&2; exit 1');
    const log = openLines();
    const coded = await all(open({ ffmpeg: broken, log }).stage(pictures(3), signal));
    expect(coded.map(line)).toEqual(['0 encoder-failed', '100 encoder-failed', '200 encoder-failed']);
    expect(log.lines.some((one) => one.includes('no encoder today'))).toBe(true);
  });

  it('is asked for at the start: an ffmpeg that cannot encode is named in words', async () => {
    await requireEncoder(ffmpeg, silent, signal);
    const without = await program('without', 'echo "Codec libx264 is not recognized"');
    await expect(requireEncoder(without, silent, signal)).rejects.toMatchObject({
      code: 'program-missing',
      message: expect.stringContaining('libx264'),
    });
  });

  it('leaves no process behind', () => expect(childrenOf(process.pid, 'ffmpeg')).toEqual([]));
});

async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
