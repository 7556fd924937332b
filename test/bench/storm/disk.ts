/** The relay's disk in a storm: a small one of its own that fills up and empties, where this machine lets us mount one. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface StormDisk extends Disposable {
  readonly folder: string;
  /** Undefined where the disk is the machine's own, which nobody fills. */
  readonly small: { fill(): void; empty(): void } | undefined;
}

export function openStormDisk(folder: string, megabytes: number): StormDisk {
  mkdirSync(folder);
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder];
  if (spawnSync('mount', options, { stdio: 'ignore' }).status !== 0)
    return { folder, small: undefined, [Symbol.dispose]: () => {} };
  const filler = join(folder, 'filler');
  return {
    folder,
    small: {
      fill() {
        const file = openSync(filler, 'a');
        for (let size = 1 << 20; size >= 1; size >>= 1) while (written(file, size));
        closeSync(file);
      },
      empty: () => rmSync(filler, { force: true }),
    },
    [Symbol.dispose]: () => void spawnSync('umount', ['-l', folder]),
  };
}

function written(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size)) === size;
  } catch {
    return false;
  }
}
