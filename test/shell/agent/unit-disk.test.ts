/** The unit's disk: one agent over it, nobody else reads it, a damaged database is mended, old lines are forgotten and the chain still holds. */
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { checkAccessLog } from '@nattfrid/agent/look/check-access-log';
import { headFile, openHead } from '@nattfrid/agent/look/keep-head';
import { openOutbox } from '@nattfrid/agent/report/outbox';
import { accessTable } from '@nattfrid/agent/store/access-table';
import { alarmTable } from '@nattfrid/agent/store/alarm-table';
import { type Database, openDatabase, openWhole } from '@nattfrid/agent/store/database';
import { unitKey } from '@nattfrid/agent/store/keys';
import type { Mended } from '@nattfrid/agent/store/mend';
import { outboxTable } from '@nattfrid/agent/store/outbox-table';
import { keepRetention } from '@nattfrid/agent/store/retention';
import { whyNotKept } from '@nattfrid/agent/store/sqlite-code';
import { watchDisk } from '@nattfrid/agent/store/watch-disk';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { days, hours, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProgram } from '../../stand-ins/home/program.ts';
import { openSmallDisk, smallDiskMissing } from '../../support/small-disk.ts';
import { startStandInBroker } from '../../support/stand-in-broker.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-disk-'));
  file = join(folder, 'unit.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const night = instant(Date.parse('2026-11-22T01:00:00Z'));
const agentProgram = fileURLToPath(new URL('../../../agent/src/main.ts', import.meta.url));
const day = hours(24);

function openUnit(relay: string) {
  const config = join(folder, 'unit.json');
  const unit = {
    unit: 'enhet-1',
    alias: 'Björken 3',
    relay,
    token: 'a token that is long enough',
    planKey: 'k'.repeat(43),
    camera: { url: 'rtsp://127.0.0.1:9/none' },
    data: join(folder, 'data'),
    heartbeatSeconds: 1,
  };
  writeFileSync(config, JSON.stringify(unit));
  return (...args: string[]) => startProgram(agentProgram, [...args, '--config', config], {});
}

/** With so many words that they fill many pages. */
async function filled(many = 400) {
  using database = openDatabase(file);
  const key = await unitKey(database);
  const outbox = outboxTable(database);
  const alarms = alarmTable(database);
  database.transaction(() => {
    for (let one = 0; one < many; one++) {
      outbox.add(
        {
          id: randomUUID(),
          name: 'plan-answer',
          body: JSON.stringify({ type: 'refused', why: 'not-a-plan', one, filler: 'x'.repeat(400) }),
          madeAt: one,
        },
        2,
      );
      alarms.began(randomUUID() as never, 'fall', instant(one));
    }
  });
  database.all('pragma wal_checkpoint(truncate)');
  return toBase64Url(key.publicKey);
}

/** Overwrites one page of this table with noise. */
function damage(table: string, page = 2): void {
  const inner = new DatabaseSync(file);
  const pages = inner.prepare('select pageno from dbstat where name = ? order by pageno').all(table);
  const size = Number(inner.prepare('pragma page_size').get()?.['page_size']);
  const at = (Number(pages.at(page)?.['pageno'] ?? pages.at(-1)?.['pageno']) - 1) * size;
  inner.close();
  const raw = openSync(file, 'r+');
  writeSync(raw, Buffer.alloc(size, 0xa5), 0, size, at);
  closeSync(raw);
}

describe('two agents over one folder', () => {
  it('the second one ends with 2 and says why, and the first goes on', async () => {
    await using broker = await startStandInBroker();
    const start = openUnit(broker.address);
    await using first = start();
    await first.said('Agent started');
    await using second = start();
    expect(await second.ended).toBe(2);
    expect(second.lines.join('\n')).toMatch(/Another agent runs over the same folder/);
    first.kill('SIGKILL');
    await first.ended;
    // The lock died with its process.
    await using third = start();
    await third.said('Agent started');
  });
});

describe("the unit's files", () => {
  it('are the unit’s alone from the beginning', async () => {
    await filled(1);
    using database = openDatabase(file);
    database.run("insert into keys (name, value) values ('a', 'b')");
    const modes = readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    expect(modes).toEqual([
      ['unit.db', '600'],
      ['unit.db-shm', '600'],
      ['unit.db-wal', '600'],
    ]);
  });

  it('are put right at the start where others could read them, which is said once', async () => {
    await using broker = await startStandInBroker();
    const start = openUnit(broker.address);
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o755 });
    chmodSync(data, 0o755);
    const old = new DatabaseSync(join(data, 'unit.db'));
    old.exec('create table old (one text)');
    old.close();
    chmodSync(join(data, 'unit.db'), 0o644);
    await using agent = start();
    await agent.said("The unit's files could be read by others, and no longer can");
    await agent.said('Agent started');
    expect((statSync(data).mode & 0o777).toString(8)).toBe('700');
    for (const name of readdirSync(data)) expect(statSync(join(data, name)).mode & 0o077, name).toBe(0);
  });
});

