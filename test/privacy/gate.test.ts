/** The one valve: nothing passes while it is shut, and the lamp is lit whenever something does. */
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant, after as later } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import type { Cleared, ClearedPicture } from '../../agent/src/anonymise/cleared.ts';
import { makeGate } from '../../agent/src/look/gate.ts';
import type { Lamp } from '../../agent/src/look/lamp.ts';
import type { OpenLook } from '../../agent/src/look/open-look.ts';

const start = instant(1_000_000);
const look = (second: number, number = 1): OpenLook => ({
  look: `00000000-0000-4000-8000-00000000000${number}` as LookId,
  operator: 'op-7' as OperatorAlias,
  operatorKey: new Uint8Array(32),
  reason: { type: 'window', window: 'late' },
  mode: 'silhouette',
  until: later(start, seconds(second)),
});

/** One picture a second, each numbered by the second it was taken in; at given seconds something is done first. */
async function passed(
  doing: Readonly<Record<number, 'open' | 'shut' | 'open again'>>,
  lit?: (on: boolean) => Promise<void>,
) {
  const clock = movedClock(start);
  let burning = false;
  const lamp: Lamp = {
    light:
      lit ??
      (async (on) => {
        burning = on;
      }),
  };
  const { gate, key } = makeGate({ lamp, clock, log: silent });
  const seen: number[] = [];
  async function* pictures(): AsyncIterable<Cleared> {
    for (let second = 0; second < 20; second++) {
      clock.moveTo(later(start, seconds(second)));
      const what = doing[second];
      if (what === 'open') await key.open(look(12)).catch(() => {});
      if (what === 'open again') await key.open(look(19, 2)).catch(() => {});
      if (what === 'shut') await key.shut();
      // A picture from the second before comes late: it must not be shown to somebody who came after it.
      for (const at of [second - 1, second])
        yield { type: 'no-picture', at: later(start, seconds(at)), why: 'camera-lost' };
    }
  }
  for await (const one of gate.through(pictures())) {
    if (!lit) expect(burning).toBe(true);
    seen.push((one.at - start) / 1000);
  }
  return seen;
}

describe('the gate', () => {
  it('lets through no picture that is drawn another way than the look may show now', async () => {
    const clock = movedClock(start);
    const { gate, key } = makeGate({ lamp: { light: async () => {} }, clock, log: silent });
    const drawn = (mode: ClearedPicture['mode']) => ({ type: 'picture', at: clock.now(), mode }) as Cleared;
    async function* pictures(): AsyncIterable<Cleared> {
      await key.open(look(12));
      yield drawn('silhouette');
      yield drawn('clear');
      await key.open({ ...look(12), mode: 'blur' });
      // Still on its way when that changed, either way.
      yield drawn('silhouette');
      yield drawn('blur');
      await key.open(look(12));
      yield drawn('blur');
      yield drawn('silhouette');
    }
    const seen: string[] = [];
    for await (const one of gate.through(pictures())) if (one.type === 'picture') seen.push(one.mode);
    expect(seen).toEqual(['silhouette', 'blur', 'silhouette']);
  });
  it('A1.2 lets nothing through by itself', async () => expect(await passed({})).toEqual([]));
  it('lets through what is taken while it is open, with the lamp lit, and nothing older', async () =>
    expect(await passed({ 3: 'open', 6: 'shut' })).toEqual([3, 3, 4, 4, 5]));
  it('shuts when the time is up, though nobody shuts it', async () =>
    expect(Math.max(...(await passed({ 3: 'open' })))).toBe(11));
  it('shows nothing from before when it opens again', async () =>
    expect(await passed({ 2: 'open', 4: 'shut', 8: 'open again', 10: 'shut' })).toEqual([2, 2, 3, 8, 8, 9]));
  it('A1.16 stays shut where the lamp cannot be lit', async () =>
    expect(
      await passed({ 2: 'open' }, async () => {
        throw new Error('no lamp');
      }),
    ).toEqual([]));

  it('is not opened by a lamp that comes on after it was shut, and the lamp goes out', async () => {
    const clock = movedClock(start);
    const lit = Promise.withResolvers<void>();
    const did: boolean[] = [];
    const { gate, key } = makeGate({
      clock,
      log: silent,
      lamp: {
        light: (on) => {
          did.push(on);
          return on ? lit.promise : Promise.resolve();
        },
      },
    });
    const opening = key.open(look(60));
    await key.shut();
    lit.resolve();
    await opening;
    expect(gate.looking()).toBeUndefined();
    expect(did.at(-1)).toBe(false);
  });

  it('tells who depends on it when it opens and shuts', async () => {
    const clock = movedClock(start);
    const { gate, key } = makeGate({ clock, log: silent, lamp: { light: async () => {} } });
    const heard: boolean[] = [];
    using _ = gate.onChange((open) => heard.push(open !== undefined));
    await key.open(look(60));
    expect(gate.looking()?.mode).toBe('silhouette');
    await key.shut();
    expect(heard).toEqual([true, false]);
    expect(gate.looking()).toBeUndefined();
  });
});
