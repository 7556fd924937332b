/**
 * What the bench keeps in its folder, for its owner alone: its key and the labels, which are secrets until they are printed, and the stock,
 * which is none. Whatever was written is on the disk before a unit hears of it.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { erase } from '@nattfrid/agent/store/erase';
import { onTheDisk } from '@nattfrid/shared/process/on-the-disk';
import { importBenchKey, makeBenchKey } from '@nattfrid/shared/seal/bench-key';
import type { OperatorKey } from '@nattfrid/shared/seal/hpke';
import { BenchAddress, HandedLabel } from '@nattfrid/shared/wire/bench';
import { Base64Url, fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { z } from 'zod';

/** A label with what follows from it; all of it is secret. */
export const KeptLabel = HandedLabel.unwrap()
  .omit({ signature: true })
  .extend({
    doorHash: Base64Url.length(43),
    fingerprint: z.string(),
    from: z.string().describe('Address it came from'),
  })
  .readonly();
export type KeptLabel = z.infer<typeof KeptLabel>;

/** What the relay gets of a unit: as `nattfrid-relay add-stock --file` reads it. */
export const StockLine = z
  .object({ unit: z.string(), publicKey: Base64Url.length(43), doorHash: Base64Url.length(43) })
  .readonly();
export type StockLine = z.infer<typeof StockLine>;

const Key = z.object({ publicKey: Base64Url.length(43), private: Base64Url });

const files = {
  key: 'bench.key',
  address: 'bench.json',
  labels: 'labels.json',
  stock: 'stock.json',
  sent: 'sent.json',
};
/** No secret is in them, and whoever forgets the labels still wants them. */
const stays = [files.stock, files.sent];

export interface BenchFolder {
  readonly path: string;
  readonly key: OperatorKey;
  readonly labels: readonly KeptLabel[];
  readonly stock: readonly StockLine[];
  /** Names of units that the relay has been told of. */
  readonly sent: readonly string[];
  /** What the cards say, as of the last time. */
  readonly address: BenchAddress | undefined;
  setAddress(url: string): BenchAddress;
  add(label: KeptLabel): void;
  addSent(units: readonly string[]): void;
  /** For its owner alone. */
  write(name: string, content: string): string;
}

/** Makes what is missing. @throws Error where a file of it is damaged */
export async function openBenchFolder(path: string): Promise<BenchFolder> {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  const write = (name: string, content: string) => writePrivate(path, name, content);
  if (!existsSync(join(path, files.key))) {
    const made = await makeBenchKey();
    write(files.key, JSON.stringify({ publicKey: toBase64Url(made.publicKey), private: toBase64Url(made.pkcs8) }));
  }
  const kept = readFile(path, files.key, Key);
  const key = await importBenchKey(fromBase64Url(kept?.publicKey ?? ''), fromBase64Url(kept?.private ?? ''));
  let labels: readonly KeptLabel[] = readFile(path, files.labels, z.array(KeptLabel)) ?? [];
  let stock: readonly StockLine[] = readFile(path, files.stock, z.array(StockLine)) ?? [];
  let sent: readonly string[] = readFile(path, files.sent, z.array(z.string())) ?? [];
  let address = readBenchAddress(path);
  return {
    path,
    key,
    get labels() {
      return labels;
    },
    get stock() {
      return stock;
    },
    get sent() {
      return sent;
    },
    get address() {
      return address;
    },
    setAddress(url) {
      address = { url, key: toBase64Url(key.publicKey) };
      write(files.address, `${JSON.stringify(address, null, 2)}\n`);
      return address;
    },
    add(label) {
      const { unit, publicKey, doorHash } = label;
      labels = [...labels, label];
      write(files.labels, JSON.stringify(labels));
      stock = [...stock, { unit, publicKey, doorHash }];
      write(files.stock, `${JSON.stringify(stock, null, 2)}\n`);
    },
    addSent(units) {
      sent = [...new Set([...sent, ...units])];
      write(files.sent, `${JSON.stringify(sent)}\n`);
    },
    write,
  };
}

/** What belongs on the cards. @returns undefined where no bench has been opened there */
export const readBenchAddress = (path: string): BenchAddress | undefined => readFile(path, files.address, BenchAddress);

/**
 * Overwrites and takes away all but the stock: the key too, because with it whatever was recorded on the bench's network could be opened.
 *
 * @returns how many files
 */
export function forgetBench(path: string): number {
  const gone = eraseWithin(path, stays);
  for (const one of existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [])
    if (one.isDirectory()) rmSync(join(path, one.name), { recursive: true });
  return gone;
}

/** @param but names of files of the folder itself. @returns how many were overwritten and taken away */
export function eraseWithin(path: string, but: readonly string[] = []): number {
  const all = existsSync(path) ? readdirSync(path, { withFileTypes: true, recursive: true }) : [];
  const those = all.filter((one) => one.isFile() && !(one.parentPath === path && but.includes(one.name)));
  for (const one of those) erase(join(one.parentPath, one.name));
  return those.length;
}

function writePrivate(folder: string, name: string, content: string): string {
  const file = join(folder, name);
  const opened = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeSync(opened, content);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(`${file}.new`, file);
  onTheDisk(folder);
  return file;
}

function readFile<Kept>(folder: string, name: string, schema: z.ZodType<Kept>): Kept | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} is damaged. Move the folder away, and write the cards anew.`, { cause });
  }
}
