/** Stops, pauses and the switch on the unit's real disk: there before they are answered, over a power cut, and written in the access log. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readAtTheUnit } from '@nattfrid/agent/halt/at-the-unit';
import { haltHere } from '@nattfrid/agent/halt/halt-command';
import { type HaltKeeper, keepHalts } from '@nattfrid/agent/halt/keep-halts';
import { readSwitch } from '@nattfrid/agent/halt/privacy-switch';
import { accessTable } from '@nattfrid/agent/store/access-table';
import { type Database, openDatabase, openWhole } from '@nattfrid/agent/store/database';
import { haltTable } from '@nattfrid/agent/store/halt-table';
import { unitKey } from '@nattfrid/agent/store/keys';
import { planTable } from '@nattfrid/agent/store/plan-table';
import { silent } from '@nattfrid/shared/log/logger';
import { hours, minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { HaltLetter } from '@nattfrid/shared/wire/halt-letter';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const night = instant(Date.parse('2026-11-22T23:00:00Z'));
const halt = '00000000-0000-4000-8000-0000000000d1';
const at = printInstant(night);
const inMinutes = (many: number) => instant(night + minutes(many));
const stop = (planVersion: number): HaltLetter =>
  HaltLetter.parse({ type: 'stop', halt, at, planVersion, why: 'consent-withdrawn' });
const pause = HaltLetter.parse({
  type: 'pause',
  halt: '00000000-0000-4000-8000-0000000000d2',
  at,
  from: printInstant(inMinutes(10)),
  until: printInstant(inMinutes(20)),
});

let data: string;
let database: Database;
let clock: ReturnType<typeof movedClock>;
let version: number | undefined;
let keepers: HaltKeeper[];
const told: string[] = [];
const file = () => join(data, 'unit.db');
const pin = () => join(data, 'pin');
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'nattfrid-halt-'));
  database = openDatabase(file());
  clock = movedClock(night);
  version = 3;
  keepers = [];
  told.length = 0;
});
afterEach(() => {
  for (const one of keepers) one[Symbol.dispose]();
  database[Symbol.dispose]();
  rmSync(data, { recursive: true, force: true });
});

function unit(parts: { readonly withSwitch?: boolean; readonly db?: Database } = {}): HaltKeeper {
  const { withSwitch = false, db = database } = parts;
  const keeper = keepHalts({
    table: haltTable(db),
    access: accessTable(db),
    readSwitch: () => readSwitch(withSwitch ? pin() : undefined),
    readAtTheUnit: () => readAtTheUnit(data),
    plan: () => ({ current: version, newest: version }),
    clock,
    log: silent,
    changed: (dark) => told.push(dark?.why ?? 'light'),
  });
  keepers.push(keeper);
  return keeper;
}

/** As after a power cut: nothing was closed, and another process opens what lies on the disk. */
function restarted(parts?: { readonly withSwitch: boolean }): HaltKeeper {
  for (const one of keepers.splice(0)) one[Symbol.dispose]();
  database = openDatabase(file());
  return unit(parts);
}
const lines = () =>
  accessTable(database)
    .lines()
    .map(({ what, who }) => `${who}: ${what}`);
/** Every write is refused, as by a disk that is full. */
const fullDisk = (db: Database): Database => ({
  ...db,
  transaction: () => {
    throw new Error('database or disk is full');
  },
});

