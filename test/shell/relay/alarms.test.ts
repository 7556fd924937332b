/** Alarms through a real relay on a moved clock: louder until taken, silence found, and all of it there after a restart. */
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { silent } from '@nattfrid/shared/log/logger';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it, vi } from 'vitest';
import { signIn } from '../../support/person.ts';
import { aFall, aPlan, vitals } from '../../support/relay-samples.ts';
import { openSite, orThrow } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

const evening = instant(Date.parse('2026-11-21T21:00:00Z'));

it('an alarm that nobody takes is told louder, then needs a visit, and stays until a person closes it', async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock });
  const anna = await site.person('Anna', 'operator');
  await using unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
  const fall = aFall();
  await unit.say('alarm-report', fall);
  const shown = async () => (await anna.desk()).alarms.find((alarm) => alarm.alarm === fall.alarm)!;
  expect(await shown()).toMatchObject({ state: 'raised', overdue: false });
  await clock.advance(seconds(121));
  expect(await shown()).toMatchObject({ state: 'raised', overdue: true });
  await clock.advance(seconds(180));
  const { visit } = await shown();
  // The unit is silent as well by now, which is an alarm with a visit of its own.
  const visits = async () =>
    (await anna.desk()).visits.filter(
      (one) => one.alarm === fall.alarm || one.also?.some(({ alarm }) => alarm === fall.alarm),
    );
  expect(await visits()).toMatchObject([{ visit, why: 'alarm-not-taken', state: 'needed' }]);
  await clock.advance(minutes(20));
  expect(await visits()).toHaveLength(1);
  await anna.call('takeAlarm', { alarm: fall.alarm });
  await anna.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'help-needed' });
  expect(await shown()).toMatchObject({ state: 'closed', verdict: 'help-needed', visit });
  expect(await visits()).toHaveLength(1);
});

it('«all well» for an alarm without a look, or that a colleague has taken, is said twice and marked in the log', async () => {
  await using site = await openSite();
  const [anna, bo] = [await site.person('Anna', 'operator'), await site.person('Bo', 'operator')];
  const eva = await site.person('Eva', 'coordinator');
  await using unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
  const [own, other] = [aFall(randomUUID()), aFall(randomUUID())];
  for (const fall of [own, other]) {
    await unit.say('alarm-report', fall);
    await anna.call('takeAlarm', { alarm: fall.alarm });
  }
  const close = (by: typeof anna, { alarm }: typeof own, more: object) =>
    by.call('closeAlarm', { alarm }, more as never);
  const written = async () =>
    (await eva.call('audit')).lines
      .filter((line) => line.what === 'alarm-closed')
      .map(({ who, details: { operator: _id, ...details } }) => ({ who, ...details }));

  await expect(close(anna, own, { verdict: 'all-well' })).rejects.toMatchObject({ code: 'needs-confirming' });
  await expect(close(bo, other, { verdict: 'all-well' })).rejects.toMatchObject({
    code: 'needs-confirming',
    message: expect.stringContaining('Anna'),
  });
  expect(await written()).toEqual([]);
  await close(anna, own, { verdict: 'all-well', confirmed: true });
  await close(bo, other, { verdict: 'all-well', confirmed: true });
  expect(await written()).toEqual([
    { who: 'Bo', verdict: 'all-well', takenBy: 'Anna', unseen: 'true' },
    { who: 'Anna', verdict: 'all-well', unseen: 'true' },
  ]);
});

it('a unit that falls silent is an alarm, which is over when it is back, and stays until a person closes it', async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock });
  const anna = await site.person('Anna', 'operator');
  await site.unit('never-installed');
  await using unit = await connectUnit(site.relay, await site.unit('unit-1'), { over: 'tcp' });
  const presence = async () => (await anna.desk()).units.find((one) => one.unit === 'unit-1')!.presence;
  await unit.say('announce', { state: 'here', agent: '0.1.0', models: [] });
  for (let beat = 0; beat < 4; beat++) {
    await clock.advance(seconds(30));
    await unit.say('vitals', vitals);
    await vi.waitFor(async () => expect(await presence()).toBe('here'));
  }
  expect((await anna.desk()).alarms).toEqual([]);
  await clock.advance(seconds(46));
  expect(await presence()).toBe('late');
  await clock.advance(seconds(45));
  expect(await presence()).toBe('silent');
  const [alarm] = (await anna.desk()).alarms;
  expect(alarm).toMatchObject({ kind: 'unit-silent', unit: 'unit-1', state: 'raised' });
  await clock.advance(minutes(1));
  await unit.say('vitals', vitals);
  await vi.waitFor(async () => expect(await presence()).toBe('here'));
  expect((await anna.desk()).alarms).toMatchObject([
    { alarm: alarm!.alarm, state: 'raised', endedAt: expect.any(String) },
  ]);
});

it('a unit whose link ends is late at once', async () => {
  await using site = await openSite();
  const anna = await site.person('Anna', 'operator');
  const home = await site.unit('unit-1');
  const gone = Buffer.from(
    JSON.stringify({
      v: 1,
      id: randomUUID(),
      unit: home.unit,
      sentAt: '2026-11-22T00:00:00Z',
      body: { state: 'gone', agent: '0.1.0', models: [] },
    }),
  );
  const will = { topic: `nattfrid/v1/${home.unit}/up/announce`, payload: gone, qos: 1, retain: true } as const;
  const unit = await connectUnit(site.relay, home, { will });
  await unit.say('vitals', vitals);
  const presence = async () => (await anna.desk()).units[0]!.presence;
  await vi.waitFor(async () => expect(await presence()).toBe('here'));
  unit.client.stream.destroy();
  await vi.waitFor(async () => expect(await presence()).toBe('late'));
});

it('after a restart everything is there once: alarms, looks, silence, and the time that has gone by', async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock });
  const anna = await site.person('Anna', 'operator');
  const home = await site.unit('unit-1');
  const unit = await connectUnit(site.relay, home, { over: 'tcp' });
  const fall = aFall();
  const id = randomUUID();
  await unit.say('alarm-report', fall, id);
  await site.sendPlan(aPlan(home.unit, { windows: [{ id: 'late', from: '23:45', to: '00:15', looks: 2 }] }));
  await clock.advance(seconds(100));
  const before = await anna.desk();
  expect(before.alarms.map((alarm) => alarm.kind)).toEqual(['fall', 'unit-silent']);
  expect(before.looks).toHaveLength(2);
  await unit[Symbol.asyncDispose]();
  await site.relay[Symbol.asyncDispose]();

  // Four hours later: the window has been and gone while the relay was away.
  const later = movedClock(instant(clock.now() + minutes(240)));
  const around = { clock: later, log: silent, newId: randomUUID };
  await using relay = await openRelay(orThrow(checkSettings(site.settings)), around);
  const again = await signIn(relay, 'anna@testby.se');
  await using back = await connectUnit(relay, home, { over: 'tcp' });
  await back.say('alarm-report', fall, id);
  await later.advance(seconds(2));
  const desk = await again.desk();
  expect(desk.alarms.map((alarm) => alarm.alarm).sort()).toEqual(before.alarms.map((alarm) => alarm.alarm).sort());
  expect(desk.looks.map((look) => [look.look, look.fault])).toEqual(before.looks.map((look) => [look.look, 'missed']));
  // One home, one visit: for all four.
  expect(desk.visits).toHaveLength(1);
  expect(desk.visits.flatMap((visit) => [visit.why, ...(visit.also ?? []).map(({ why }) => why)]).sort()).toEqual([
    'alarm-not-taken',
    'alarm-not-taken',
    'technical-fault',
    'technical-fault',
  ]);
});
