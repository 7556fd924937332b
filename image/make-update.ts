/** Makes an update: both file systems of a slot, signed. It is asked at once what the unit will ask of it. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Architecture } from './architecture.ts';
import { compatible, raucSettings } from './system.ts';
import { run, type Tool } from './tools.ts';

export const updateTools: readonly Tool[] = [
  { program: 'rauc', debian: 'rauc' },
  { program: 'mksquashfs', debian: 'squashfs-tools' },
  { program: 'openssl', debian: 'openssl' },
];

/** What an update is made of. */
export interface Update {
  readonly architecture: Architecture;
  readonly version: string;
  readonly slot: { readonly boot: string; readonly root: string };
  readonly cert: string;
  /** A file, or a PKCS#11 address of a key that never leaves its token. */
  readonly key: string;
  /** The keyring that the units carry. */
  readonly keyring: string;
  /** `verity`, but in a test of what units refuse. */
  readonly format?: 'verity' | 'plain';
}

/**
 * Makes the bundle, and checks it with the unit's own settings.
 * @throws Error where it cannot be signed, or a unit would refuse it; then there is no bundle
 */
export async function makeUpdate(update: Update, bundle: string): Promise<void> {
  await signUpdate(update, bundle);
  try {
    await checkUpdate(update, bundle);
  } catch (error) {
    await rm(bundle, { force: true });
    throw error;
  }
}

/** Signs without asking what a unit would say: for the tests of what units refuse. */
export async function signUpdate(update: Update, bundle: string): Promise<void> {
  const { architecture, version, slot, cert, key, format } = update;
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-update-'));
  try {
    await rm(bundle, { force: true });
    const content = join(folder, 'content');
    await mkdir(content);
    await copyFile(slot.boot, join(content, 'boot.img'));
    await copyFile(slot.root, join(content, 'root.img'));
    await writeFile(join(content, 'manifest.raucm'), manifest(architecture, version, format));
    const squash = '--mksquashfs-args=-comp zstd -Xcompression-level 1 -no-xattrs -all-root';
    await run('rauc', ['bundle', `--cert=${cert}`, `--key=${key}`, squash, content, bundle]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Asks of a bundle what the unit asks: RAUC with the unit's settings.
 * @throws Error with RAUC's words where the unit would refuse it
 */
export async function checkUpdate(update: Pick<Update, 'architecture' | 'keyring'>, bundle: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-update-'));
  try {
    const settings = join(folder, 'system.conf');
    await writeFile(settings, raucSettings(update.architecture, { keyring: update.keyring }));
    return await run('rauc', ['--conf', settings, 'info', bundle]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Pure. What RAUC reads of the update before it writes anything. */
export const manifest = (architecture: Architecture, version: string, format = 'verity'): string => `[update]
compatible=${compatible(architecture)}
version=${version}

[bundle]
format=${format}

[image.boot]
filename=boot.img

[image.root]
filename=root.img
`;
