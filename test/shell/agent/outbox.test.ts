import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import type { AlarmId, CameraId, LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { readLetter } from '@nattfrid/shared/wire/envelope';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../agent/src/decide/finding.ts';
import { openOutbox } from '../../../agent/src/report/outbox.ts';
import { reporter } from '../../../agent/src/report/report.ts';
import { alarmTable } from '../../../agent/src/store/alarm-table.ts';
import { openDatabase } from '../../../agent/src/store/database.ts';
import { outboxTable } from '../../../agent/src/store/outbox-table.ts';

const unit = 'unit-1' as UnitId;
const never = new AbortController().signal;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openAll() {
  const database = openDatabase(join(folder, 'unit.db'));
  const alarms = alarmTable(database);
  const outbox = openOutbox({
    table: outboxTable(database),
    unit,
    clock: movedClock(instant(1000)),
    newId: randomUUID,
  });
  const report = reporter({
    database,
    alarms,
    outbox,
    camera: 'camera-1' as CameraId,
    newAlarmId: () => randomUUID() as AlarmId,
  });
  return { database, alarms, outbox, report };
}
const aReport = (): AlarmReport => ({
  alarm: randomUUID() as AlarmId,
  kind: 'fall',
  phase: 'began',
  at: printInstant(instant(0)),
  camera: 'camera-1' as CameraId,
  evidence: { code: 'lying-on-floor', figures: { lyingForSeconds: 15 }, models: [], attended: false },
});
const aFinding = (phase: Finding['phase'], second: number): Finding => ({
  phase,
  kind: 'fall',
  at: instant(second * 1000),
  evidence: { code: 'lying-on-floor', figures: {}, models: [], attended: false },
});
async function drained(outbox: ReturnType<typeof openAll>['outbox']) {
  const sent: string[] = [];
  await outbox.drain(async (name, bytes) => {
    const letter = readLetter(name, bytes);
    sent.push(
      letter instanceof Error
        ? letter.message
        : `${name} ${'phase' in letter.body ? letter.body.phase : 'type' in letter.body ? letter.body.type : ''}`,
    );
  }, never);
  return sent;
}

describe('the outbox', () => {
  it('keeps an alarm that was put but not sent when the process dies', async () => {
    {
      using database = openAll().database;
      openOutbox({ table: outboxTable(database), unit, clock: movedClock(), newId: randomUUID }).put(
        'alarm-report',
        aReport(),
      );
    }
    const { outbox } = openAll();
    expect(outbox.depth).toBe(1);
    expect(await drained(outbox)).toEqual(['alarm-report began']);
    expect(outbox.depth).toBe(0);
  });

  it('keeps what the relay did not acknowledge, and sends it again under the same id', async () => {
    const { outbox } = openAll();
    outbox.put('alarm-report', aReport());
    const ids: string[] = [];
    const failing = outbox.drain(async (name, bytes) => {
      const letter = readLetter(name, bytes);
      if ('id' in letter) ids.push(letter.id);
      throw new Error('gone');
    }, never);
    await expect(failing).rejects.toThrow('gone');
    await outbox.drain(async (name, bytes) => {
      const letter = readLetter(name, bytes);
      if ('id' in letter) ids.push(letter.id);
    }, never);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('sends alarms before anything that waited longer', async () => {
    const { outbox } = openAll();
    outbox.put('plan-answer', { type: 'refused', why: 'expired' });
    outbox.put('alarm-report', aReport());
    expect(await drained(outbox)).toEqual(['alarm-report began', 'plan-answer refused']);
  });

  it('refuses on the way in what nobody could read', () => {
    const { outbox } = openAll();
    expect(() => outbox.put('alarm-report', { ...aReport(), at: 'yesterday' })).toThrow();
    expect(outbox.depth).toBe(0);
  });

  it('goes on over a disk that takes nothing: sends what it cannot remove once, and what a look answers from memory', async () => {
    const { database } = openAll();
    const table = outboxTable(database);
    let full = false;
    const refused = (): void => {
      throw new Error('database or disk is full');
    };
    const outbox = openOutbox({
      table: {
        ...table,
        add: (one, priority) => (full ? refused() : table.add(one, priority)),
        remove: (number) => (full ? refused() : table.remove(number)),
      },
      unit,
      clock: movedClock(),
      newId: randomUUID,
    });
    outbox.put('plan-answer', { type: 'refused', why: 'expired' });
    full = true;
    expect(() => outbox.put('alarm-report', aReport())).toThrow('full');
    outbox.put('look-answer', { type: 'refused', look: randomUUID() as LookId, why: 'call-invalid' });
    expect(outbox.cannotKeep).toBe('disk-full');
    expect(await drained(outbox)).toEqual(['plan-answer refused', 'look-answer refused']);
    expect(await drained(outbox)).toEqual([]);
    expect(outbox.depth).toBe(0);
    full = false;
    outbox.put('alarm-report', aReport());
    expect(await drained(outbox)).toEqual(['alarm-report began']);
    expect([table.depth(), outbox.cannotKeep]).toEqual([0, undefined]);
    outbox.put('alarm-report', aReport());
    expect(await drained(outbox)).toEqual(['alarm-report began']);
  });

  it('never drops an alarm to make room', async () => {
    const { database } = openAll();
    const table = outboxTable(database);
    const row = (name: 'alarm-report' | 'plan-answer') => ({ id: randomUUID(), name, body: '{}', madeAt: 0 });
    for (let many = 0; many < 4; many++) table.add(row('alarm-report'), 0);
    for (let many = 0; many < 4; many++) table.add(row('plan-answer'), 2);
    expect(table.bound(2)).toBe(4);
    expect(table.depth()).toBe(4);
    expect(table.first()?.name).toBe('alarm-report');
  });
});

describe('findings become alarms', () => {
  for (const [name, findings, expected] of [
    [
      'one alarm, told and ended',
      [aFinding('began', 0), aFinding('ended', 60)],
      ['alarm-report began', 'alarm-report ended'],
    ],
    [
      'begun again after a restart: the same alarm, told again',
      [aFinding('began', 0), aFinding('began', 90)],
      ['alarm-report began', 'alarm-report began'],
    ],
    [
      'hours later: the old one ended, a new one begun',
      [aFinding('began', 0), aFinding('began', 7200)],
      ['alarm-report began', 'alarm-report ended', 'alarm-report began'],
    ],
    ['changed without a beginning is told as begun', [aFinding('changed', 5)], ['alarm-report began']],
  ] as const)
    it(name, async () => {
      const { outbox, report } = openAll();
      for (const finding of findings) report(finding);
      expect(await drained(outbox)).toEqual(expected);
    });

  it('is on disk, alarm and report together, before anything is sent', () => {
    {
      const { report, database } = openAll();
      report(aFinding('began', 0));
      database[Symbol.dispose]();
    }
    const { alarms, outbox } = openAll();
    expect(alarms.open()).toHaveLength(1);
    expect(outbox.depth).toBe(1);
  });
});
