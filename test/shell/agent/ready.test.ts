/** What a unit has seen while it is set up is on its disk: a power cut takes nothing of it away, and proves itself. */
import type { AlarmId, LookId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { keepReadiness } from '../../../agent/src/ready/keep-readiness.ts';
import { writeReadiness } from '../../../agent/src/ready/kept-readiness.ts';
import { readiness } from '../../../agent/src/ready/readiness.ts';
import { openDatabase } from '../../../agent/src/store/database.ts';
import { readyTable } from '../../../agent/src/store/ready-table.ts';

const now = instant(Date.parse('2026-11-30T09:00:00Z'));
const look = '00000000-0000-4000-8000-000000000001' as LookId;
const alarm = '00000000-0000-4000-8000-00000000000a' as AlarmId;
const record = '00000000-0000-4000-8000-0000000000cc';
const call = '00000000-0000-4000-8000-0000000000c1';

function pairedUnit() {
  const table = readyTable(openDatabase(':memory:'));
  const [paired] = readiness.step(readiness.initial, { type: 'paired', at: now, boot: 'first' });
  table.save(writeReadiness(paired));
  let changes = 0;
  const start = (boot: string) => {
    const unit = keepReadiness({ table, clock: movedClock(now), log: silent, changed: () => void changes++ });
    unit.started(boot);
    return unit;
  };
  return { table, start, changed: () => changes };
}
const until = new Date(now + 120_000).toISOString();
const shown = (unit: ReturnType<typeof keepReadiness>, isTest = true) => {
  unit.answered({ type: 'opened', look, mode: 'silhouette', until }, isTest);
  unit.answered({ type: 'picture', look }, isTest);
  unit.answered({ type: 'ended', look, why: 'operator-closed' }, isTest);
};

describe('a unit that is being set up', () => {
  it('is ready after a test look, a test fall and a power cut, over three starts', () => {
    const { start, changed } = pairedUnit();
    const first = start('first');
    shown(first);
    first.fallRaised(alarm);
    // The plug is pulled: nothing is closed.
    const second = start('second');
    expect(second.seen).toEqual(['test-look', 'power-cut']);
    expect(second.served({ type: 'ready', call, record })).toMatchObject({ type: 'refused', lacks: ['test-fall'] });
    expect(second.served({ type: 'test-fall-back', call, alarm })).toMatchObject({ type: 'proofs' });
    expect(second.served({ type: 'ready', call, record })).toEqual({ type: 'ready-taken', call, record });
    expect(changed()).toBeGreaterThan(3);
    expect(start('third').now.name).toBe('ready');
  });

  it('takes no test fall for its own that it has not raised, and says so', () => {
    const { start } = pairedUnit();
    const unit = start('first');
    const said = { type: 'test-fall-back', call, alarm } as const;
    expect(unit.served(said)).toEqual({ type: 'refused', call, why: 'not-found' });
    expect(unit.seen).toEqual([]);
    unit.fallRaised(alarm);
    expect(unit.served(said)).toMatchObject({ type: 'proofs', seen: ['test-fall'] });
  });

  it('that is given another camera has to be looked through once more', () => {
    const { start } = pairedUnit();
    const unit = start('first');
    shown(unit);
    unit.cameraChosen();
    expect(unit.seen).toEqual([]);
    expect(start('second').served({ type: 'ready', call, record })).toMatchObject({
      lacks: ['test-look', 'test-fall'],
    });
  });

  it('takes no restart that was asked for as a power cut', () => {
    const { start } = pairedUnit();
    start('first')[Symbol.dispose]();
    expect(start('second').seen).toEqual([]);
  });

  it('takes no other look for a test look', () => {
    const { start } = pairedUnit();
    const unit = start('first');
    shown(unit, false);
    expect(unit.seen).toEqual([]);
  });

  it('counts nothing that it could not write down', () => {
    const { table } = pairedUnit();
    const full = {
      ...table,
      save: () =>
        void (() => {
          throw new Error('the disk is full');
        })(),
    };
    const unit = keepReadiness({ table: full, clock: movedClock(now), log: silent, changed: () => {} });
    shown(unit);
    expect(unit.seen).toEqual([]);
  });
});

it('says nothing and waits for nothing where it was registered by hand', () => {
  const unit = keepReadiness({
    table: readyTable(openDatabase(':memory:')),
    ...{ clock: movedClock(now), log: silent, changed: () => {} },
  });
  expect(unit.now).toEqual({ name: 'by-hand' });
  expect(unit.served({ type: 'ready', call, record })).toMatchObject({ why: 'already-ready' });
});
