/** Calls a running camera again and again, as the agent does, beside a viewer that stays: how long after its next key picture is the first picture there? Prints JSON. */
import { keepCamera } from '@nattfrid/agent/camera/keep-camera';
import { openCamera } from '@nattfrid/agent/camera/open-camera';
import { decode } from '@nattfrid/agent/decode/decode';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';

export interface CallTask {
  readonly url: string;
  readonly times: number;
  /** Milliseconds from one key picture to the next. */
  readonly keysApart: number;
  /** `program`: the camera and its decoder are opened anew each time. `hang-up`: the camera hangs up, and the same stages call it again. */
  readonly after: 'program' | 'hang-up';
}

export interface Called {
  /** Milliseconds from the call to the first picture. */
  readonly fromCall: readonly number[];
  /** Milliseconds from the first key picture that came after the call, and that the viewer that stays has had, to the first picture. */
  readonly fromKey: readonly number[];
}

const { url, times, keysApart, after }: CallTask = JSON.parse(process.argv[2] ?? '{}');
const ffmpeg = await findFfmpeg(process.env);
const pool = openPool(silent);
const over = new AbortController();
/** When each key picture was there, whole and not decoded. */
const keys: number[] = [];
const calls: { readonly called: number; readonly first: number }[] = [];

async function stay(): Promise<void> {
  const staying = keepCamera(openCamera({ url }, { clock, log: silent, ffmpeg }), {
    ...{ clock, random: Math.random, log: silent },
  });
  for await (const one of staying.open(over.signal)) if (one.type === 'packet' && one.key) keys.push(elapsed());
}

/** @param enough told of each first picture; true: no more are wanted */
async function call(enough: () => boolean): Promise<void> {
  const stop = new AbortController();
  let called = 0;
  let waits = true;
  const camera = keepCamera(openCamera({ url }, { clock, log: silent, ffmpeg }), {
    ...{ clock, random: Math.random, log: silent },
    changed(state) {
      if (state === 'connecting') called = elapsed();
    },
  });
  const stage = decode({ ffmpeg, pace: pace(), log: silent, clock, pool, speed: 'life' });
  for await (const one of stage(camera.open(stop.signal), stop.signal)) {
    if (one.type === 'gap') {
      // Of a connection that is over; or right in front of the first packet of the next.
      waits ||= one.why === 'camera-lost';
      continue;
    }
    using _frame = one;
    if (!waits) continue;
    waits = false;
    calls.push({ called, first: elapsed() });
    if (enough()) stop.abort();
  }
}

const staying = stay();
while (keys.length < 2) await clock.sleep(milliseconds(50));
// The first call of a process also reads its programs from the disk.
await call(() => true);
calls.length = 0;
if (after === 'hang-up') {
  await call(() => calls.length > times);
  calls.shift();
} else
  for (let turn = 0; turn < times; turn++) {
    await clock.sleep(milliseconds(Math.random() * keysApart));
    await call(() => true);
  }
await clock.sleep(milliseconds(100));
over.abort();
await staying;
const found: Called = {
  fromCall: calls.map(({ called, first }) => first - called),
  fromKey: calls.flatMap(({ called, first }) => {
    const key = keys.find((one) => one >= called);
    return key === undefined ? [] : [first - key];
  }),
};
console.log(JSON.stringify(found));
process.exit(0);
