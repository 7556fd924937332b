/** A unit whose disk is full: no gate opens without its line on the disk, and no picture takes the place of one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { silent } from '@nattfrid/shared/log/logger';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { accessLog } from '../../agent/src/look/access-log.ts';
import { makeGate } from '../../agent/src/look/gate.ts';
import { noLamp } from '../../agent/src/look/lamp.ts';
import { runLooks } from '../../agent/src/look/run-looks.ts';
import { accessTable } from '../../agent/src/store/access-table.ts';
import { openDatabase } from '../../agent/src/store/database.ts';

const mount = (folder: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' }).status === 0;
const probe = mkdtempSync(join(tmpdir(), 'nattfrid-full-'));
const may = mount(probe);
if (may) execFileSync('umount', [probe]);
rmSync(probe, { recursive: true, force: true });
if (!may) console.log('SKIPPED: a full disk is not tried: a small disk of its own can only be mounted as root.');

const night = instant(Date.parse('2026-07-01T23:50:00+02:00'));
const plan = Plan.parse({
  plan: '00000000-0000-4000-8000-0000000000aa',
  version: 1,
  unit: 'unit-1',
  client: 'Anna 3',
  validFrom: '2026-06-01T00:00:00Z',
  validUntil: '2026-12-31T00:00:00Z',
  mode: 'silhouette',
  watch: 'always',
  windows: [{ id: 'late', from: '23:45', to: '00:15', looks: 1 }],
  alarms: {},
  consents: { technology: '2026-05-20', supervision: '2026-05-20', cohabitants: 'lives-alone' },
});

describe.skipIf(!may)('a full disk', () => {
  it('keeps the gate shut, until there is room for the line again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nattfrid-full-'));
    expect(mount(folder)).toBe(true);
    try {
      using database = openDatabase(join(folder, 'unit.db'));
      const access = accessTable(database);
      const clock = movedClock(night);
      const { gate, key } = makeGate({ lamp: noLamp, clock, log: silent });
      const looks = runLooks({
        key,
        clock,
        log: silent,
        writeAccessLine: accessLog(access, silent),
        answer: async () => {},
        knowConsole: () => {},
      });
      let number = 0;
      /** Asks for a look. @returns whether the gate opened; it is shut again */
      const opens = async (): Promise<boolean> => {
        const look = `00000000-0000-4000-8000-${String(++number).padStart(12, '0')}` as LookId;
        const call = {
          look,
          reason: { type: 'window', window: 'late' },
          operator: 'op-7' as OperatorAlias,
          operatorKey: toBase64Url(new Uint8Array(32).fill(9)),
          until: '2026-07-02T00:00:00Z',
        } as const;
        const now = { at: clock.now(), clockSure: true, plan, ownAlarms: [] };
        await looks.tell({ type: 'call', call, asker: { by: 'nothing' }, now });
        const open = gate.looking()?.look === look;
        await looks.tell({ type: 'close', look, why: 'operator-closed', at: clock.now() });
        return open;
      };
      expect(await opens()).toBe(true);

      fill(join(folder, 'filler'));
      let opened = 1;
      // There may be room for some lines yet: sooner or later there is none.
      for (let tries = 0; tries < 300 && (await opens()); tries++) opened++;
      expect(await opens()).toBe(false);
      const lines = access.lines().filter(({ what }) => what.startsWith('opened'));
      expect(lines).toHaveLength(opened);
      expect(access.firstBroken()).toBeUndefined();
      expect(readdirSync(folder).filter((name) => !name.startsWith('unit.db'))).toEqual(['filler']);

      rmSync(join(folder, 'filler'));
      expect(await opens()).toBe(true);
      await looks[Symbol.asyncDispose]();
    } finally {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function fill(file: string): void {
  try {
    for (;;) writeFileSync(file, Buffer.alloc(4096, 1), { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
