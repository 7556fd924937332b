/** A relay whose disk takes nothing says so, everywhere and at once, and does not forget who has fallen silent. */
import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempDisposableSync, openSync, readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { watchSaving } from '@nattfrid/relay/saving/watch-saving';
import { openStore } from '@nattfrid/relay/store/database';
import { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { AlarmId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { hours, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it, vi } from 'vitest';
import { type Person, signIn } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { openSmallDisk, smallDiskMissing } from '../../support/small-disk.ts';
import { connectUnit } from '../../support/speaking-unit.ts';
import { aboutTheFile } from '../../support/test-database.ts';

const why = smallDiskMissing();
if (why) console.log(`SKIPPED: a relay on a full disk is not tried: ${why}.`);

const evening = instant(Date.parse('2026-11-21T21:00:00Z'));
/** SQLite's, where nothing else is asked for. */
const pageSize = 4096;

/** What a console hears. */
async function listen(person: Person) {
  const socket = await person.socket('/live');
  const heard: LiveEvent[] = [];
  socket.on('message', (data) => heard.push(LiveEvent.parse(JSON.parse(String(data)))));
  return {
    heard,
    of: <Type extends LiveEvent['type']>(type: Type) =>
      heard.filter((event): event is Extract<LiveEvent, { type: Type }> => event.type === type),
    [Symbol.dispose]: () => socket.terminate(),
  };
}

async function healthOf({ url }: { readonly url: string }) {
  const response = await fetch(`${url}/healthz`);
  return { status: response.status, ...((await response.json()) as { words?: string }) };
}

/** A relay on a disk that can be filled up, and a clock that stands. */
async function openOnSmallDisk() {
  await using stack = new AsyncDisposableStack();
  const disk = stack.use(openSmallDisk(8));
  const clock = movedClock(evening);
  const site = stack.use(await openSite({ clock, settings: { database: join(disk.folder, 'relay.sqlite') } }));
  const kept = stack.move();
  return { disk, clock, site, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

it.skipIf(why !== undefined)(
  'on a full disk: not well, no beat, red on the desk, presence and silence from memory, nothing forgotten after it',
  { timeout: 120_000 },
  async () => {
    await using opened = await openOnSmallDisk();
    const { disk, clock, site } = opened;
    const { relay } = site;
    const health = () => healthOf(relay);
    const anna = await site.person('Anna', 'operator');
    using live = await listen(anna);
    const [speaking, unplugged] = [await site.unit('unit-1'), await site.unit('unit-2')];
    const unit = await connectUnit(relay, speaking, { over: 'tcp' });
    const other = await connectUnit(relay, unplugged, { over: 'tcp' });
    for (const one of [unit, other]) await one.say('announce', { state: 'here', agent: '0.1.0', models: [] });
    const fall = aFall();
    await unit.say('alarm-report', fall);
    await other[Symbol.asyncDispose]();
    expect(await health()).toMatchObject({ status: 200 });
    await vi.waitFor(() => expect(live.of('alarm')).toHaveLength(1));

    disk.fill();
    const words = 'The relay cannot save: the disk is full. Make room on it.';
    expect(await health()).toMatchObject({ status: 503, words });
    // One that was away when it changed hears it too: each is told when it comes.
    expect(await unit.told('relay-state')).toEqual({ type: 'saves' });
    expect(await unit.told('relay-state')).toMatchObject({ type: 'cannot-save', words });
    await vi.waitFor(() => expect(live.of('relay').at(-1)?.relay.cannotSave?.words).toContain('the disk is full'));
    await expect(anna.call('takeAlarm', { alarm: fall.alarm })).rejects.toMatchObject({
      code: 'cannot-save',
      fields: { status: 503 },
    });

    const beats = live.of('beat').length;
    // One goes on speaking, and is cut off each time since it cannot be acknowledged; the other has been unplugged.
    for (let beat = 0; beat < 5; beat++) {
      await clock.advance(seconds(30));
      await using back = await connectUnit(relay, speaking, { over: 'tcp' });
      // Before it is cut off, whenever it comes.
      expect(await back.told('relay-state')).toMatchObject({ type: 'cannot-save', words });
      await back.say('announce', { state: 'here', agent: '0.1.0', models: [] }).catch(() => {});
    }
    expect(live.of('beat')).toHaveLength(beats);
    await vi.waitFor(() =>
      expect(live.of('unit').findLast(({ unit: { unit } }) => unit === 'unit-2')?.unit.presence).toBe('silent'),
    );
    const silence = live.of('alarm').find(({ alarm }) => alarm.kind === 'unit-silent')?.alarm;
    expect(silence).toMatchObject({ unit: 'unit-2', state: 'raised' });
    expect(live.of('alarm').findLast(({ alarm }) => alarm.alarm === fall.alarm)?.alarm.overdue).toBe(true);
    expect(live.of('alarm').filter(({ alarm }) => alarm.unit === 'unit-1' && alarm.kind === 'unit-silent')).toEqual([]);
    // Whoever opens the console now sees the same.
    const desk = await anna.desk();
    expect(desk.relay?.cannotSave?.words).toContain('the disk is full');
    expect(desk.units.map(({ unit, presence }) => [unit, presence])).toEqual([
      ['unit-1', 'here'],
      ['unit-2', 'silent'],
    ]);
    expect(desk.alarms.map(({ kind, overdue }) => [kind, overdue])).toEqual([
      ['fall', true],
      ['unit-silent', false],
    ]);

    disk.empty();
    await clock.advance(seconds(3));
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: 200 }));
    await clock.advance(seconds(6));
    await vi.waitFor(() => expect(live.of('desk').length).toBeGreaterThan(1));
    expect(live.of('beat').length).toBeGreaterThan(beats);
    const after = await anna.desk();
    expect(after.relay?.cannotSave).toBeUndefined();
    expect(after.alarms.map(({ alarm }) => alarm).sort()).toEqual([fall.alarm, silence!.alarm].sort());
    await anna.call('takeAlarm', { alarm: silence!.alarm });
  },
);

it.skipIf(why !== undefined)(
  'a unit that is unplugged while the disk is full and comes back is told of, and saved',
  async () => {
    await using opened = await openOnSmallDisk();
    const { disk, clock, site } = opened;
    const anna = await site.person('Anna', 'operator');
    const home = await site.unit('unit-1');
    const unit = await connectUnit(site.relay, home, { over: 'tcp' });
    await unit.say('announce', { state: 'here', agent: '0.1.0', models: [] });
    disk.fill();
    await fetch(`${site.relay.url}/healthz`);
    await unit[Symbol.asyncDispose]();
    await clock.advance(minutes(2));
    const back = await connectUnit(site.relay, home, { over: 'tcp' });
    await back.say('announce', { state: 'here', agent: '0.1.0', models: [] }).catch(() => {});
    disk.empty();
    await clock.advance(seconds(3));
    await vi.waitFor(async () =>
      expect((await anna.desk()).alarms).toMatchObject([
        { kind: 'unit-silent', state: 'raised', endedAt: expect.any(String) },
      ]),
    );
  },
);

it.skipIf(why !== undefined)(
  'a clock that is set back while nothing can be saved makes no unit silent that goes on speaking',
  { timeout: 120_000 },
  async () => {
    await using opened = await openOnSmallDisk();
    const { disk, clock, site } = opened;
    const anna = await site.person('Anna', 'operator');
    const home = await site.unit('unit-1');
    const here = { state: 'here', agent: '0.1.0', models: [] } as const;
    {
      await using unit = await connectUnit(site.relay, home, { over: 'tcp' });
      await unit.say('announce', here);
    }
    disk.fill();
    await fetch(`${site.relay.url}/healthz`);
    clock.stepWall(milliseconds(-hours(3)));
    for (let beat = 0; beat < 6; beat++) {
      await clock.advance(seconds(30));
      await using back = await connectUnit(site.relay, home, { over: 'tcp' });
      await back.say('announce', here).catch(() => {});
    }
    const desk = await anna.desk();
    expect(desk.units.map(({ presence }) => presence)).toEqual(['here']);
    expect(desk.alarms).toEqual([]);
  },
);

it.skipIf(why !== undefined)(
  'who signs in on a full disk is told why, and is taken at once when there is room, however often it was tried',
  { timeout: 60_000 },
  async () => {
    await using opened = await openOnSmallDisk();
    const { disk, site } = opened;
    await site.person('Anna', 'operator');
    disk.fill();
    // Of wrong ones the sixth would wait, and with this clock for ever.
    for (let attempt = 0; attempt < 8; attempt++)
      await expect(signIn(site.relay, 'anna@testby.se')).rejects.toMatchObject({
        code: 'cannot-save',
        message: expect.stringContaining('the disk is full'),
        fields: { status: 503 },
      });
    disk.empty();
    await signIn(site.relay, 'anna@testby.se');
  },
);

it.skipIf(aboutTheFile('a page of a file of SQLite is damaged'))(
  'a table that is damaged while the relay runs is told until every table can be read, whatever else is saved',
  async () => {
    const clock = movedClock(evening);
    await using site = await openSite({ clock });
    const { relay } = site;
    const health = () => healthOf(relay);
    const anna = await site.person('Anna', 'operator');
    using live = await listen(anna);
    const home = await site.unit('unit-1');
    const unit = await connectUnit(relay, home, { over: 'tcp' });
    await unit.say('alarm-report', aFall());
    expect(await health()).toMatchObject({ status: 200 });

    const mend = damage(site.database, 'alarms');
    await unit.say('alarm-report', { ...aFall(), alarm: AlarmId.parse(randomUUID()) }).catch(() => {});
    const words = expect.stringMatching(
      /the database is damaged.*restore the newest backup: nattfrid-relay restore FILE/,
    );
    await vi.waitFor(() => expect(live.of('relay').at(-1)?.relay.cannotSave).toMatchObject({ words }));
    const beats = live.of('beat').length;
    for (let wait = 0; wait < 4; wait++) {
      await clock.advance(seconds(30));
      expect(await health()).toMatchObject({ status: 503, words });
    }
    expect(live.of('relay').at(-1)?.relay.cannotSave).toMatchObject({ words });
    expect(live.of('beat')).toHaveLength(beats);

    mend();
    await clock.advance(minutes(1));
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: 200 }));
    await vi.waitFor(() => expect(live.of('relay').at(-1)?.relay.cannotSave).toBeUndefined());
  },
);

