import { describe, expect, it } from 'vitest';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

describe.skipIf(homeMissing() !== undefined)('a camera that is pulled', () => {
  it('is an alarm with its reason; pictures come back by themselves, and the alarm waits for a person', {
    timeout: 180_000,
  }, async () => {
    await using site = await openHomeUnderTest({ plan: { alarms: {} } });
    await site.until((desk) => desk.units.find((one) => one.vitals?.camera === 'connected'));
    site.camera.fault('drop');
    const told = await site.until((desk) => desk.units.find((one) => one.vitals?.camera === 'lost'));
    expect(told.vitals?.cameraFault).toMatch(/^camera-/);
    const alarm = await site.until((desk) => desk.alarms.find((one) => one.kind === 'camera-lost'));
    expect(alarm.evidence.code).toMatch(/^camera-/);
    site.camera.fault(undefined);
    await site.until((desk) => desk.units.find((one) => one.vitals?.camera === 'connected'));
    const after = await site.until((desk) =>
      desk.alarms.find((one) => one.kind === 'camera-lost' && one.endedAt !== undefined),
    );
    expect(after.state).toBe('raised');
  });
});
