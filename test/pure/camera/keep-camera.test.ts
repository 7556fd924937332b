/** How a camera that hangs up, stays away or sends nothing is kept: a whole night in a moved clock. */
import type { Camera } from '@nattfrid/agent/camera/camera';
import { type CameraState, keepCamera } from '@nattfrid/agent/camera/keep-camera';
import { openHealth } from '@nattfrid/agent/health/health';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { dice } from '../../support/arrivals.ts';

interface Manner {
  /** Seconds from the call to the first picture; undefined: none comes. */
  readonly first: () => number | undefined;
  /** Seconds of pictures, two a second, before it hangs up. */
  readonly lasts: () => number;
  readonly code?: 'camera-dropped' | 'camera-unreachable';
}

/** Watches it for so many seconds. */
async function night(manner: Manner, length: number) {
  const clock = movedClock(instant(1_800_000_000_000));
  const alarms: string[] = [];
  const states: CameraState[] = [];
  using health = openHealth({
    clock,
    log: silent,
    found: ({ phase, kind }) => void alarms.push(`${phase} ${kind}`),
    outboxDepth: () => 0,
    lookOpen: () => false,
  });
  let calls = 0;
  const kept = keepCamera(
    cameraOf(manner, clock, () => calls++),
    {
      clock,
      random: dice(1),
      log: silent,
      changed(state) {
        states.push(state);
        health.camera(state);
      },
    },
  );
  const stop = new AbortController();
  let seen = 0;
  let gaps = 0;
  let longestUntold = 0;
  const watching = (async () => {
    let last: number | undefined;
    let told = clock.now() as number;
    for await (const one of kept.open(stop.signal)) {
      longestUntold = Math.max(longestUntold, clock.now() - told);
      told = clock.now();
      if (one.type === 'gap') {
        gaps++;
        continue;
      }
      if (last !== undefined && one.at - last <= 600) seen += one.at - last;
      last = one.at;
    }
  })();
  for (let second = 0; second < length; second++) await clock.advance(seconds(1));
  stop.abort();
  await clock.advance(seconds(20));
  await watching;
  return { share: seen / (length * 1000), alarms, states, calls, gaps, longestUntold };
}

function cameraOf({ first, lasts, code = 'camera-dropped' }: Manner, clock: Clock, called: () => void): Camera {
  return {
    name: 'a camera',
    async *open(signal) {
      called();
      const wait = first();
      if (wait !== undefined) {
        await clock.sleep(seconds(wait), signal);
        const end = clock.steady() + lasts() * 1000;
        while (!signal.aborted && clock.steady() < end) {
          yield { type: 'packet', at: clock.now(), codec: 'h264', key: true, data: new Uint8Array(1) };
          await clock.sleep(milliseconds(500), signal);
        }
      } else await clock.sleep(seconds(0.2), signal);
      if (!signal.aborted) throw new Fault(code, 'It hung up.');
    },
  };
}

const random = dice(3);
const between = (from: number, to: number) => () => from + random() * (to - from);

describe('a night of 8 h with a camera that hangs up', { timeout: 120_000 }, () => {
  for (const [name, manner] of [
    ['every 10 to 60 s', { first: between(0.2, 1.2), lasts: between(10, 60) }],
    ['every 30 s', { first: () => 0.5, lasts: () => 30 }],
  ] as const)
    it(`${name}: it is seen at least 95 % of the time, and there is no alarm`, async () => {
      const { share, alarms } = await night(manner, hours(8) / 1000);
      console.log(`a camera that hangs up ${name}: seen ${(share * 100).toFixed(1)} % of 8 h, ${alarms.length} alarms`);
      expect(share).toBeGreaterThan(0.95);
      expect(alarms).toEqual([]);
    });
});

describe('a camera that is kept', () => {
  it('is not hammered where it gives one picture and hangs up', async () => {
    const { calls } = await night({ first: () => 0.05, lasts: () => 0.1 }, 600);
    expect(calls).toBeLessThanOrEqual(301);
    expect(calls).toBeGreaterThan(200);
  });

  it('is told as gone when it hangs up, and not only when it is there again: a decoder stands ready by then', async () => {
    const clock = movedClock();
    const told: string[] = [];
    const camera = cameraOf({ first: () => 0.5, lasts: () => 4 }, clock, () => {});
    const kept = keepCamera(camera, { clock, random: dice(1), log: silent });
    const stop = new AbortController();
    const watching = (async () => {
      for await (const one of kept.open(stop.signal)) if (one.type === 'gap') told.push(`${clock.now()}`);
    })();
    await clock.advance(seconds(8));
    stop.abort();
    await clock.advance(seconds(20));
    await watching;
    expect(told).toEqual(['500', '4500', '5000']);
  });

  it('is waited for longer and longer where no attempt gives a picture, and is one alarm', async () => {
    const { calls, alarms, longestUntold } = await night({ first: () => undefined, lasts: () => 0 }, 3600);
    expect(calls).toBeLessThan(100);
    expect(alarms).toEqual(['began camera-lost']);
    expect(longestUntold).toBeLessThanOrEqual(6000);
  });

  it('is called again at once after a night of trouble, once it gives pictures', async () => {
    let call = 0;
    const { share } = await night({ first: () => (++call < 40 ? undefined : 0.3), lasts: () => 20 }, 3600);
    // 39 attempts in vain take 25 minutes at most.
    expect(share).toBeGreaterThan(0.5);
  });

  it('is waited for where whole pictures are minutes away: told as a gap every 5 s, and as lost after 30', async () => {
    const { calls, states, longestUntold, alarms } = await night({ first: () => 300, lasts: () => 100 }, 390);
    expect(calls).toBe(1);
    expect(states.map((state) => (typeof state === 'string' ? state : state.lost.code))).toEqual([
      'connecting',
      'camera-silent',
      'connected',
    ]);
    expect(longestUntold).toBeLessThanOrEqual(5000);
    expect(alarms).toEqual(['began camera-lost', 'ended camera-lost']);
  });

  it('with a key picture every 60 s is no alarm', async () => {
    const { alarms } = await night({ first: between(0, 60), lasts: () => 3600 }, 7200);
    expect(alarms).toEqual([]);
  });
});