describe('a damaged database', () => {
  const opened = () => {
    let how: Mended | undefined;
    const database = openWhole(file, night, (mended) => {
      how = mended;
    });
    return { database, how };
  };

  it('that is whole is left as it is', async () => {
    await filled(3);
    const { database, how } = opened();
    database[Symbol.dispose]();
    expect(how).toBeUndefined();
  });

  it.for(['outbox', 'alarms', 'sqlite_autoindex_outbox_1'])(
    'at %s: what is whole comes over, and the key',
    async (table) => {
      const key = await filled();
      damage(table);
      const { database, how } = opened();
      expect(toBase64Url((await unitKey(database)).publicKey)).toBe(key);
      expect(how?.carried).toMatchObject({ keys: 2 });
      expect(how?.carried['outbox']).toBeGreaterThan(350);
      expect(how?.carried['alarms']).toBeGreaterThan(200);
      expect(database.mend(night)).toBeUndefined();
      database[Symbol.dispose]();
      expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([
        'unit.db.damaged-20261122T010000',
      ]);
    },
  );

  it('is kept aside twice at most', async () => {
    await filled();
    for (let many = 0; many < 3; many++) {
      damage('outbox', 1);
      openWhole(file, instant(night + many * 60_000), () => {})[Symbol.dispose]();
    }
    const aside = readdirSync(folder).filter((name) => name.includes('damaged'));
    expect(aside).toEqual(['unit.db.damaged-20261122T010100', 'unit.db.damaged-20261122T010200']);
  });

  it('whose key cannot be read ends the agent with 1, which says that the unit must be paired', async () => {
    await using broker = await startStandInBroker();
    const start = openUnit(broker.address);
    mkdirSync(join(folder, 'data'));
    file = join(folder, 'data', 'unit.db');
    await filled();
    damage('keys', 0);
    await using agent = start();
    expect(await agent.ended).toBe(1);
    expect(agent.lines.join('\n')).toMatch(/its key cannot be read.*pair the unit again/);
  });

  it('is found by the daily reading, and mended while the unit goes on', async () => {
    await filled();
    const clock = movedClock(night);
    using database = openDatabase(file);
    using _watching = watchDisk({ database, clock, log: silent, changed: () => {} });
    damage('outbox');
    await clock.advance(hours(23));
    expect(readdirSync(folder).some((name) => name.includes('damaged'))).toBe(false);
    await clock.advance(hours(1));
    expect(readdirSync(folder).some((name) => name.includes('damaged'))).toBe(true);
    expect(outboxTable(database).depth()).toBeGreaterThan(350);
    outboxTable(database).add({ id: randomUUID(), name: 'plan-answer', body: '{}', madeAt: 1 }, 2);
  });
});

describe('a page of the outbox that is found damaged by reading', () => {
  it.for([
    ['what waits is sent', 'outbox', 'drain'],
    ['the vitals are said', 'sqlite_autoindex_outbox_1', 'depth'],
  ] as const)('when %s is told, mended, and what is left is sent', async ([, table, how]) => {
    await filled();
    damage(table, how === 'depth' ? 1 : 2);
    const clock = movedClock(night);
    using database = openDatabase(file);
    using disk = watchDisk({
      database,
      clock,
      log: silent,
      changed: () => {},
      failing: () => outbox.cannotKeep !== undefined,
      well: () => outbox.well(),
    });
    const told: unknown[] = [];
    const outbox = openOutbox({
      table: outboxTable(database),
      unit: 'enhet-1' as UnitId,
      clock,
      newId: randomUUID,
      whyNot: (error) => whyNotKept(error, folder),
      changed() {
        told.push(outbox.cannotKeep);
        if (outbox.cannotKeep === 'disk-damaged') queueMicrotask(() => disk.damaged());
      },
    });
    let sent = 0;
    const drain = () => outbox.drain(async () => void sent++, new AbortController().signal);
    if (how === 'drain') await drain();
    else expect(outbox.depth).toBe(0);
    expect(outbox.cannotKeep).toBe('disk-damaged');
    const filledAgain = outbox.filled(new AbortController().signal);
    await clock.advance(seconds(10));
    await filledAgain;
    expect(told).toEqual(['disk-damaged', undefined]);
    expect(readdirSync(folder).some((name) => name.includes('damaged'))).toBe(true);
    await drain();
    expect(sent).toBeGreaterThan(350);
    expect(outbox.depth).toBe(0);
  });

  it('is not read again and again while it cannot be mended, and goes on being told', async () => {
    await filled();
    damage('outbox');
    using database = openDatabase(file);
    const outbox = openOutbox({
      table: outboxTable(database),
      unit: 'enhet-1' as UnitId,
      clock: movedClock(night),
      newId: randomUUID,
      whyNot: (error) => whyNotKept(error, folder),
    });
    await outbox.drain(async () => {}, new AbortController().signal);
    let woken = false;
    void outbox.filled(new AbortController().signal).then(() => {
      woken = true;
    });
    outbox.well();
    await Promise.resolve();
    expect(woken).toBe(false);
    expect(outbox.cannotKeep).toBe('disk-damaged');
  });
});

