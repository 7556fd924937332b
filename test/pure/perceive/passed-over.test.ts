/** When a look opens: what was taken before, and may not be shown, holds nobody up; and nothing is passed over for long. */
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../agent/src/decode/frame.ts';
import type { VisionModels } from '../../../agent/src/perceive/models.ts';
import { perceive } from '../../../agent/src/perceive/perceive.ts';

const nobody: VisionModels = {
  versions: {},
  detect: async () => [],
  pose: async () => {
    throw new Error('there is nobody to be looked at');
  },
  [Symbol.asyncDispose]: async () => {},
};

/** @returns the times of the pictures that were looked at, and how many were given back by then, looked at or not */
async function seen(tooEarly: (at: number) => boolean) {
  let givenBack = 0;
  const frame = (at: number): Frame => ({
    ...{ type: 'frame', at: instant(at), width: 64, height: 48 },
    ...{ y: new Uint8Array(64 * 48).fill(90), u: new Uint8Array(32 * 24), v: new Uint8Array(32 * 24) },
    [Symbol.dispose]: () => void givenBack++,
  });
  async function* frames() {
    for (let number = 0; number < 10; number++) yield frame(number * 100);
  }
  const stage = perceive({ models: nobody, room: () => unknownRoom, everyPicture: () => true, tooEarly, log: silent });
  const times: number[] = [];
  for await (using one of stage(frames(), new AbortController().signal))
    if (one.type === 'seen') times.push(one.observation.at);
  return { times, givenBack };
}

describe('pictures that nobody may see', () => {
  it('are passed over when somebody waits for the next one', async () => {
    const { times, givenBack } = await seen((at) => at === 300 || at === 400);
    expect(times).toEqual([0, 100, 200, 500, 600, 700, 800, 900]);
    expect(givenBack).toBe(10);
  });

  it('are looked at all the same where that would go on, as with a clock that was set back', async () => {
    const { times, givenBack } = await seen((at) => at >= 200);
    expect(times).toEqual([0, 100, 400, 500, 600, 700, 800, 900]);
    expect(givenBack).toBe(10);
  });
});

/** Pictures of a still room; `open`: when somebody begins to look. @returns when the detector ran, and what was seen when */
async function watched(open: (at: number) => 'no' | 'before' | 'while-it-runs' | 'open') {
  const [ran, times]: [number[], number[]] = [[], []];
  let now = 0;
  let asked = 0;
  const models: VisionModels = {
    ...nobody,
    detect: async () => {
      if (ran.at(-1) !== now) ran.push(now);
      return [];
    },
  };
  async function* frames() {
    for (let number = 0; number < 60; number++) {
      now = number * 100;
      asked = 0;
      const y = new Uint8Array(64 * 48).fill(90);
      const rest = { u: new Uint8Array(32 * 24), v: new Uint8Array(32 * 24), [Symbol.dispose]: () => {} };
      yield { type: 'frame', at: instant(now), width: 64, height: 48, y, ...rest } satisfies Frame;
    }
  }
  const stage = perceive({
    ...{ models, room: () => unknownRoom, log: silent },
    everyPicture: (at) => open(at) === 'open',
    // The stage asks first whether to begin with it, and then again and again while the models run.
    tooEarly: (at) => open(at) === 'before' || (open(at) === 'while-it-runs' && asked++ > 0),
  });
  for await (using one of stage(frames(), new AbortController().signal))
    if (one.type === 'seen') times.push(one.observation.at);
  return { ran, times };
}

describe('the first picture of a look', async () => {
  const { ran } = await watched(() => 'no');
  /** A picture in which the detector is due, in a room that is known by then. */
  const due = ran.find((at) => at >= 3000)!;

  it('does not wait for the models where they ran a moment ago; the next one is looked at', async () => {
    const looked = await watched((at) => (at >= due ? 'open' : 'no'));
    expect(looked.times).toContain(due);
    expect(looked.ran).not.toContain(due);
    expect(looked.ran).toContain(due + 100);
  });

  it('does not wait for models that run on one from before it', async () => {
    const looked = await watched((at) => (at > due ? 'open' : at === due ? 'while-it-runs' : 'no'));
    expect(looked.ran).not.toContain(due);
    // The detectors are told of it all the same.
    expect(looked.times).toContain(due);
  });

  it('is looked at all the same where nothing is known yet, as with a camera that was just connected', async () => {
    const looked = await watched(() => 'open');
    expect(looked.ran[0]).toBe(0);
  });
});
