/** How long a camera is waited for: as long as it sends, however rarely a whole picture comes; one that sends nothing is found soon. */
import { type CameraState, keepCamera } from '@nattfrid/agent/camera/keep-camera';
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { silent } from '@nattfrid/shared/log/logger';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import { afterAll, describe, expect, it } from 'vitest';
import { quickClock } from '../../stand-ins/quick-clock.ts';
import { loadFilm } from '../../stand-ins/test-camera/recording.ts';
import { openClipFolder } from '../../support/counted-clip.ts';
import { openLines } from '../../support/lines.ts';
import { startScriptedCamera, type Viewing } from '../../support/scripted-camera.ts';

const clips = await openClipFolder();
afterAll(() => clips[Symbol.asyncDispose]());
/** One key picture, and 59 that build upon it. */
const coding = ['-c:v', 'libx264', '-g', '600', '-bf', '0', '-tune', 'zerolatency', '-crf', '10'];
const film = await loadFilm(await clips.draw({ coding }), systemClock, silent, new AbortController().signal);
const speed = 10;
const perSecond = 10;

/** What it does from PLAY on; the clock is ten times as fast as life. */
type Script = (viewing: Viewing, clock: Clock) => Promise<void>;

/** Watches it for so many of its seconds. */
async function watch(script: Script, length: number) {
  const clock = quickClock(speed);
  await using camera = await startScriptedCamera(film, (viewing) => void script(viewing, clock));
  const stop = new AbortController();
  const log = openLines();
  const states: string[] = [];
  const advised: CameraAdvice[] = [];
  const kept = keepCamera(rtspCamera({ url: camera.url, clock, log, advised: (all) => void advised.push(...all) }), {
    clock,
    random: () => 0.5,
    log,
    changed: (state: CameraState) => void states.push(typeof state === 'string' ? state : state.lost.code),
  });
  const began = clock.steady();
  let pictures = 0;
  let first: number | undefined;
  const ages: number[] = [];
  let future = 0;
  const ending = clock.sleep(seconds(length)).then(() => stop.abort());
  for await (const one of kept.open(stop.signal)) {
    if (one.type === 'gap') continue;
    pictures++;
    first ??= (clock.steady() - began) / 1000;
    ages.push(clock.now() - one.at);
    future = Math.max(future, one.at - clock.now());
  }
  await ending;
  return { pictures, first, states, advised, calls: camera.calls, lines: log.lines, ages, future };
}

/** Sends what is due until a second; not while `stalls`, and then all at once. @param key the second of the key picture */
const flow =
  (until: number, { key = 0, from = 0, counted = perSecond, stalls = (_: number): boolean => false } = {}): Script =>
  async (viewing, clock) => {
    await clock.sleep(seconds(from));
    const began = clock.steady();
    let sent = 0;
    for (;;) {
      const now = (clock.steady() - began) / 1000;
      if (viewing.gone || now > until) return;
      for (; !stalls(now) && sent / perSecond <= now; sent++) {
        const number = sent - key * perSecond;
        viewing.send(number === 0 ? 0 : 1 + (sent % 50), sent / counted);
      }
      await clock.sleep(seconds(0.1));
    }
  };

describe('a camera is waited for', { timeout: 60_000 }, () => {
  it('where its first picture comes 7 s after PLAY', async () => {
    const { states, calls, first, advised } = await watch(flow(30, { from: 7 }), 15);
    expect([states, calls, advised]).toEqual([['connecting', 'connected'], 1, []]);
    expect(first).toBeGreaterThan(6.9);
    expect(first).toBeLessThan(8.5);
  });

  it('where it stalls for 6 s and then sends all at once, again and again', async () => {
    const { states, calls, pictures, advised, future } = await watch(
      flow(60, { stalls: (at) => at % 12 >= 6 && at % 12 < 12 && at < 50 }),
      40,
    );
    expect([states, calls, advised]).toEqual([['connecting', 'connected'], 1, []]);
    expect(pictures).toBeGreaterThan(250);
    expect(future).toBeLessThanOrEqual(0);
  });

  it('where a viewer begins anywhere and the key picture is 25 s away: told once what to set, and never to restart it', async () => {
    const { states, calls, first, pictures, advised, lines } = await watch(flow(60, { key: 25 }), 40);
    expect([states, calls]).toEqual([['connecting', 'connected'], 1]);
    expect(first).toBeGreaterThan(24.9);
    // It begins with the key picture itself, and not with the next.
    expect(first).toBeLessThan(27);
    expect(pictures).toBeGreaterThan(130);
    expect(advised).toEqual(['rare-key-pictures']);
    expect(lines.filter((line) => line.includes('I-frame interval')).length).toBeLessThanOrEqual(3);
    expect(lines.filter((line) => /restart/i.test(line))).toEqual([]);
  });
});