describe('a write that is refused', () => {
  const whyOf = (folder: string, write: () => void) => {
    try {
      write();
    } catch (error) {
      return whyNotKept(error, folder);
    }
    return 'kept';
  };
  const many = (database: Database) => () => {
    for (let one = 0; one < 400; one++)
      outboxTable(database).add({ id: randomUUID(), name: 'plan-answer', body: 'x'.repeat(4000), madeAt: one }, 2);
  };

  it('by a damaged page is told as damage', async () => {
    await filled();
    damage('outbox', 0);
    using database = openDatabase(file);
    expect(whyOf(folder, many(database))).toBe('disk-damaged');
  });

  it.skipIf(smallDiskMissing() !== undefined)(
    'by a full disk is told as a full disk, and is taken again once there is room',
    () => {
      using disk = openSmallDisk(1);
      using database = openDatabase(join(disk.folder, 'unit.db'));
      disk.fill();
      expect(whyOf(disk.folder, many(database))).toBe('disk-full');
      disk.empty();
      expect(whyOf(disk.folder, () => database.touch())).toBe('kept');
    },
  );
});

describe('what was kept long enough', () => {
  it('is forgotten once a day, which is written down, and the chain of what is left still holds', async () => {
    const clock = movedClock(night);
    {
      using database = openDatabase(file);
      const alarms = alarmTable(database);
      const access = accessTable(database);
      for (let many = 0; many < 5; many++) {
        const at = instant(night - (4 - many) * 10 * day);
        access.write({ at, what: `opened ${many}`, subject: 'look', who: 'op-1' });
        alarms.began(`alarm-${many}` as never, 'fall', at);
        if (many !== 1) alarms.ended(`alarm-${many}` as never, at);
      }
      using _keeping = keepRetention({
        database,
        alarms,
        access,
        keepDays: { alarms: 25, access: 35 },
        clock,
        agreed: () => false,
        log: silent,
      });
      // Forty days old: one line; thirty as well, and still open: the alarm stays.
      expect(access.lines().map(({ what }) => what)).toEqual([
        'opened 1',
        'opened 2',
        'opened 3',
        'opened 4',
        'forgotten alarms 1 access-lines 1',
      ]);
      expect(alarms.recent().map(({ alarm }) => alarm)).toEqual(['alarm-4', 'alarm-3', 'alarm-2', 'alarm-1']);
      expect(access.firstBroken()).toBeUndefined();
      await clock.advance(hours(24 * 100) as never);
      await clock.advance(seconds(1));
      expect(access.firstBroken()).toBeUndefined();
      expect(access.lines().every(({ what }) => what.startsWith('forgotten'))).toBe(true);
    }
    expect(checkAccessLog(folder).type).toBe('whole');
  });

  it.for([
    ['is not forgotten by a clock that is years ahead, at a start or later', false, 5],
    ['is forgotten by a clock that the relay’s agrees with', true, 1],
  ] as const)('%s', async ([, agrees, left]) => {
    const clock = movedClock(night);
    using database = openDatabase(file);
    const alarms = alarmTable(database);
    const access = accessTable(database);
    for (let many = 0; many < 5; many++)
      access.write({ at: instant(night - many * day), what: `opened ${many}`, subject: 'look', who: 'op-1' });
    let agreed = false;
    const parts = { database, alarms, access, keepDays: { alarms: 25, access: 35 }, log: silent, agreed: () => agreed };
    {
      using _before = keepRetention({ ...parts, clock });
    }
    clock.stepWall(days(4 * 365));
    using _after = keepRetention({ ...parts, clock });
    for (let time = 0; time < 20; time++) clock.moveTo(instant(clock.now() + day));
    expect(access.count()).toBe(5);
    agreed = agrees;
    clock.moveTo(instant(clock.now() + day));
    // What is left of a log that was forgotten says so.
    expect(access.count()).toBe(left);
  });
});

