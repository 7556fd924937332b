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
