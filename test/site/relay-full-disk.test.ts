/** The relay's disk fills up while somebody falls: the unit hears why nothing is acknowledged, keeps its alarm, and it comes when there is room. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';
import { openSmallDisk, smallDiskMissing } from '../support/small-disk.ts';

const why = homeMissing() ?? smallDiskMissing();
if (why) console.log(`SKIPPED: a unit at a relay on a full disk is not tried: ${why}`);

describe.skipIf(why !== undefined)('a fall while the disk of the relay is full', () => {
  it('stays with the unit, which says why, and is on the desk once there is room', { timeout: 180_000 }, async () => {
    using disk = openSmallDisk(8);
    await using site = await openHomeUnderTest({ relaySettings: { database: join(disk.folder, 'relay.sqlite') } });
    const { home } = site;
    await home.agent.said('Plan taken');
    disk.fill();
    const told = await home.agent.said('The relay cannot save. What it is told is kept here, and said again');
    expect(told['words']).toBe('The relay cannot save: the disk is full. Make room on it.');
    await home.agent.said('Alarm raised');
    await site.until((desk) => desk.relay?.cannotSave);
    const falls = async () => (await site.desk.call('desk', {}, {})).alarms.filter(({ kind }) => kind === 'fall');
    expect(await falls()).toEqual([]);

    disk.empty();
    const fall = await site.until((desk) => desk.alarms.find(({ kind }) => kind === 'fall'));
    expect(fall.state).toBe('raised');
    await home.agent.said('The relay can save again');
    await site.until((desk) => desk.units.find(({ vitals }) => vitals?.outboxDepth === 0));
    expect(await falls()).toHaveLength(1);
  });
});
