/** One unit that raises alarms without end: all of them are kept, few are shown, one visit is made, and the unit is called faulty. */
import { randomUUID } from 'node:crypto';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it, vi } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import { aFall, vitals } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

const evening = instant(Date.parse('2026-11-21T21:00:00Z'));

it('a flood of alarms is kept whole, is few cards and one visit, and says that the unit is faulty', {
  timeout: 60_000,
}, async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock });
  const anna = await site.person('Anna', 'operator');
  const home = await site.unit('unit-1');
  await using unit = await connectUnit(site.relay, home, { over: 'tcp' });
  await using other = await connectUnit(site.relay, await site.unit('unit-2'), { over: 'tcp' });
  const flood = Array.from({ length: 120 }, () => aFall(randomUUID()));
  for (const fall of flood) await unit.say('alarm-report', fall);
  const theirs = aFall(randomUUID());
  await other.say('alarm-report', theirs);
  await clock.advance(seconds(2));

  const desk = await anna.desk();
  const cards = desk.alarms.filter((alarm) => alarm.unit === 'unit-1' && alarm.kind === 'fall');
  expect(cards).toHaveLength(3);
  expect(cards.reduce((sum, { more = 0 }) => sum + 1 + more, 0)).toBe(120);
  expect(desk.alarms.filter(({ evidence }) => evidence.code === 'unit-flooding')).toMatchObject([
    { unit: 'unit-1', kind: 'unit-silent', state: 'raised' },
  ]);
  expect(desk.alarms.find(({ alarm }) => alarm === theirs.alarm)).toMatchObject({ unit: 'unit-2', state: 'raised' });
  expect(JSON.stringify(desk).length).toBeLessThan(20_000);
  using disk = openDisk(site.database, { readOnly: true });
  const kept = ['alarms', 'held_alarms'].flatMap((table) => disk.prepare(`select alarm from ${table}`).all());
  expect(new Set(kept.map((row) => row['alarm'])).size).toBe(122);

  await clock.advance(minutes(6));
  expect((await anna.desk()).visits.filter((visit) => visit.unit === 'unit-1')).toHaveLength(1);
  await clock.advance(minutes(6));
  const calm = (await anna.desk()).alarms.find(({ evidence }) => evidence.code === 'unit-flooding');
  expect(calm).toMatchObject({ state: 'raised', endedAt: expect.any(String) });
});

it('three falls of one night have a card each, and a fourth one after them as well', async () => {
  await using site = await openSite();
  const anna = await site.person('Anna', 'operator');
  await using unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
  for (let number = 0; number < 3; number++) await unit.say('alarm-report', aFall(randomUUID()));
  const [first] = (await anna.desk()).alarms;
  await anna.call('takeAlarm', { alarm: first!.alarm });
  await anna.call('closeAlarm', { alarm: first!.alarm }, { verdict: 'help-needed' });
  await unit.say('alarm-report', aFall(randomUUID()));
  expect((await anna.desk()).alarms.map(({ state }) => state).sort()).toEqual(['closed', 'raised', 'raised', 'raised']);
});

it('a unit that says too much is slowed down, and nobody else waits', async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock });
  await using unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
  await using other = await connectUnit(site.relay, await site.unit('unit-2'), { over: 'tcp' });
  for (let number = 0; number < 300; number++) await unit.say('alarm-report', aFall());
  let said = false;
  const slow = unit.say('alarm-report', aFall()).then(() => {
    said = true;
  });
  await other.say('alarm-report', aFall());
  expect(said).toBe(false);
  await clock.advance(seconds(1));
  await slow;
});

it('a unit that falls silent all night long has three cards of it, the newest of which says how it is now', async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock });
  const anna = await site.person('Anna', 'operator');
  await using unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
  const presence = async () => (await anna.desk()).units[0]!.presence;
  const cards = async () =>
    (await anna.desk()).alarms.map(({ more = 0, endedAt }) => `${more} more, ${endedAt ? 'over' : 'now'}`).sort();
  await unit.say('announce', { state: 'here', agent: '0.1.0', models: [] });
  const silence = async () => {
    await unit.say('vitals', vitals);
    await vi.waitFor(async () => expect(await presence()).toBe('here'));
    await clock.advance(seconds(92));
    // A moved clock does not wait for the disk: what was said may be heard seconds later by it, and a tick that meets the one before is left out.
    for (let more = 0; (await presence()) !== 'silent'; more++) {
      expect(more, 'seconds beyond the silence').toBeLessThan(100);
      await clock.advance(seconds(1));
    }
  };
  for (let time = 0; time < 5; time++) await silence();
  expect(await cards()).toEqual(['0 more, over', '0 more, over', '2 more, now']);
  const before = JSON.stringify(await anna.desk()).length;
  for (let time = 0; time < 20; time++) await silence();
  expect(JSON.stringify(await anna.desk()).length).toBeLessThan(before + 2000);
  await unit.say('vitals', vitals);
  await vi.waitFor(async () => expect(await cards()).toEqual(['0 more, over', '0 more, over', '22 more, over']));
  using disk = openDisk(site.database, { readOnly: true });
  expect(['alarms', 'held_alarms'].flatMap((table) => disk.prepare(`select alarm from ${table}`).all())).toHaveLength(
    25,
  );
});

it('an alarm behind another one that is told anew, after a person has closed that card, rings again', async () => {
  await using site = await openSite();
  const anna = await site.person('Anna', 'operator');
  await using unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
  const fourth = aFall(randomUUID());
  for (let number = 0; number < 3; number++) await unit.say('alarm-report', aFall(randomUUID()));
  await unit.say('alarm-report', fourth);
  for (const { alarm } of (await anna.desk()).alarms) {
    await anna.call('takeAlarm', { alarm });
    await anna.call('closeAlarm', { alarm }, { verdict: 'help-needed' });
  }
  await unit.say('alarm-report', fourth, randomUUID());
  expect((await anna.desk()).alarms.find(({ alarm }) => alarm === fourth.alarm)).toMatchObject({ state: 'raised' });
});