describe('A5.5 a unit that is stopped', () => {
  it('is dark when the letter has been read, and has it on its disk before it answers', () => {
    const keeper = unit();
    expect(keeper.dark).toBeUndefined();
    expect(keeper.consider(stop(3))).toEqual({ type: 'taken', halt, letter: 'stop' });
    expect(keeper.dark).toEqual({ why: 'consent-withdrawn', since: at });
    expect(told).toEqual(['consent-withdrawn']);
    expect(lines()).toEqual(['relay: dark-began consent-withdrawn']);
    expect(restarted().dark).toEqual({ why: 'consent-withdrawn', since: at });
    expect(lines()).toEqual(['relay: dark-began consent-withdrawn']);
  });

  it('stays so with every plan that it had, and watches again with a newer one', () => {
    const keeper = unit();
    keeper.consider(stop(4));
    version = 4;
    keeper.weigh();
    expect(keeper.dark?.why).toBe('consent-withdrawn');
    version = 5;
    keeper.weigh();
    expect(keeper.dark).toBeUndefined();
    expect(lines()).toEqual(['relay: dark-began consent-withdrawn', 'relay: dark-ended consent-withdrawn']);
    // The old stop once more: what was signed since is not what was taken back.
    expect(keeper.consider(stop(4))).toMatchObject({ type: 'refused', why: 'newer-plan', version: 5 });
    expect(restarted().dark).toBeUndefined();
  });

  it('goes dark though its disk takes nothing, says nothing until it does, and writes its line then', async () => {
    let full = true;
    const db: Database = {
      ...database,
      transaction: (work) => (full ? fullDisk(database) : database).transaction(work),
    };
    const keeper = unit({ db });
    expect(keeper.consider(stop(3))).toBeUndefined();
    expect(keeper.dark?.why).toBe('consent-withdrawn');
    // Said again by the relay, it is still not on the disk.
    expect(keeper.consider(stop(3))).toBeUndefined();
    expect(lines()).toEqual([]);
    full = false;
    await clock.advance(seconds(1));
    expect(lines()).toEqual(['relay: dark-began consent-withdrawn']);
    expect(keeper.consider(stop(3))).toMatchObject({ type: 'taken' });
    expect(restarted().dark?.why).toBe('consent-withdrawn');
  });

  it('does not become light as long as that cannot be written down', async () => {
    let full = false;
    const db: Database = {
      ...database,
      transaction: (work) => (full ? fullDisk(database) : database).transaction(work),
    };
    const keeper = unit({ db });
    keeper.consider(stop(3));
    full = true;
    version = 4;
    keeper.weigh();
    await clock.advance(seconds(5));
    expect(keeper.dark?.why).toBe('consent-withdrawn');
    expect(keeper.halts.atTheUnit).toEqual({ type: 'stopped' });
    full = false;
    await clock.advance(seconds(1));
    expect(keeper.dark).toBeUndefined();
    expect(keeper.halts.atTheUnit).toEqual({ type: 'nothing' });
  });

  it('stays dark, and has no plan any more, where its database was damaged and the stop cannot be read', async () => {
    await unitKey(database);
    planTable(database).save({ body: 'a plan', signature: 'its signature' });
    unit().consider(stop(3));
    database.run(
      "insert into outbox (id, name, priority, body, made_at) values ('1', 'vitals', 3, ?, 0)",
      'x'.repeat(9000),
    );
    for (const one of keepers.splice(0)) one[Symbol.dispose]();
    database[Symbol.dispose]();
    spoil('halts');
    let mended = false;
    database = openWhole(file(), night, () => {
      mended = true;
    });
    expect(mended).toBe(true);
    expect(planTable(database).load()).toBeUndefined();
  });

  it('keeps plan and stop where something else was damaged', async () => {
    await unitKey(database);
    planTable(database).save({ body: 'a plan', signature: 'its signature' });
    unit().consider(stop(3));
    for (const one of keepers.splice(0)) one[Symbol.dispose]();
    database[Symbol.dispose]();
    spoil('alarms');
    database = openWhole(file(), night, () => {});
    expect(planTable(database).load()).toEqual({ body: 'a plan', signature: 'its signature' });
    expect(unit().dark?.why).toBe('consent-withdrawn');
  });

  it('is dark where what it keeps of halts makes no sense', () => {
    haltTable(database).save('{"stop":');
    expect(unit().dark?.why).toBe('plan-ended');
    expect(restarted().dark?.why).toBe('plan-ended');
    version = 4;
    expect(restarted().dark).toBeUndefined();
  });
});

describe('A7.11 a unit that is paused', () => {
  it('rests from then until then by its own clock, over a restart, with a line at each end', async () => {
    const keeper = unit();
    expect(keeper.consider(pause)).toMatchObject({ type: 'taken', letter: 'pause' });
    expect(keeper.dark).toBeUndefined();
    await clock.advance(minutes(10));
    await clock.advance(seconds(1));
    expect(keeper.dark).toMatchObject({ why: 'paused', until: printInstant(inMinutes(20)) });
    const again = restarted();
    expect(again.dark?.why).toBe('paused');
    await clock.advance(minutes(10));
    expect(again.dark).toBeUndefined();
    expect(lines()).toEqual([
      `relay: dark-began paused until ${printInstant(inMinutes(20))}`,
      'relay: dark-ended paused',
    ]);
  });

  it('that ended while the power was off goes on, and says when it starts that it was dark', async () => {
    unit().consider(pause);
    await clock.advance(minutes(11));
    for (const one of keepers.splice(0)) one[Symbol.dispose]();
    await clock.advance(hours(2));
    expect(restarted().dark).toBeUndefined();
    expect(lines().at(-1)).toBe('relay: dark-ended paused');
  });
});

