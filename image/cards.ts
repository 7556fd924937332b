/** Writes cards at the bench: several side by side, each read back. It refuses whatever does not look like a card. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, statSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mib, partition } from './layout.ts';
import { run, type Tool } from './tools.ts';

export const cardTools: readonly Tool[] = [
  { program: 'mcopy', debian: 'mtools' },
  { program: 'lsblk', debian: 'util-linux' },
  { program: 'dd', debian: 'coreutils' },
];

/** What is known of a medium before anything is written. */
export interface Medium {
  readonly path: string;
  /** `disk` and `loop` are whole media, `part` is a piece of one, `file` stands for one in tests. */
  readonly kind: string;
  /** Bytes. */
  readonly size: number;
  readonly readOnly: boolean;
  /** Where it, or a piece of it, is in use: folders, or «[SWAP]». */
  readonly usedAt: readonly string[];
}

/** Larger media are somebody's disk and no card: 256 GB. */
export const largestCard = 256e9;

/** Pure. Why nothing is written there, as a sentence; nothing where it is a card. `force` lets a large one pass, and nothing else. */
export function refusal(medium: Medium, imageSize: number, force = false): string | undefined {
  const { path, kind, size, readOnly, usedAt } = medium;
  if (kind === 'part') return `${path} is a partition: name the whole card.`;
  if (!['disk', 'loop', 'file'].includes(kind)) return `${path} is no card (${kind}).`;
  if (usedAt.includes('/') || usedAt.includes('/boot') || usedAt.includes('/boot/efi'))
    return `${path} is the disk that this machine runs from (${usedAt.join(', ')}).`;
  if (usedAt.length > 0)
    return `${path} is in use at ${usedAt.join(', ')}: unmount it first, and be sure that it is the card.`;
  if (readOnly) return `${path} is write-protected: move the card's slider.`;
  if (size < imageSize)
    return `${path} holds ${gigabytes(size)}, and ${gigabytes(imageSize)} are needed: take a larger card.`;
  if (size > largestCard && !force)
    return `${path} holds ${gigabytes(size)}, which is rather a disk than a card: --force if it is one.`;
  return undefined;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

interface Listed {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly ro: boolean;
  readonly mountpoints: readonly (string | null)[];
  readonly children?: readonly Listed[];
}

/**
 * Looks at a medium.
 * @throws Error where there is none
 */
export async function lookAt(path: string): Promise<Medium> {
  const info = await stat(path).catch(() => undefined);
  if (!info) throw new Error(`there is no ${path}: is the card in? lsblk lists what there is.`);
  if (info.isFile()) return { path, kind: 'file', size: info.size, readOnly: false, usedAt: [] };
  const json = await run('lsblk', ['--json', '--bytes', '--output', 'PATH,TYPE,SIZE,RO,MOUNTPOINTS', path]);
  const [listed] = (JSON.parse(json) as { blockdevices: readonly Listed[] }).blockdevices;
  if (!listed) throw new Error(`${path} is no medium. lsblk lists what there is.`);
  const usedAt = (one: Listed): readonly string[] => [
    ...one.mountpoints.filter((at): at is string => at !== null),
    ...(one.children ?? []).flatMap(usedAt),
  ];
  return { path, kind: listed.type, size: listed.size, readOnly: listed.ro, usedAt: [...new Set(usedAt(listed))] };
}

/** How far a card is. */
export interface Progress {
  readonly path: string;
  readonly step: 'writes' | 'reads back';
  /** 0 to 1. */
  readonly part: number;
}

/**
 * Writes the image on the medium with the card's own settings, and reads all of it back, past the machine's memory.
 * @param settings what `nattfrid.json` on the card says; the image's own where nothing is given
 * @returns SHA-256 of what stands on the card
 * @throws Error where it cannot be written, or something else is read back
 */
export async function writeCard(
  image: string,
  path: string,
  settings: Readonly<Record<string, unknown>> | undefined,
  progress: (progress: Progress) => void,
): Promise<string> {
  const esp = settings && (await espWith(image, settings));
  const { size } = statSync(image);
  const from = await open(image);
  // O_EXCL: the kernel itself refuses a medium that is in use.
  const card = await open(path, constants.O_RDWR | ((await stat(path)).isFile() ? 0 : constants.O_EXCL));
  const hash = createHash('sha256');
  try {
    const bytes = Buffer.alloc(4 * mib);
    const { start, size: espSize } = partition('esp');
    for (let at = 0; at < size; ) {
      const { bytesRead } = await from.read(bytes, 0, bytes.length, at);
      if (bytesRead === 0) throw new Error(`${image} became shorter while it was read`);
      const piece = bytes.subarray(0, bytesRead);
      for (let index = 0; esp && index < bytesRead; index += mib)
        if (at + index >= start && at + index < start + espSize)
          esp.copy(piece, index, at + index - start, at + index - start + mib);
      for (let done = 0; done < bytesRead; )
        done += (await card.write(piece, done, bytesRead - done, at + done)).bytesWritten;
      hash.update(piece);
      at += bytesRead;
      progress({ path, step: 'writes', part: at / size });
    }
    await card.sync();
  } finally {
    await from.close();
    await card.close();
  }
  const written = hash.digest('hex');
  const read = await readBack(path, size, progress);
  if (read !== written)
    throw new Error(
      `${path}: something else is read than was written. The card is worn out or counterfeit: throw it away.`,
    );
  return written;
}

/** The image's ESP with other settings in it. */
async function espWith(image: string, settings: Readonly<Record<string, unknown>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-card-'));
  try {
    const { start, size } = partition('esp');
    const esp = join(folder, 'esp.img');
    await copyRange(image, start, size, esp);
    const file = join(folder, 'nattfrid.json');
    await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`);
    await run('mcopy', ['-o', '-i', esp, file, '::nattfrid.json'], {
      env: { MTOOLS_SKIP_CHECK: '1', SOURCE_DATE_EPOCH: '1764000000' },
    });
    return await readFile(esp);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyRange(from: string, start: number, size: number, to: string): Promise<void> {
  const file = await open(from);
  try {
    const bytes = Buffer.alloc(size);
    await file.read(bytes, 0, size, start);
    await writeFile(to, bytes);
  } finally {
    await file.close();
  }
}

async function readBack(path: string, size: number, progress: (progress: Progress) => void): Promise<string> {
  try {
    return await digestOfFirst(path, size, ['iflag=direct,fullblock'], progress);
  } catch {
    // Some file systems know no reading past the memory; a card's own device does.
    return await digestOfFirst(path, size, ['iflag=fullblock'], progress);
  }
}

async function digestOfFirst(
  path: string,
  size: number,
  flags: readonly string[],
  progress: (progress: Progress) => void,
): Promise<string> {
  const child = spawn('dd', [`if=${path}`, `bs=${mib}`, `count=${size / mib}`, 'status=none', ...flags]);
  const over = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  over.catch(() => {});
  const hash = createHash('sha256');
  let read = 0;
  for await (const bytes of child.stdout) {
    hash.update(bytes as Buffer);
    read += (bytes as Buffer).length;
    progress({ path, step: 'reads back', part: read / size });
  }
  const status = await over;
  if (status !== 0 || read !== size) throw new Error(`${path} could not be read back`);
  return hash.digest('hex');
}
