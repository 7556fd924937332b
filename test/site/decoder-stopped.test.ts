import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { describe, expect, it } from 'vitest';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';
import { decodersOf } from '../support/processes.ts';

describe.skipIf(homeMissing() !== undefined)('a decoder that is stopped in a running unit', () => {
  it('is told to the relay whatever the plan says, is replaced, and is no fault of the camera', {
    timeout: 180_000,
  }, async () => {
    await using site = await openHomeUnderTest({ plan: { alarms: {} } });
    await site.until((desk) => desk.units.find((one) => (one.vitals?.analysedPerSecond ?? 0) > 0));
    const [old] = decodersOf(site.home.agent.pid);
    const stopped = performance.now();
    process.kill(old!, 'SIGSTOP');
    while (decodersOf(site.home.agent.pid).every((one) => one === old)) await systemClock.sleep(milliseconds(50));
    expect(performance.now() - stopped).toBeLessThan(5000);
    const told = await site.until((desk) => desk.units.find((one) => one.vitals?.cannotLook === 'decoder'));
    expect(told.vitals?.camera).toBe('connected');
    await site.until((desk) => desk.units.find((one) => one.vitals && !one.vitals.cannotLook));
    expect(decodersOf(site.home.agent.pid)).not.toContain(old);
    expect((await site.desk.call('desk', {}, {})).alarms).toEqual([]);
    // A unit that itself stood still blames nobody either.
    site.home.agent.kill('SIGSTOP');
    await systemClock.sleep(seconds(7));
    site.home.agent.kill('SIGCONT');
    await systemClock.sleep(seconds(4));
    const said = (words: string) => site.home.agent.lines.filter((line) => line.includes(words)).length;
    expect(said('the decoder stands still')).toBe(1);
    expect(said('Camera lost')).toBe(0);
  });
});
