import { describe, expect, it } from 'vitest';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

const limit = 180_000;

describe.skipIf(homeMissing() !== undefined)('an alarm outlives', () => {
  it('a relay that is killed before the alarm comes: it is on the desk once, after the relay is back', {
    timeout: limit,
  }, async () => {
    await using site = await openHomeUnderTest();
    await site.home.agent.said('Plan taken');
    site.home.relay.kill('SIGKILL');
    await site.home.relay.ended;
    await site.home.agent.said('Alarm raised');
    await site.home.startRelay();
    const found = await site.until((desk) => desk.alarms.find((one) => one.kind === 'fall'));
    expect(found.state).toBe('raised');
    expect((await site.desk.call('desk', {}, {})).alarms.filter((one) => one.kind === 'fall')).toHaveLength(1);
  });

  it('a relay that is killed with the alarm on its desk: it still stands there, raised', {
    timeout: limit,
  }, async () => {
    await using site = await openHomeUnderTest();
    const before = await site.until((desk) => desk.alarms.find((one) => one.kind === 'fall'));
    site.home.relay.kill('SIGKILL');
    await site.home.startRelay();
    const after = await site.until((desk) => desk.alarms.find((one) => one.kind === 'fall'));
    expect(after.alarm).toBe(before.alarm);
    expect(after.state).toBe('raised');
  });

  it('an agent that is killed at that moment: told by the time it watches again, and still one alarm', {
    timeout: limit,
  }, async () => {
    await using site = await openHomeUnderTest();
    await site.home.agent.said('Alarm raised');
    site.home.agent.kill('SIGKILL');
    await site.home.agent.ended;
    const again = site.home.startAgent();
    await site.until((desk) => desk.alarms.find((one) => one.kind === 'fall'));
    await again.said('Alarm raised');
    const falls = (await site.desk.call('desk', {}, {})).alarms.filter((one) => one.kind === 'fall');
    expect(falls).toHaveLength(1);
    expect(falls[0]?.state).toBe('raised');
  });
});