it('a table that is damaged while nobody uses it is found within a day', { timeout: 60_000 }, async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'nattfrid-damaged-'));
  const file = join(folder.path, 'relay.sqlite');
  const clock = movedClock(evening);
  await using store = await openStore(file);
  await using saving = watchSaving({ store, clock, log: silent });
  await saving.probe();
  damage(file, 'visits');
  expect(await saving.probe()).toBeUndefined();
  await clock.advance(hours(24));
  await vi.waitFor(() => expect(saving.current.name).toBe('cannot-save'));
});

/** Garbage over the first page of a table, in the file itself. @returns puts it right again */
function damage(file: string, table: string): () => void {
  // Into the file out of its log; and whoever has pages in memory reads them anew.
  const flush = () => {
    using other = new DatabaseSync(file);
    other.exec('update pulse set at = at + 1; pragma wal_checkpoint(truncate)');
    const found = other.prepare('select rootpage from sqlite_schema where name = ?').get(table) as { rootpage: number };
    return found.rootpage;
  };
  const at = (flush() - 1) * pageSize;
  const whole = Buffer.alloc(pageSize);
  const put = (page: Buffer) => {
    const handle = openSync(file, 'r+');
    writeSync(handle, page, 0, pageSize, at);
    closeSync(handle);
  };
  const handle = openSync(file, 'r');
  readSync(handle, whole, 0, pageSize, at);
  closeSync(handle);
  put(Buffer.alloc(pageSize, 0x5a));
  return () => {
    put(whole);
    flush();
  };
}
