/** A decoder that stands still is replaced within seconds, and the camera is not blamed for it. */
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { decode } from '@nattfrid/agent/decode/decode';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { watchDecoder } from '@nattfrid/agent/decode/watch-decoder';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { loadMeter } from '@nattfrid/agent/health/load-meter';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, describe, expect, it } from 'vitest';
import { openClipFolder } from '../../support/counted-clip.ts';
import { decodersOf } from '../../support/processes.ts';

const clips = await openClipFolder();
afterAll(() => clips[Symbol.asyncDispose]());
const ffmpeg = await findFfmpeg(process.env);
const plain = await clips.draw();

describe('a decoder that stands still', () => {
  it('is ended and replaced within five seconds; that nobody looked is told', async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const stage = decode({
      ffmpeg,
      pace: pace(10),
      log: silent,
      clock,
      pool: openPool(silent),
      undecodable: (fault) => void told.push(fault.code),
      stuck: (isStuck) => void told.push(isStuck ? 'stuck' : 'well'),
    });
    let frames = 0;
    let stopped: { readonly pid: number; readonly at: number } | undefined;
    let back = 0;
    const gaps: string[] = [];
    const source = replayCamera({ file: plain, clock, start: clock.now(), speed: 'life', loop: true, ffmpeg }).open(
      stop.signal,
    );
    for await (const one of stage(source, stop.signal)) {
      if (one.type === 'gap') {
        gaps.push(one.why);
        continue;
      }
      one[Symbol.dispose]();
      frames++;
      if (frames === 15) {
        const [pid] = decodersOf(process.pid);
        stopped = { pid: pid!, at: performance.now() };
        process.kill(stopped.pid, 'SIGSTOP');
      }
      if (told.includes('well')) {
        back = performance.now();
        break;
      }
    }
    stop.abort();
    expect(told).toEqual(['stuck', 'well']);
    expect(back - stopped!.at).toBeLessThan(5000);
    expect(gaps).toContain('too-slow');
    expect(decodersOf(process.pid)).not.toContain(stopped!.pid);
  });

  it.for([
    ['that is not given anything', (_watch: ReturnType<typeof watchDecoder>) => {}, 0],
    ['that was given one picture and holds it back', (watch) => watch.feeding()[Symbol.dispose](), 0],
    ['that is given pictures and does nothing', (watch) => void watch.feeding(), 1],
    ['whose pictures nobody reads', (watch) => void [watch.feeding(), watch.unread()], 0],
    ['that is to end and does not', (watch) => watch.finishing(), 1],
  ] as readonly (readonly [string, (watch: ReturnType<typeof watchDecoder>) => void, number])[])(
    'is told from one %s',
    async ([, act, expected]) => {
      const moved = movedClock();
      let stuck = 0;
      using watch = watchDecoder({ clock: moved, pid: undefined, stuck: () => void stuck++ });
      watch.alive();
      act(watch);
      for (let turn = 0; turn < 20; turn++) await moved.advance(milliseconds(500));
      expect(stuck).toBe(expected);
    },
  );
});

describe('a unit that cannot keep up', () => {
  for (const [name, missedOfEachSecond, expected] of [
    ['is not told of for a moment', [1, 1, 1, 0, 0], false],
    ['is told of where it misses more than half', [1, 0.4, 1, 0.4, 1, 0.4, 1, 0.4, 1], true],
    ['is still told of where it misses a third', [...Array(10).fill(1), ...Array(10).fill(0.3)], true],
    ['is told of no more once it hardly misses anything', [...Array(10).fill(1), ...Array(10).fill(0.1)], false],
  ] as const)
    it(name, () => {
      const load = loadMeter();
      for (const missed of missedOfEachSecond) {
        load.missed(seconds(missed));
        load.second();
      }
      expect(load.isTooMuch).toBe(expected);
    });
});