/** Watches a camera that counts otherwise than it sends, on a clock that goes on when each picture has come: a busy machine dates nothing. */
async function watchCounted(counted: number, many: number) {
  const clock = movedClock(instant(Date.UTC(2026, 10, 29, 2)));
  const playing = Promise.withResolvers<Viewing>();
  await using camera = await startScriptedCamera(film, playing.resolve);
  const stop = new AbortController();
  const advised: CameraAdvice[] = [];
  const states: string[] = [];
  const kept = keepCamera(
    rtspCamera({ url: camera.url, clock, log: silent, advised: (all) => void advised.push(...all) }),
    {
      clock,
      random: () => 0.5,
      log: silent,
      changed: (state: CameraState) => void states.push(typeof state === 'string' ? state : state.lost.code),
    },
  );
  const dates: number[] = [];
  const watching = (async () => {
    for await (const one of kept.open(stop.signal)) if (one.type === 'packet') dates.push(one.at);
  })();
  const viewing = await playing.promise;
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const ages: number[] = [];
  for (let sent = 0; sent < many; sent++) {
    const at = clock.now();
    viewing.send(sent === 0 ? 0 : 1 + (sent % 50), sent / counted);
    for (let turns = 0; dates.length <= sent; turns++) {
      await turn();
      // What is held for what may come in the same lump is given when the clock goes on.
      if (sent < perSecond && turns > 0 && turns % 20 === 0) await clock.advance(milliseconds(5));
    }
    ages.push(at - (dates[sent] ?? 0));
    await clock.advance(milliseconds(1000 / perSecond));
  }
  stop.abort();
  await watching;
  return { ages, advised, states };
}

describe('a camera whose times do not count the time', { timeout: 60_000 }, () => {
  for (const [name, counted] of [
    ['20 counted and 10 sent', 20],
    ['15 counted and 10 sent', 15],
    ['5 counted and 10 sent', 5],
    ['a count that stands still', Number.POSITIVE_INFINITY],
  ] as const)
    it(`${name}: its pictures are as fresh as they are, and it is told`, async () => {
      const { ages, advised, states } = await watchCounted(counted, 250);
      expect(states).toEqual(['connecting', 'connected']);
      const sorted = [...ages].sort((a, b) => a - b);
      console.log(`${name}: dated ${sorted[sorted.length >> 1]} ms earlier than it came, ${sorted.at(-1)} ms at most`);
      // Never younger than it is, but for the few milliseconds in which the first lump is waited for.
      expect(sorted[0]).toBeGreaterThanOrEqual(-50);
      expect(sorted.at(-1)).toBeLessThan(1000);
      expect(sorted[Math.floor(sorted.length * 0.98)]).toBeLessThan(300);
      expect(advised).toEqual(['times-do-not-count']);
    });
});

describe('a camera is found to be gone', { timeout: 60_000 }, () => {
  it('within 13 s where it sends nothing more', async () => {
    const { states, calls } = await watch(flow(4), 17.5);
    expect(states.slice(0, 3)).toEqual(['connecting', 'connected', 'camera-silent']);
    expect(calls).toBe(2);
  });

  it('at once where it hangs up; it is called again, and nobody is asked to wait', async () => {
    const hangsUp: Script = async (viewing, clock) => {
      await flow(10)(viewing, clock);
      viewing.hangUp();
    };
    const { states, calls, pictures } = await watch(hangsUp, 42);
    expect(calls).toBeGreaterThanOrEqual(4);
    expect(new Set(states)).toEqual(new Set(['connecting', 'connected', 'camera-dropped']));
    expect(pictures).toBeGreaterThan(380);
  });
});
