/** The observations of a night on disk, never a picture: FOLDER/NAME.jsonl.gz, the night in the first line, then one observation a line. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Observation } from '@nattfrid/shared/domain/observation';
import { Fault } from '@nattfrid/shared/fault/fault';
import { Night } from './script.ts';

const ending = '.jsonl.gz';

export const fileNameOf = ({ name, seed }: Night): string => `${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${seed}`;

/** Overwrites a night of the same name and seed. */
export async function keepNight(folder: string, night: Night) {
  const path = join(folder, fileNameOf(night) + ending);
  await mkdir(dirname(path), { recursive: true });
  const into = createGzip();
  const written = finished(into.pipe(createWriteStream(path)));
  const line = (one: unknown) => into.write(`${JSON.stringify(one)}\n`);
  line(night);
  return {
    keep: (seen: Observation): void => void line(seen),
    async close(): Promise<void> {
      into.end();
      await written;
    },
  };
}

export interface KeptNight {
  readonly night: Night;
  readonly seen: readonly Observation[];
}

/** Paths of the kept nights, sorted by name. @throws Fault `file-missing` where there are none */
export async function readNights(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no folder ${folder}.`, { cause });
  });
  const kept = names.filter((name) => name.endsWith(ending)).sort();
  if (kept.length === 0)
    throw new Fault('file-missing', `The folder ${folder} holds no kept nights; --keep writes them.`);
  return kept.map((name) => join(folder, name));
}

/** The script of a kept night alone. @throws Fault `file-unreadable` */
export async function readKeptScript(path: string): Promise<Night> {
  try {
    for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) }))
      return Night.parse(JSON.parse(line));
  } catch (cause) {
    throw new Fault('file-unreadable', `The file ${path} holds no kept night; record it anew with --keep.`, { cause });
  }
  throw new Fault('file-unreadable', `The file ${path} is empty; record it anew with --keep.`);
}

/** @throws Fault `file-unreadable` */
export async function readNight(path: string): Promise<KeptNight> {
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()) });
  let night: Night | undefined;
  const seen: Observation[] = [];
  try {
    for await (const line of lines)
      if (night) seen.push(JSON.parse(line) as Observation);
      else night = Night.parse(JSON.parse(line));
    if (night) return { night, seen };
  } catch (cause) {
    throw new Fault('file-unreadable', `The file ${path} holds no kept night; record it anew with --keep.`, { cause });
  }
  throw new Fault('file-unreadable', `The file ${path} is empty; record it anew with --keep.`);
}
