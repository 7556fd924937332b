/** Deeds at a visit that come late or twice, and an alarm that is taken over, through a real relay: done once, written once, at the time of the press. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@nattfrid/relay/store/database';
import { openHub } from '@nattfrid/relay/tell/hub';
import { openVisits } from '@nattfrid/relay/visits/visits';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it } from 'vitest';
import { aFall } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';
import { dropDatabase, newDatabase } from '../../support/test-database.ts';

const evening = instant(Date.parse('2026-11-21T21:00:00Z'));

it('A1.5 a deed that is sent twice is done and written once, at the time at which it was pressed', async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock, settings: { silentAfterSeconds: 3600 } });
  const anna = await site.person('Anna', 'operator');
  const bo = await site.person('Bo', 'night-patrol');
  const siv = await site.person('Siv', 'coordinator');
  const unit = await connectUnit(site.relay, await site.unit('unit-1', 'Björken 3'), { over: 'tcp' });
  const fall = aFall();
  await unit.say('alarm-report', fall);
  await anna.call('takeAlarm', { alarm: fall.alarm });

  // A colleague has it, and cannot go on.
  const taking = bo.call('takeAlarm', { alarm: fall.alarm });
  await expect(taking).rejects.toMatchObject({ code: 'not-now' });
  expect(await bo.call('takeAlarm', { alarm: fall.alarm }, { over: true })).toMatchObject({
    state: 'taken',
    takenBy: 'Bo',
    leftBy: 'Anna',
  });

  await bo.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'help-needed' });
  const visit = (await bo.desk()).visits[0]!.visit;
  const pressedAt = printInstant(after(clock.now(), minutes(1)));
  await clock.advance(minutes(5));
  const deed = { to: 'on-the-way', deed: randomUUID(), pressedAt } as const;
  await bo.call('moveVisit', { visit }, deed);
  await clock.advance(minutes(1));
  const again = await bo.call('moveVisit', { visit }, deed);
  expect(again).toMatchObject({ state: 'on-the-way', onTheWayAt: pressedAt });
  const moved = await siv.call('audit', { what: 'visit-moved' });
  expect(moved.lines.map(({ details }) => [details?.['to'], details?.['pressedAt']])).toEqual([
    ['on-the-way', pressedAt],
  ]);
  // Two windows of one telephone send it in the same moment.
  const there = { to: 'there', deed: randomUUID(), pressedAt } as const;
  const both = await Promise.all([bo.call('moveVisit', { visit }, there), bo.call('moveVisit', { visit }, there)]);
  expect(both.map(({ state }) => state)).toEqual(['there', 'there']);
  // Another press to the same effect is somebody else's, and is told that it came too late.
  await expect(bo.call('moveVisit', { visit }, { to: 'there', deed: randomUUID() })).rejects.toMatchObject({
    code: 'not-now',
  });
  const taken = (await siv.call('audit', { what: 'alarm-taken' })).lines.map(({ who, details }) => [
    who,
    details?.['over'],
  ]);
  expect(taken).toContainEqual(['Bo', 'yes']);
});

it('a visit that has waited too long in the same moment in which another alarm becomes a reason for it keeps both', async () => {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-visits-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const database = newDatabase(folder);
  stack.defer(() => dropDatabase(database));
  const store = stack.use(await openStore(database));
  const clock = movedClock(evening);
  const visits = openVisits({
    ...{ store, clock, hub: openHub(), newId: randomUUID, goWithin: minutes(10), canSave: () => true },
    crews: () => ({}) as never,
    preferred: async () => [],
  });
  const [first, second] = [randomUUID() as never, randomUUID() as never];
  const need = (alarm: never) =>
    store.write((tx) =>
      visits.need(tx, { unit: 'unit-1' as never, client: 'Björken 3' as never, why: 'alarm-not-taken', alarm }),
    );
  await need(first);
  clock.moveTo(after(evening, minutes(20)));
  await Promise.all([visits.tick(), need(second)]);
  expect(await visits.onDesk(store.db, evening)).toMatchObject([
    { overdue: true, alarm: first, also: [{ alarm: second }] },
  ]);
});
