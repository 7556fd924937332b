/** A camera that has other viewers: whoever watches it loses nothing when the unit comes and goes. */
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { hasGstCamera, startGstCamera } from '@nattfrid/stand-ins/gst-camera/gst-camera';
import { afterAll, describe, expect, it } from 'vitest';
import { openClipFolder } from '../../support/counted-clip.ts';
import { watchCamera } from '../../support/watch-camera.ts';

const clips = await openClipFolder();
afterAll(() => clips[Symbol.asyncDispose]());

describe.skipIf(!hasGstCamera)('another viewer of the same camera', () => {
  it('loses no picture when the unit begins to watch, and goes away again', async () => {
    const file = await clips.draw({ coding: ['-c:v', 'libx264', '-g', '1', '-crf', '10'] });
    await using camera = await startGstCamera(file, undefined, 'shared');
    const stop = new AbortController();
    const times: number[] = [];
    /** Each picture of the clip is another: none comes twice, unless time ran back. */
    const seen = new Set<string>();
    let units: Promise<unknown> | undefined;
    for await (const packet of rtspCamera({ url: camera.url, clock }).open(stop.signal)) {
      times.push(packet.at);
      seen.add(Buffer.from(packet.data).toString('base64'));
      if (times.length === 10) units = comesAndGoes(camera.url);
      if (times.length === 45) stop.abort();
    }
    expect(await units).toEqual([5, 5]);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(seen.size).toBe(45);
    expect(Math.max(...gaps)).toBeLessThan(100);
  });
});

/** The unit, twice. */
async function comesAndGoes(url: string): Promise<readonly unknown[]> {
  const first = await watchCamera(url, 5);
  await clock.sleep(milliseconds(100));
  return [first, await watchCamera(url, 5)];
}
