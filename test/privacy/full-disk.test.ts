/** A unit whose disk is full: no gate opens without its line on the disk, and no picture takes the place of one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { silent } from '@nattfrid/shared/log/logger';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { haltMachine } from '../../agent/src/halt/halts.ts';
import { accessLog } from '../../agent/src/look/access-log.ts';
import { makeGate } from '../../agent/src/look/gate.ts';
import { noLamp } from '../../agent/src/look/lamp.ts';
import { runLooks } from '../../agent/src/look/run-looks.ts';
import { accessTable } from '../../agent/src/store/access-table.ts';
import { openDatabase } from '../../agent/src/store/database.ts';
import { unit } from '../stand-ins/home/client.ts';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

/** Words, keys and the number at which the access log ends: nothing else is ever in a unit's folder. */
const isUnknown = (name: string) => !/^(unit\.db|access-head\.json)/.test(name);
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
        const now = {
          at: clock.now(),
          clockSure: true,
          plan,
          ownAlarms: [],
          halts: haltMachine.initial,
          readiness: { name: 'by-hand' } as const,
        };
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
      expect(readdirSync(folder).filter(isUnknown)).toEqual(['filler']);

      rmSync(join(folder, 'filler'));
      expect(await opens()).toBe(true);
      await looks[Symbol.asyncDispose]();
    } finally {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.skipIf(homeMissing() !== undefined)(
    'under a whole unit: no look opens, nobody is shown anything, and the alarm that it could not write comes when it can',
    { timeout: 240_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'nattfrid-full-'));
      const disk = join(folder, 'unit');
      mkdirSync(disk);
      expect(mount(disk)).toBe(true);
      try {
        await using site = await openHomeUnderTest({ folder, cut: 'whole' });
        await site.home.agent.said('Plan taken');
        fill(join(disk, 'filler'));

        const reason = { type: 'window', window: 'natt' } as const;
        /** @returns how the look stands once its unit has answered, or has not */
        const asks = async () => {
          const operatorKey = toBase64Url((await makeOperatorKey()).publicKey);
          const { look } = await site.desk.call('openLook', {}, { unit, reason, operatorKey });
          const found = await site.until((desk) =>
            desk.looks.find((one) => one.look === look && one.state !== 'asked' && one.state !== 'due'),
          );
          await site.desk.call('closeLook', { look }, {}).catch(() => undefined);
          return found;
        };
        // There may be room for a line yet.
        let last = await asks();
        for (let tries = 0; tries < 8 && last.state === 'open'; tries++) last = await asks();
        expect(last).toMatchObject({ state: 'failed', fault: 'no-picture' });
        expect(last.firstPictureAt).toBeUndefined();

        await site.home.agent.said('An alarm could not be written and is tried again');
        const full = await site.until((desk) => desk.units.find((one) => one.vitals?.diskFull));
        expect(full.presence).toBe('here');
        // Only the relay's own, since the unit can tell none.
        const told = await site.until((desk) => desk.alarms.find((one) => one.evidence.code === 'disk-full'));
        expect(told.kind).toBe('unit-silent');
        expect((await site.desk.call('desk', {}, {})).alarms).toHaveLength(1);
        expect(readdirSync(disk).filter(isUnknown)).toEqual(['filler']);

        rmSync(join(disk, 'filler'));
        const alarm = await site.until((desk) => desk.alarms.find((one) => one.kind === 'fall'));
        expect(alarm.state).toBe('raised');
        expect((await asks()).state).toBe('open');
      } finally {
        execFileSync('umount', ['-l', disk]);
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

function fill(file: string): void {
  try {
    for (;;) writeFileSync(file, Buffer.alloc(4096, 1), { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
