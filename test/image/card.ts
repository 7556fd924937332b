/** A copy of an image that a test may spoil, and what a test needs to do inside the unit, which has no door of its own. */
import { chmod, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Architecture } from '../../image/architecture.ts';
import { partition } from '../../image/layout.ts';
import { makeBootLoader } from '../../image/make-image.ts';
import { run } from '../../image/tools.ts';

/** A copy with holes where the image has them. */
export async function copyCard(image: string, to: string): Promise<string> {
  await run('cp', ['--sparse=always', '--reflink=auto', image, to]);
  return to;
}

/**
 * Gives the copy's boot loader one more word for the kernel: run this script of the test's drive. Everything else of the card is as it was
 * made; without the word there is no way in.
 * @param modules the folder `grub` beside the image
 */
export async function openDoor(card: string, architecture: Architecture, modules: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-card-'));
  try {
    const loader = join(folder, architecture.startsFrom);
    // An emulated timer is late where the machine is busy, which Linux takes for a broken one.
    const words = `${architecture.name === 'amd64' ? 'no_timer_check ' : ''}systemd.run_success_action=none systemd.run_failure_action=none`;
    const door = { words, command: '/bin/sh /dev/disk/by-id/virtio-drive' };
    await makeBootLoader(architecture, modules, loader, { epoch: 1_764_000_000, door });
    const image = `${card}@@${partition('esp').start}`;
    const env = { MTOOLS_SKIP_CHECK: '1' };
    await run('mcopy', ['-o', '-i', image, loader, `::EFI/BOOT/${architecture.startsFrom}`], { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the card's own settings, as the bench does. */
export async function writeSettings(card: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-card-'));
  try {
    const file = join(folder, 'nattfrid.json');
    await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`);
    const env = { MTOOLS_SKIP_CHECK: '1' };
    await run('mcopy', ['-o', '-i', `${card}@@${partition('esp').start}`, file, '::nattfrid.json'], { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The test's drive: a script that runs in the unit as root, and files beside it (in /run/drive there). What it writes on /dev/console is
 * a line of the board.
 */
export async function makeDrive(
  folder: string,
  script: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const content = join(folder, 'drive');
  await rm(content, { recursive: true, force: true });
  await mkdir(content, { recursive: true });
  await writeFile(join(content, 'do'), `exec >/dev/console 2>&1\n${script}\n`);
  await chmod(join(content, 'do'), 0o755);
  for (const [name, from] of Object.entries(files)) await run('cp', ['--reflink=auto', from, join(content, name)]);
  const packed = join(folder, 'drive.squashfs');
  await rm(packed, { force: true });
  const asIs = ['-comp', 'gzip', '-noD', '-noI', '-noF'];
  await run('mksquashfs', [content, packed, '-noappend', '-quiet', '-no-progress', ...asIs]);
  // The medium begins with a script that a shell can read from it, and goes on with the files.
  const begin = `mkdir -p /run/drive\nmount -o ro,loop,offset=${headLength} /dev/disk/by-id/virtio-drive /run/drive\nexec /bin/sh /run/drive/do\n`;
  const drive = join(folder, 'drive.img');
  await writeFile(drive, begin.padEnd(headLength, '\n'));
  await run('sh', ['-c', 'cat "$1" >> "$2"', 'sh', packed, drive]);
  await rm(packed);
  return drive;
}

/** Bytes of the script at the medium's beginning. */
const headLength = 65_536;

/** Where in the card these bytes lie, in bytes from its first; every place. Holes are read as well. */
export async function search(card: string, wanted: Buffer): Promise<readonly number[]> {
  const file = await open(card);
  const step = 16 * 1024 * 1024;
  const found: number[] = [];
  try {
    const bytes = Buffer.alloc(step + wanted.length - 1);
    for (let at = 0; ; at += step) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
      const here = bytes.subarray(0, bytesRead);
      for (let index = here.indexOf(wanted); index >= 0 && index < step; index = here.indexOf(wanted, index + 1))
        found.push(at + index);
      if (bytesRead < bytes.length) return found;
    }
  } finally {
    await file.close();
  }
}
