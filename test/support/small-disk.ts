/** A disk of a megabyte that can be filled up and emptied: a tmpfs of its own, which only root may mount. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk extends Disposable {
  readonly folder: string;
  /** To the last byte. */
  fill(): void;
  empty(): void;
  /** From now on nothing may be written, or it may again. */
  readOnly(only: boolean): void;
}

const mount = (folder: string, megabytes: number): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' }).status === 0;

/** Why there is none here; undefined: there is. */
export function smallDiskMissing(): string | undefined {
  const probe = mkdtempSync(join(tmpdir(), 'nattfrid-disk-'));
  const may = mount(probe, 1);
  if (may) execFileSync('umount', [probe]);
  rmSync(probe, { recursive: true, force: true });
  return may ? undefined : 'a small disk of its own can only be mounted as root';
}

export function openSmallDisk(megabytes = 1): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-disk-'));
  if (!mount(folder, megabytes)) throw new TypeError('A small disk can only be mounted as root.');
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (let size = 1 << 20; size >= 1; size >>= 1)
          while (written(file, size)) {
            // as long as there is room for so much
          }
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    readOnly: (only) => void execFileSync('mount', ['-o', `remount,${only ? 'ro' : 'rw'}`, folder]),
    [Symbol.dispose]() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function written(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size)) === size;
  } catch {
    return false;
  }
}
