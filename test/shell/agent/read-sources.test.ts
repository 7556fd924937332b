/** What tells a unit of its power and its mobile link: files of the kernel, a UPS over TCP, a program; each as it is, and as it breaks. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askUps } from '@nattfrid/agent/check/nut';
import { readDiskRoom, readTemperature } from '@nattfrid/agent/check/read-machine';
import { readPower } from '@nattfrid/agent/check/read-power';
import { askSignal } from '@nattfrid/agent/check/read-signal';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasUpsd, openUpsd } from '../../support/upsd.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-sources-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** As upsd answers LIST VAR, in pieces; `words` otherwise. */
async function answerAsUpsd(answer: (asked: string) => readonly string[]): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      for (const piece of answer(bytes.toString())) socket.write(piece);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as { port: number }).port };
}

describe('a UPS', () => {
  it('is asked by its name, and read also where its answer comes in pieces', async () => {
    const asked: string[] = [];
    const { server, port } = await answerAsUpsd((text) => {
      asked.push(text);
      return [
        'BEGIN LIST VAR akku\nVAR akku battery.charge "91"\nVAR akku ups.sta',
        'tus "OB DISCHRG"\nEND LIST VAR akku\n',
      ];
    });
    expect(await askUps(`akku@127.0.0.1:${port}`, clock)).toMatchObject({ mains: false, chargePercent: 91 });
    expect(asked).toEqual(['LIST VAR akku\n']);
    server.close();
  });

  it('that is not known, not there, or no UPS at all says nothing of the mains', async () => {
    const { server, port } = await answerAsUpsd(() => ['ERR UNKNOWN-UPS\n']);
    expect((await askUps(`akku@127.0.0.1:${port}`, clock)).mains).toBeUndefined();
    server.close();
    expect((await askUps('akku@127.0.0.1:1', clock)).mains).toBeUndefined();
  });
});

if (!hasUpsd)
  console.log('SKIPPED: no UPS of Network UPS Tools is asked: upsd is missing (apt-get install nut-server).');

describe.skipIf(!hasUpsd)('A4 the upsd of Network UPS Tools', () => {
  it('tells of the mains, of its loss while the unit goes on, and of its return', { timeout: 60_000 }, async () => {
    await using upsd = await openUpsd(folder, 'akku');
    const ask = () => askUps(`akku@127.0.0.1:${upsd.port}`, clock);
    const told = (reading: object) =>
      vi.waitFor(async () => expect(await ask()).toMatchObject(reading), { timeout: 15_000, interval: 200 });
    upsd.set({ 'ups.status': 'OL CHRG', 'battery.charge': 97, 'battery.runtime': 1800 });
    await told({ mains: true, chargePercent: 97, lastsSeconds: 1800 });
    upsd.set({ 'ups.status': 'OB DISCHRG', 'battery.charge': 64, 'battery.runtime': 900 });
    await told({ mains: false, chargePercent: 64, lastsSeconds: 900 });
    upsd.set({ 'ups.status': 'OL', 'battery.charge': 70 });
    await told({ mains: true, chargePercent: 70 });
    expect((await askUps(`another@127.0.0.1:${upsd.port}`, clock)).mains).toBeUndefined();
  });
});

describe('the power', () => {
  const read = (line?: string) =>
    readPower({ sys: folder, ...(line !== undefined && { line: join(folder, line) }) }, clock);
  it('is read of a line, of the kernel’s supplies, and of the board’s own warning', async () => {
    expect((await read()).mains).toBeUndefined();
    put('gpio', '1\n');
    expect((await read('gpio')).mains).toBe(true);
    put('gpio', '0\n');
    expect((await read('gpio')).mains).toBe(false);
    put('gpio', 'in between');
    expect((await read('gpio')).mains).toBeUndefined();
    put('class/power_supply/AC/type', 'Mains\n');
    put('class/power_supply/AC/online', '0\n');
    put('class/power_supply/BAT0/type', 'Battery\n');
    put('class/power_supply/BAT0/capacity', '64\n');
    put('class/power_supply/mouse/type', 'USB\n');
    put('class/power_supply/mouse/scope', 'Device\n');
    put('class/power_supply/mouse/online', '1\n');
    put('class/hwmon/hwmon3/name', 'rpi_volt\n');
    put('class/hwmon/hwmon3/in0_lcrit_alarm', '1\n');
    expect(await read()).toEqual({ mains: false, chargePercent: 64, undervoltage: true });
  });
});

describe('the mobile link', () => {
  const mmcli = (script: string) => {
    put('mmcli', `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'mmcli'), 0o755);
    return { modem: join(folder, 'mmcli'), proc: folder };
  };
  const list = `case "$*" in *--list-modems*) echo '{"modem-list":["/org/freedesktop/ModemManager1/Modem/0"]}';;`;
  const state = `{"modem":{"generic":{"state":"connected","state-failed-reason":"--","unlock-required":"sim-pin2"},"3gpp":{"registration-state":"home"}}}`;
  const signal = `{"modem":{"signal":{"lte":{"rsrp":"-97.00","rsrq":"-10.00","snr":"11.00"}}}}`;

  it('is asked of the program for it, with what the modem has measured', async () => {
    const places = mmcli(`${list} *--signal-get*) echo '${signal}';; *) echo '${state}';; esac`);
    expect(await askSignal(places)).toEqual({ type: 'registered', rsrpDbm: -97, rsrqDb: -10, sinrDb: 11 });
  });
  it('is not needed where the way out goes by cable, unless it is to be measured all the same', async () => {
    const places = mmcli(`${list} *--signal-get*) echo '${signal}';; *) echo '${state}';; esac`);
    put('net/route', 'Iface\tDestination\tGateway\neth0\t00000000\t0102A8C0\n');
    expect(await askSignal(places)).toEqual({ type: 'cable' });
    expect((await askSignal(places, true)).type).toBe('registered');
  });
  it('is no modem where the program lacks, fails or prints rubbish', async () => {
    expect(await askSignal({ modem: join(folder, 'none'), proc: folder })).toEqual({ type: 'no-modem' });
    expect(await askSignal(mmcli('echo rubbish; exit 1'))).toEqual({ type: 'no-modem' });
  });
});

it('the warmest part is told, and the room on the disk', async () => {
  expect(await readTemperature(folder)).toBeUndefined();
  put('class/thermal/thermal_zone0/temp', '48312\n');
  put('class/thermal/thermal_zone1/temp', '-1\n');
  put('class/thermal/thermal_zone2/temp', '61200\n');
  expect(await readTemperature(folder)).toBe(61);
  expect((await readDiskRoom(folder))?.free).toBeGreaterThan(0);
  expect(await readDiskRoom(join(folder, 'none'))).toBeUndefined();
});
