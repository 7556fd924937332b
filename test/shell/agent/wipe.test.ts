/** After a wipe nothing of the home is in the unit's folder: it is searched, byte by byte. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labelOf } from '@nattfrid/agent/pairing/label-command';
import { wipeUnit } from '@nattfrid/agent/pairing/wipe';
import { accessTable } from '@nattfrid/agent/store/access-table';
import { openDatabase } from '@nattfrid/agent/store/database';
import { prepareWipe, wipedFromAfar } from '@nattfrid/agent/store/erase';
import { keptSettingsTable } from '@nattfrid/agent/store/kept-settings-table';
import { openUnitDisk } from '@nattfrid/agent/store/unit-disk';
import { databaseFile } from '@nattfrid/agent/store/unit-key';
import { silent } from '@nattfrid/shared/log/logger';
import { isWipeCertified } from '@nattfrid/shared/seal/wipe';
import { systemClock } from '@nattfrid/shared/time/clock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const traces = ['Anemon', 'Sovrum-i-hemmet', 'hemligt-losenord', 'alias-som-tittade', 'halt-i-hemmet'];
let data = '';
beforeEach(() => {
  data = join(mkdtempSync(join(tmpdir(), 'nattfrid-wipe-')), 'unit');
});
afterEach(() => rmSync(join(data, '..'), { recursive: true, force: true }));

function live(): void {
  using database = openDatabase(databaseFile(data));
  const at = systemClock.now();
  database.run("insert into pairing (slot, body) values (1, 'Anemon Sovrum-i-hemmet')");
  database.run(
    "insert into outbox (id, name, priority, body, made_at) values ('1', 'alarm-report', 1, 'Anemon', ?)",
    at,
  );
  database.run("insert into plan (slot, body, signature) values (1, 'Anemon', 's')");
  database.run("insert into room (slot, body, since) values (1, 'Sovrum-i-hemmet', 1)");
  keptSettingsTable(database).set({ 'camera.url': 'rtsp://admin:hemligt-losenord@10.0.0.2/' });
  accessTable(database).write({ at, what: 'look-opened', subject: 'x', who: 'alias-som-tittade' });
  for (const name of ['halted-here.json', 'access-head.json', 'unit.db.damaged-20261101T0000'])
    writeFileSync(join(data, name), 'Anemon halt-i-hemmet');
}
const found = () =>
  readdirSync(data).flatMap((name) => {
    const bytes = readFileSync(join(data, name));
    return traces.filter((trace) => bytes.includes(trace)).map((trace) => `${name}: ${trace}`);
  });

describe('a wipe', () => {
  it('leaves nothing of the home, keeps what the label says, and is certified by the unit', async () => {
    const before = await labelOf(data, 'https://relay.example');
    live();
    expect(found().length).toBeGreaterThan(4);
    const certificate = await wipeUnit(data, systemClock, 'home');
    expect(found()).toEqual([]);
    expect(readdirSync(data).filter((name) => !name.startsWith('unit.db'))).toEqual([]);
    expect(await labelOf(data, 'https://relay.example')).toEqual(before);
    expect(await isWipeCertified(certificate, before.publicKey)).toBe(true);
  });
  it('with the label makes another unit of it', async () => {
    const before = await labelOf(data, 'https://relay.example');
    const certificate = await wipeUnit(data, systemClock, 'label');
    const now = await labelOf(data, 'https://relay.example');
    expect(now.unit).not.toBe(before.unit);
    expect(now.address).not.toContain(before.address.split('#')[1]);
    expect(now.code).not.toBe(before.code);
    expect(certificate.what).toContain('label');
    const bytes = readFileSync(databaseFile(data));
    expect(bytes.includes(before.publicKey)).toBe(false);
  });
  it('that was cut short by a power cut is finished at the next start', async () => {
    const before = await labelOf(data, 'https://relay.example');
    live();
    prepareWipe(databaseFile(data), true);
    expect(found().length).toBeGreaterThan(4);
    openUnitDisk(data, systemClock, silent)[Symbol.dispose]();
    expect(found()).toEqual([]);
    expect(await labelOf(data, 'https://relay.example')).toEqual(before);
  });
  it('that was asked for from afar is known to be that afterwards, until the machine is given power anew', async () => {
    await labelOf(data, 'https://relay.example');
    prepareWipe(databaseFile(data), true, 'boot-1');
    using disk = openUnitDisk(data, systemClock, silent);
    expect(wipedFromAfar(disk.database)).toBe('boot-1');
  });
  it('is refused while an agent runs over the folder', async () => {
    await labelOf(data, 'https://relay.example');
    live();
    using _running = openUnitDisk(data, systemClock, silent);
    await expect(wipeUnit(data, systemClock, 'home')).rejects.toMatchObject({ code: 'data-in-use' });
    expect(found().length).toBeGreaterThan(4);
  });
});
