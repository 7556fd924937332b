/** Which software there is to give out: signed bundles in a folder, each with its size and digest. Their signature is the unit's to check. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newestFirst } from '@nattfrid/shared/domain/version';

export interface Release {
  readonly version: string;
  readonly file: string;
  readonly bytes: number;
  /** base64url. */
  readonly sha256: string;
}

/** `nattfrid-0.4.0.raucb`. */
const named = /^nattfrid-(\d{1,4}\.\d{1,4}\.\d{1,4})\.raucb$/;

export interface Releases {
  /** Newest first; a file is read once, and again when it has become another. */
  all(): Promise<readonly Release[]>;
}

/** @param folder undefined: this relay gives out none */
export function openReleases(folder: string | undefined): Releases {
  const known = new Map<string, { readonly stamp: string; readonly release: Release }>();
  async function read(directory: string, name: string, version: string): Promise<readonly Release[]> {
    const file = join(directory, name);
    const facts = await stat(file).catch(() => undefined);
    if (!facts?.isFile()) return [];
    const stamp = `${facts.size} ${facts.mtimeMs}`;
    const before = known.get(name);
    if (before?.stamp === stamp) return [before.release];
    const digest = createHash('sha256');
    for await (const piece of createReadStream(file)) digest.update(piece as Buffer);
    const release = { version, file, bytes: facts.size, sha256: digest.digest('base64url') };
    known.set(name, { stamp, release });
    return [release];
  }
  return {
    async all() {
      if (folder === undefined) return [];
      const found: Release[] = [];
      for (const name of await readdir(folder).catch(() => [])) {
        const version = named.exec(name)?.[1];
        if (version !== undefined) found.push(...(await read(folder, name, version)));
      }
      return found.toSorted((one, other) => newestFirst(one.version, other.version));
    },
  };
}

/** Where a unit fetches one. */
export const releasePath = (version: string): string => `/unit/updates/${version}`;
