/** Asks whatever can tell here how the unit is fed: a line (GPIO), a UPS (NUT), the kernel's power supplies, and the board's own warning. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@nattfrid/shared/time/clock';
import { askUps } from './nut.ts';
import { joined, type PowerReading } from './power.ts';

export interface PowerPlaces {
  /** A file that says 1 while there is mains power and 0 while there is none, such as the value of a GPIO pin. */
  readonly line?: string | undefined;
  /** `ups@host:port` of Network UPS Tools. */
  readonly ups?: string | undefined;
  /** Where the kernel's devices are, `/sys` but in a test. */
  readonly sys: string;
}

/** @returns never throws: what cannot be read tells nothing */
export async function readPower(places: PowerPlaces, clock: Pick<Clock, 'sleep'>): Promise<PowerReading> {
  return joined(
    await Promise.all([
      ofLine(places.line),
      places.ups === undefined ? nothing : askUps(places.ups, clock),
      ofKernel(join(places.sys, 'class/power_supply')),
      ofBoard(join(places.sys, 'class/hwmon')),
    ]),
  );
}

const nothing: PowerReading = { mains: undefined };

async function ofLine(file: string | undefined): Promise<PowerReading> {
  const said = file === undefined ? undefined : await word(file);
  return { mains: said === '1' ? true : said === '0' ? false : undefined };
}

/** Documentation/ABI/testing/sysfs-class-power of the kernel: `type`, `online`, `capacity`. */
async function ofKernel(folder: string): Promise<PowerReading> {
  const supplies = await Promise.all(
    (await names(folder)).map(async (name) => {
      const [type, online, scope] = await Promise.all(
        ['type', 'online', 'scope'].map((file) => word(join(folder, name, file))),
      );
      const charge = Number(await word(join(folder, name, 'capacity')));
      return { type, online, scope, charge };
    }),
  );
  // Of a mouse or a headset the scope is «Device»: it says nothing of this computer.
  const own = supplies.filter(({ scope }) => scope !== 'Device');
  const mains = own.filter(({ type, online }) => (type === 'Mains' || type === 'USB') && online !== undefined);
  const battery = own.find(({ type }) => type === 'Battery');
  if (mains.length === 0) return nothing;
  return {
    mains: mains.some(({ online }) => online !== '0'),
    ...(battery && Number.isFinite(battery.charge) && { chargePercent: battery.charge }),
  };
}

/** The kernel's driver raspberrypi-hwmon: `in0_lcrit_alarm` is 1 once the supply has given too little. */
async function ofBoard(folder: string): Promise<PowerReading> {
  for (const name of await names(folder)) {
    if ((await word(join(folder, name, 'name'))) !== 'rpi_volt') continue;
    const alarm = await word(join(folder, name, 'in0_lcrit_alarm'));
    return { mains: undefined, undervoltage: alarm === '1' };
  }
  return nothing;
}

const names = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

/** The first word of a small file; undefined: it cannot be read. */
async function word(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\S{1,60}/.exec(text)?.[0];
}
