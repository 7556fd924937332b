/** Asks this computer for its temperature and for the room on its disk. */
import { readdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskRoom } from './machine.ts';

/** @param sys `/sys` but in a test. @returns degrees Celsius of the warmest zone, whole; undefined: none is told */
export async function readTemperature(sys: string): Promise<number | undefined> {
  const folder = join(sys, 'class/thermal');
  const zones = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('thermal_zone'));
  const told = await Promise.all(
    zones.map(async (name) => Number(await readFile(join(folder, name, 'temp'), 'utf8').catch(() => 'none'))),
  );
  // Thousandths of a degree; sensors that are not there say 0 or less.
  const real = told.filter((one) => one > 0 && one < 200_000);
  return real.length === 0 ? undefined : Math.round(Math.max(...real) / 1000);
}

/** @param folder in which the unit keeps its words */
export async function readDiskRoom(folder: string): Promise<DiskRoom | undefined> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, all: blocks * bsize };
  } catch {
    return undefined;
  }
}