describe('check-log', () => {
  it('ends with 0 over a whole log, and with 1 over one in which a line was changed, naming it', async () => {
    const start = openUnit('http://127.0.0.1:9');
    mkdirSync(join(folder, 'data'));
    const database = openDatabase(join(folder, 'data', 'unit.db'));
    const access = accessTable(database);
    for (const what of ['opened', 'ended', 'refused']) access.write({ at: night, what, subject: 'look', who: 'op-1' });
    await using whole = start('check-log');
    expect(await whole.ended).toBe(0);
    expect(whole.lines.join()).toMatch(/whole: 3 lines/);
    database.run("update access set who = 'op-2' where number = 2");
    await using broken = start('check-log');
    expect(await broken.ended).toBe(1);
    expect(broken.lines.join()).toMatch(/broken: line 2 /);
    database[Symbol.dispose]();
  });

  const written = ['opened', 'ended', 'refused', 'opened', 'ended'];
  /** A log, and the head of it that a running unit keeps. */
  const withHead = () => {
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true });
    const database = openDatabase(join(data, 'unit.db'));
    const access = accessTable(database);
    for (const what of written) access.write({ at: night, what, subject: 'look', who: 'op-1' });
    return { data, database, access, head: openHead(data, access, silent)()! };
  };

  it.for([
    ['is whole', () => {}, { type: 'whole', compared: true }],
    [
      'has grown since',
      ({ access }: Unit) => access.write({ at: night, what: 'opened', subject: 'look', who: 'op-1' }),
      { type: 'whole', compared: true },
    ],
    [
      'has forgotten what is old',
      ({ access }: Unit) => {
        access.write({ at: instant(night + day), what: 'forgotten', subject: 'retention', who: 'unit' });
        access.forgetBefore(instant(night + 1));
      },
      { type: 'whole', compared: true },
    ],
    [
      'was cut off',
      ({ database }: Unit) => database.run('delete from access where number > 3'),
      { type: 'cut-off', last: 3, had: 5 },
    ],
    ['was emptied', ({ database }: Unit) => database.run('delete from access'), { type: 'cut-off', last: 0, had: 5 }],
    [
      'was emptied and goes on',
      ({ database, access }: Unit) => {
        database.run('delete from access');
        access.write({ at: night, what: 'opened', subject: 'look', who: 'op-1' });
      },
      { type: 'cut-off' },
    ],
    [
      'was made anew without one line',
      ({ database, access }: Unit) => {
        database.run('delete from access');
        database.run("delete from sqlite_sequence where name = 'access'");
        for (const what of [...written.slice(1), 'opened'])
          access.write({ at: night, what, subject: 'look', who: 'op-1' });
      },
      { type: 'made-anew', number: 5 },
    ],
  ] as const)('finds by the head beside it, and by the one that the relay has, that a log %s', ([, change, found]) => {
    const unit = withHead();
    change(unit);
    expect(checkAccessLog(unit.data)).toMatchObject(found);
    // A unit that starts over it does not take the new end for the right one.
    if (found.type !== 'whole') {
      openHead(unit.data, unit.access, silent)();
      expect(checkAccessLog(unit.data)).toMatchObject(found);
    }
    rmSync(headFile(unit.data));
    expect(checkAccessLog(unit.data, unit.head)).toMatchObject(found);
    expect(checkAccessLog(unit.data)).toMatchObject({ type: 'whole', compared: false });
    unit.database[Symbol.dispose]();
  });

  it('ends with 1 over a log that was emptied while the unit was off, and the unit says so when it starts', async () => {
    await using broker = await startStandInBroker();
    const start = openUnit(broker.address);
    const { database } = withHead();
    database.run('delete from access');
    database[Symbol.dispose]();
    await using check = start('check-log');
    expect(await check.ended).toBe(1);
    expect(check.lines.join()).toMatch(/cut off after line 0: it had 5/);
    await using agent = start();
    await agent.said('The access log is not the one that was kept: see check-log, and then move its head away');
  });
});

interface Unit {
  readonly database: Database;
  readonly access: ReturnType<typeof accessTable>;
}
