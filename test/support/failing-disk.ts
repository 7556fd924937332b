/** A disk whose file system finds a fault and lets nothing be written any more, as Linux does with one that breaks; only root may mount it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FailingDisk extends Disposable {
  readonly folder: string;
  /** From now on nothing may be written, by files that are open as well. */
  fail(): void;
  /** Mounted anew; whoever has files open on it must have closed them. */
  mend(): void;
}

const run = (program: string, ...words: readonly string[]): string =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** Why there is none here; undefined: there is. */
export function failingDiskMissing(): string | undefined {
  try {
    using disk = openFailingDisk();
    disk.fail();
    return undefined;
  } catch {
    return 'an ext4 disk in a file can only be mounted, and made to fail, as root';
  }
}

export function openFailingDisk(megabytes = 16): FailingDisk {
  const at = mkdtempSync(join(tmpdir(), 'nattfrid-failing-'));
  const [image, folder] = [join(at, 'image'), join(at, 'disk')];
  mkdirSync(folder);
  writeFileSync(image, '');
  truncateSync(image, megabytes << 20);
  const mount = () => void run('mount', '-o', 'loop,errors=remount-ro', image, folder);
  const unmount = (...how: readonly string[]) => spawnSync('umount', [...how, folder], { stdio: 'ignore' });
  try {
    run('mkfs.ext4', '-q', image);
    mount();
  } catch (error) {
    rmSync(at, { recursive: true, force: true });
    throw error;
  }
  return {
    folder,
    fail() {
      const device = run('findmnt', '-no', 'SOURCE', folder).replace('/dev/', '');
      writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'a fault of the test');
    },
    mend() {
      if (unmount().status !== 0) throw new Error(`somebody still has files open on ${folder}`);
      // Its fault is written on it.
      spawnSync('e2fsck', ['-fy', image], { stdio: 'ignore' });
      mount();
    },
    [Symbol.dispose]() {
      unmount('-l');
      rmSync(at, { recursive: true, force: true });
    },
  };
}
