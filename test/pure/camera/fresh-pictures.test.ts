/** What a viewer sees of a camera whose pictures come out of order, or whose count is not the time: nothing old, and nothing from before. */
import { guard } from '@nattfrid/agent/anonymise/guard';
import { takenAt } from '@nattfrid/agent/camera/rtp/taken-at';
import { makeGate } from '@nattfrid/agent/look/gate';
import { noLamp } from '@nattfrid/agent/look/lamp';
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { Observed } from '@nattfrid/shared/domain/observation';
import { silent } from '@nattfrid/shared/log/logger';
import { milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { reordered, type Sent, sentIn, stalls } from '../../support/arrivals.ts';

const midnight = instant(1_800_000_000_000);
/** The gate opens so late that the camera is known by then. */
const opened = 40_000;

/** The pictures that pass gate and guard as they come. */
async function shown(pictures: readonly Sent[]): Promise<readonly Sent[]> {
  const clock = movedClock(midnight);
  const { gate, key } = makeGate({ lamp: noLamp, clock, log: silent });
  const watch = guard();
  const machine = takenAt();
  let state = machine.initial;
  const passed: Sent[] = [];
  for (const sent of pictures) {
    if (sent.arrived >= opened && !gate.looking()) {
      clock.moveTo(after(midnight, milliseconds(opened)));
      await key.open({
        look: '00000000-0000-4000-8000-000000000001' as LookId,
        operator: 'op-7' as OperatorAlias,
        operatorKey: new Uint8Array(32),
        reason: { type: 'window', window: 'late' },
        mode: 'silhouette',
        until: after(midnight, minutes(60)),
      });
    }
    clock.moveTo(after(midnight, milliseconds(Math.ceil(sent.arrived))));
    const [arrived, steady] = [clock.now(), clock.steady()];
    const [next, [at]] = machine.step(state, { timestamp: sent.timestamp, arrived, steady });
    state = next;
    const isFresh = watch.why(seenAt(at as Instant), { name: 'sees' }, clock.now()) === undefined;
    if (gate.showing(at as Instant) && isFresh) passed.push(sent);
  }
  return passed;
}

const seenAt = (at: Instant): Observed => ({
  type: 'observed',
  at,
  persons: [],
  picture: { alive: true, brightness: 0.5, contrast: 0.3 } as Observed['picture'],
});

const minute = (perSecond: number, counted = perSecond) =>
  sentIn([
    { seconds: 30, sent: perSecond === counted ? perSecond : counted },
    { seconds: 60, sent: perSecond, counted },
  ]);
const inLook = (pictures: readonly Sent[]) => pictures.filter(({ taken }) => taken >= opened);

describe('a viewer', () => {
  for (const [name, pictures, share] of [
    ['of a camera without B pictures', minute(10), 0.99],
    ['of one with two B pictures in a row', reordered(minute(20), 2), 0.99],
    ['of one with a pyramid of three', reordered(minute(20), 3, true), 0.99],
    ['of one with two B pictures at 2 a second', reordered(minute(2), 2), 0.95],
    [
      'of one with seven B pictures at 2 a second, most of which are too old as they come',
      reordered(minute(2), 7),
      0.1,
    ],
    ['of one that counts 20 and sends 10 in the dark', minute(10, 20), 0.99],
    ['of one that counts 15 and sends 5 in the dark', minute(5, 15), 0.99],
    ['of one that stalls for 6 s', sentIn([{ seconds: 90, sent: 10 }], { delay: stalls(20_000, 6000) }), 0.7],
  ] as const)
    it(`${name} sees what is fresh, and nothing from before the look`, async () => {
      const seen = await shown(pictures);
      // The way from the camera takes 20 ms, which nobody can know of.
      expect(Math.min(...seen.map(({ taken }) => taken))).toBeGreaterThanOrEqual(opened - 21);
      expect(Math.max(...seen.map(({ taken, arrived }) => arrived - taken))).toBeLessThan(2030);
      expect(seen.length / inLook(pictures).length).toBeGreaterThan(share);
    });
});
