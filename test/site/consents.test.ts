/** A running unit watches only while every consent is there and its plan is not over: else the camera is not connected (lag 2001:454 § 9). */

import { systemClock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import type { PlanState } from '@nattfrid/shared/wire/vitals';
import { describe, expect, it } from 'vitest';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

const inHours = (many: number) => printInstant(after(systemClock.now(), hours(many)));
const day = (inDays: number) => inHours(24 * inDays).slice(0, 10);
const given = { technology: day(-30), supervision: day(-30), cohabitants: 'lives-alone' } as const;

describe.skipIf(homeMissing() !== undefined)('a unit whose camera sees a fall', () => {
  it('does not connect it before the consents begin, does with them, and lets go of it when one is withdrawn or a plan that is over comes', {
    timeout: 240_000,
  }, async () => {
    await using site = await openHomeUnderTest({ plan: { consents: { ...given, supervision: day(3) } } });
    const { camera, home } = site;
    const rests = (state: PlanState['state'], version: number) =>
      site.until((desk) =>
        desk.units.find(
          ({ inForce, vitals }) =>
            inForce?.state === state && inForce.version === version && vitals?.camera === 'resting',
        ),
      );
    const watches = () => site.until((desk) => desk.units.find(({ vitals }) => vitals?.camera === 'connected'));
    const seesNothing = () => expect(camera.clients).toBe(0);

    await rests('not-begun', 1);
    expect(camera.asked).toEqual([]);
    expect((await site.desk.call('desk', {}, {})).alarms).toEqual([]);

    await home.replan({ consents: given });
    await watches();
    await site.until((desk) => desk.alarms.find(({ kind }) => kind === 'fall'));

    await rests('ended', await home.replan({ consents: { ...given, withdrawn: day(0) } }));
    seesNothing();

    await home.replan({ consents: given });
    await watches();
    await rests('ended', await home.replan({ validFrom: inHours(-48), validUntil: inHours(-24) }));
    seesNothing();
  });
});