describe('A5.5 the switch on the unit itself', () => {
  it('makes it dark within a second, without any network, and light again', async () => {
    writeFileSync(pin(), '0\n');
    const keeper = unit({ withSwitch: true });
    expect(keeper.dark).toBeUndefined();
    writeFileSync(pin(), '1\n');
    await clock.advance(seconds(1));
    expect(keeper.dark?.why).toBe('privacy-switch');
    expect(restarted({ withSwitch: true }).dark?.why).toBe('privacy-switch');
    writeFileSync(pin(), '0\n');
    await clock.advance(seconds(1));
    expect(told.at(-1)).toBe('light');
    expect(lines()).toEqual(['home: dark-began privacy-switch', 'home: dark-ended privacy-switch']);
  });

  for (const [what, make] of [
    ['is not there', () => {}],
    ['says nothing', () => writeFileSync(pin(), '')],
    ['says something else', () => writeFileSync(pin(), 'on\n')],
    ['is a folder', () => mkdirSync(pin())],
    ['is a pipe to which nobody writes', () => execFileSync('mkfifo', [pin()])],
  ] as const)
    it(`keeps it dark where it ${what}`, () => {
      make();
      expect(unit({ withSwitch: true }).dark?.why).toBe('switch-unreadable');
    });

  it('ends no stop, and no stop ends it', async () => {
    writeFileSync(pin(), '1');
    const keeper = unit({ withSwitch: true });
    keeper.consider(stop(3));
    writeFileSync(pin(), '0');
    await clock.advance(seconds(1));
    expect(keeper.dark?.why).toBe('consent-withdrawn');
    writeFileSync(pin(), '1');
    version = 4;
    await clock.advance(seconds(1));
    expect(keeper.dark?.why).toBe('privacy-switch');
  });
});

describe('A5.5 a technician at the unit', () => {
  it('stops it within a second, over a restart, and lets it watch again', async () => {
    const keeper = unit();
    haltHere(data, 'stop', undefined, night);
    await clock.advance(seconds(1));
    expect(keeper.dark?.why).toBe('technician');
    const again = restarted();
    expect(again.dark?.why).toBe('technician');
    haltHere(data, 'resume', undefined, night);
    await clock.advance(seconds(1));
    expect(again.dark).toBeUndefined();
    expect(lines()).toEqual(['technician: dark-began technician', 'technician: dark-ended technician']);
  });

  it('pauses it until then', async () => {
    const keeper = unit();
    haltHere(data, 'pause', '2026-11-23T01:00+01:00', night);
    await clock.advance(seconds(1));
    expect(keeper.dark).toMatchObject({ why: 'paused', until: '2026-11-23T00:00:00.000Z' });
    await clock.advance(hours(1));
    expect(keeper.dark).toBeUndefined();
  });

  it('cannot start what a consent has stopped', async () => {
    const keeper = unit();
    keeper.consider(stop(3));
    haltHere(data, 'stop', undefined, night);
    haltHere(data, 'resume', undefined, night);
    await clock.advance(seconds(1));
    expect(keeper.dark?.why).toBe('consent-withdrawn');
  });

  for (const [what, until] of [
    ['without an end', undefined],
    ['with no time', 'tomorrow'],
    ['that is past', '2026-11-22T22:00Z'],
    ['of more than 14 days', '2026-12-24T22:00Z'],
  ] as const)
    it(`is told that there is no pause ${what}`, () => {
      expect(() => haltHere(data, 'pause', until, night)).toThrow(/--until|14 days/);
      expect(unit().dark).toBeUndefined();
    });

  it('has stopped it where what was said cannot be understood', () => {
    writeFileSync(join(data, 'halted-here.json'), '{"type":"paused"}');
    expect(unit().dark?.why).toBe('technician');
  });
});

/** Overwrites the first page of a table with noise. */
function spoil(table: string): void {
  const reading = new DatabaseSync(file());
  const page = Number(reading.prepare('select rootpage from sqlite_master where name = ?').get(table)?.['rootpage']);
  const size = Number(reading.prepare('pragma page_size').get()?.['page_size']);
  reading.exec('pragma wal_checkpoint(truncate)');
  reading.close();
  execFileSync('dd', ['if=/dev/urandom', `of=${file()}`, `bs=${size}`, `seek=${page - 1}`, 'count=1', 'conv=notrunc'], {
    stdio: 'ignore',
  });
}
