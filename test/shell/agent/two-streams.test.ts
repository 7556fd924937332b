/** A camera with two streams, real ones: the large one is fetched while it is wanted, decoded, and closed again. */
import { keepCamera } from '@nattfrid/agent/camera/keep-camera';
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { withLargeStream } from '@nattfrid/agent/camera/with-large-stream';
import { decode } from '@nattfrid/agent/decode/decode';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { makeGate } from '@nattfrid/agent/look/gate';
import { noLamp } from '@nattfrid/agent/look/lamp';
import type { OpenLook } from '@nattfrid/agent/look/open-look';
import { wantsLarge } from '@nattfrid/agent/look/wants-large';
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import { startTestCamera } from '@nattfrid/stand-ins/test-camera/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClipFolder, openClipFolder } from '../../support/counted-clip.ts';

const lookAs = (mode: Mode): OpenLook => ({
  look: '00000000-0000-4000-8000-000000000001' as LookId,
  operator: 'anna' as OperatorAlias,
  operatorKey: new Uint8Array(32),
  reason: { type: 'window', window: 'natt' },
  until: after(clock.now(), minutes(10)),
  mode,
});

/** Asks again and again; the test's own time limit ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await clock.sleep(milliseconds(20));
}

describe('a camera with a small and a large stream', () => {
  let clips: ClipFolder;
  const films = { small: '', large: '', wide: '' };
  beforeAll(async () => {
    clips = await openClipFolder();
    films.small = await clips.draw({ size: '320x240' });
    films.large = await clips.draw({ size: '640x480' });
    films.wide = await clips.draw({ size: '640x360' });
  });
  afterAll(() => clips[Symbol.asyncDispose]());

  /** Watches, and decodes what is passed on. */
  async function watching(largeFilm: 'large' | 'wide', largeUrl?: string, looking?: () => OpenLook | undefined) {
    await using stack = new AsyncDisposableStack();
    const small = stack.use(await startTestCamera({ file: films.small, port: 0 }));
    const large = stack.use(await startTestCamera({ file: films[largeFilm], port: 0 }));
    const stop = new AbortController();
    const seen = { widths: [] as number[], wanted: false, ranBack: 0, warned: [] as string[] };
    const log = { ...silent, warn: (_: string, fields = {}) => void seen.warned.push(JSON.stringify(fields)) };
    const kept = keepCamera(rtspCamera({ url: small.url, clock }), { clock, random: () => 0.5, log: silent });
    const both = withLargeStream(kept, rtspCamera({ url: largeUrl ?? large.url, clock }), {
      ...{ clock, log, wanted: () => (looking ? wantsLarge(looking()) : seen.wanted) },
    });
    const decoding = decode({
      ...{ ffmpeg: await findFfmpeg(process.env), pace: pace(10), log: silent, clock, pool: openPool(silent) },
    });
    const running = (async () => {
      let newest = 0;
      for await (const frame of decoding(both.open(stop.signal), stop.signal)) {
        if (frame.type === 'gap') continue;
        seen.widths.push(frame.width);
        if (frame.at < newest) seen.ranBack++;
        newest = frame.at;
        frame[Symbol.dispose]();
      }
    })();
    stack.defer(async () => {
      stop.abort();
      await running;
    });
    const owned = stack.move();
    return { seen, both, small, large, [Symbol.asyncDispose]: () => owned.disposeAsync() };
  }

  it('fetches the large one while it is wanted, shows it, and lets it go', async () => {
    await using site = await watching('large');
    const { seen, large, small } = site;
    await until(() => seen.widths.includes(320));
    expect(large.asked).toEqual([]);
    seen.wanted = true;
    await until(() => seen.widths.at(-1) === 640);
    expect(small.clients).toBe(1);
    seen.wanted = false;
    await until(() => seen.widths.at(-1) === 320 && large.clients === 0);
    expect(large.asked.at(-1)).toMatch(/TEARDOWN$/);
    expect(seen.ranBack).toBe(0);
  });

  it('is governed by the gate: no large one for a silhouette, one for a look that shows more, and none once it is shut', async () => {
    const { gate, key } = makeGate({ lamp: noLamp, clock, log: silent });
    await using site = await watching('large', undefined, gate.looking);
    const { seen, large } = site;
    await until(() => seen.widths.includes(320));
    await key.open(lookAs('silhouette'));
    const before = seen.widths.length;
    await until(() => seen.widths.length > before + 5);
    expect(large.asked).toEqual([]);
    await key.open(lookAs('blur'));
    await until(() => seen.widths.at(-1) === 640);
    await key.shut();
    await until(() => seen.widths.at(-1) === 320 && large.clients === 0);
    const calls = large.asked.length;
    const shut = seen.widths.length;
    await until(() => seen.widths.length > shut + 5);
    expect(large.asked).toHaveLength(calls);
  });

  it('goes on with the small one where the large one hangs up in the middle', async () => {
    await using site = await watching('large');
    const { seen, large } = site;
    seen.wanted = true;
    await until(() => seen.widths.at(-1) === 640);
    large.fault('drop');
    await until(() => seen.widths.at(-1) === 320);
    expect(seen.ranBack).toBe(0);
    expect(seen.warned.join()).toContain('closed the connection');
  });

  it('shows the small one where the large one does not answer', async () => {
    await using site = await watching('large', 'rtsp://127.0.0.1:1/large');
    const { seen } = site;
    seen.wanted = true;
    await until(() => seen.warned.length > 0);
    const before = seen.widths.length;
    await until(() => seen.widths.length > before + 5);
    expect(new Set(seen.widths)).toEqual(new Set([320]));
  });

  it('shows the small one where the large one shows another part of the room', async () => {
    await using site = await watching('wide');
    const { seen, large } = site;
    seen.wanted = true;
    await until(() => seen.warned.some((one) => one.includes('another shape')));
    await until(() => large.clients === 0);
    const before = seen.widths.length;
    await until(() => seen.widths.length > before + 5);
    expect(new Set(seen.widths)).toEqual(new Set([320]));
  });

  it('closes the large one where its pictures cannot be decoded, and leaves the small one alone', async () => {
    await using site = await watching('large');
    const { seen, both, large, small } = site;
    seen.wanted = true;
    await until(() => seen.widths.at(-1) === 640);
    const calls = small.asked.length;
    both.giveUp(new Fault('camera-corrupt', 'x'));
    await until(() => seen.widths.at(-1) === 320 && large.clients === 0);
    expect(small.asked.slice(calls)).not.toContain('DESCRIBE');
  });
});
