/** B pictures of a real encoder, from a camera that others have written: dated as they were taken, though they come out of order. */
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import { hasGstCamera, startGstCamera } from '@nattfrid/stand-ins/gst-camera/gst-camera';
import { afterAll, describe, expect, it } from 'vitest';
import { openClipFolder } from '../../support/counted-clip.ts';

const clips = await openClipFolder();
afterAll(() => clips[Symbol.asyncDispose]());
const x264 = ['-c:v', 'libx264', '-crf', '10', '-sc_threshold', '0'];

/** Takes so many packets. @returns when each was taken, how old it was as it came, and what the technician is told */
async function packetsOf(file: string, many: number) {
  await using camera = await startGstCamera(file);
  const stop = new AbortController();
  const advised: CameraAdvice[] = [];
  const found: { readonly at: number; readonly age: number }[] = [];
  const options = {
    url: camera.url,
    clock,
    log: silent,
    advised: (all: readonly CameraAdvice[]) => void advised.push(...all),
  };
  for await (const packet of rtspCamera(options).open(stop.signal)) {
    found.push({ at: packet.at, age: clock.now() - packet.at });
    if (found.length === many) stop.abort();
  }
  return { found, advised };
}

describe.skipIf(!hasGstCamera)('a camera with B pictures', { timeout: 60_000 }, () => {
  for (const [name, more, most] of [
    ['two in a row', ['-bf', '2', '-b_strategy', '0', '-g', '20'], 2],
    ['three, in a pyramid', ['-bf', '3', '-b_strategy', '0', '-b-pyramid', 'normal', '-g', '20'], 3],
  ] as const)
    it(`${name}: each as far from the next as it was filmed, none in the future, none older than it can be`, async () => {
      const file = await clips.draw({ coding: [...x264, ...more], perSecond: 20, pictures: 60 });
      const { found, advised } = await packetsOf(file, 48);
      const steps = found.slice(1).map(({ at }, index) => at - found[index]!.at);
      expect(Math.min(...steps)).toBeLessThan(0);
      // The server sends the first ones ahead of their time, and it takes a second to know by how much; the last ones may be shown after some that have not come.
      const shown = found
        .map(({ at }) => at)
        .sort((one, other) => one - other)
        .slice(24, -most - 1);
      const spaces = shown.slice(1).map((at, index) => at - shown[index]!);
      expect(Math.min(...spaces)).toBeGreaterThan(25);
      expect(Math.max(...spaces)).toBeLessThan(75);
      expect((shown.at(-1)! - shown[0]!) / spaces.length).toBeCloseTo(50, -1);
      expect(Math.min(...found.map(({ age }) => age))).toBeGreaterThanOrEqual(0);
      // They are held back for as long as the anchor is ahead, and no more.
      expect(Math.max(...found.slice(24).map(({ age }) => age))).toBeLessThan((most + 1) * 50 + 150);
      expect(advised).toEqual([]);
    });

  it('at two pictures a second: their age is told truly, and the technician what to set', async () => {
    const file = await clips.draw({
      coding: [...x264, '-bf', '2', '-b_strategy', '0', '-g', '6'],
      perSecond: 2,
      pictures: 30,
    });
    const { found, advised } = await packetsOf(file, 14);
    expect(Math.max(...found.map(({ age }) => age))).toBeGreaterThan(900);
    expect(Math.min(...found.map(({ age }) => age))).toBeGreaterThanOrEqual(0);
    expect(advised).toEqual(['b-pictures']);
  });
});
