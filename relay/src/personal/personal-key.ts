/** The key that seals personal details: a file with 32 random bytes, outside the database and outside its backups. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { openSealer, type Sealer } from './sealer.ts';

const length = 32;

/** @returns its name, as `Sealer.key` says it. @throws Fault where the file is there already, or cannot be written */
export function makePersonalKey(file: string): string {
  const key = randomBytes(length);
  try {
    writeFileSync(file, key, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new Fault('file-unreadable', `The key ${file} cannot be written: ${asFault(cause).message}.`, { cause });
  }
  return openSealer(key).key ?? '';
}

/** @throws Fault `file-missing`, or `config-invalid` where it is no key */
export function readPersonalKey(file: string): Uint8Array {
  let key: Uint8Array;
  try {
    key = readFileSync(file);
  } catch (cause) {
    throw new Fault(
      'file-missing',
      `The key for personal details ${file} cannot be read. Check the path and its rights; where there has never been one: nattfrid-relay personal-key FILE.`,
      { cause },
    );
  }
  if (key.length === length) return key;
  throw new Fault('config-invalid', `${file} is no key for personal details: it has ${key.length} bytes, and not 32.`);
}

export const sealerOf = (file: string, inUse?: string): Sealer => openSealer(readPersonalKey(file), inUse);
