/** Sprite sheets: the animations of a night rendered by worker threads, then cached on disk under the digest of the code that renders them. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { emptyRoom, type StillRoom } from '../scene/still-room.ts';
import { drawingOf } from './home-of-night.ts';
import type { Night } from './script.ts';
import { type Sprite, size } from './sprite.ts';
import { animationsShown, staged } from './staged-night.ts';

export interface Sheets {
  readonly room: StillRoom;
  readonly animations: ReadonlyMap<string, readonly Sprite[]>;
}
type Kept = { light: Float32Array; far: Float32Array; normal: Float32Array };

const cacheFolder = join(import.meta.dirname, '../../../var/nights');
/** A drawn home takes up to some hundred megabytes; older ones are deleted. */
const homesKept = 12;

/** @param progress called before the first and after each rendered animation; never called where all are cached */
export async function openSheets(night: Night, progress: (done: number, of: number) => void): Promise<Sheets> {
  const drawings = join(cacheFolder, await digestOfDrawing());
  const folder = join(drawings, drawingOf(night));
  await mkdir(folder, { recursive: true });
  const names = animationsShown(staged(night).timeline);
  const fileOf = (name: string) => join(folder, `${name.replaceAll(' ', '_')}.bin`);
  const missing = names.filter((name) => !existsSync(fileOf(name)));
  if (missing.length > 0 || !existsSync(fileOf('room'))) await drawMissing(night, missing, fileOf, progress);
  const room = deserialize(await readFile(fileOf('room'))) as Kept;
  const animations = new Map<string, readonly Sprite[]>();
  for (const name of names) animations.set(name, deserialize(await readFile(fileOf(name))) as Sprite[]);
  await forgetOldHomes(drawings, drawingOf(night));
  return { room, animations };
}

async function drawMissing(
  night: Night,
  missing: readonly string[],
  fileOf: (name: string) => string,
  progress: (done: number, of: number) => void,
) {
  const room = emptyRoom(size);
  const of = availableParallelism();
  const name = { home: night.home, seed: night.seed };
  const workers = Array.from(
    { length: of },
    (_, share) => new Worker(new URL('./sprite-worker.ts', import.meta.url), { workerData: { room, share, of, name } }),
  );
  progress(0, missing.length);
  try {
    await Promise.all(workers.map(answer));
    const own = ({ light, far, normal }: StillRoom): Kept => ({
      light: light.slice(),
      far: far.slice(),
      normal: normal.slice(),
    });
    await keep(fileOf('room'), own(room));
    const due = [...missing];
    await Promise.all(
      workers.map(async (worker) => {
        for (let next = due.shift(); next !== undefined; next = due.shift()) {
          const drawn = answer(worker);
          worker.postMessage(next);
          await keep(fileOf(next), await drawn);
          progress(missing.length - due.length, missing.length);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function forgetOldHomes(drawings: string, but: string): Promise<void> {
  const drawn = (await readdir(drawings)).filter((name) => name.startsWith('drawn-') && name !== but);
  const aged = await Promise.all(
    drawn.map(async (name) => ({ name, at: (await stat(join(drawings, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  for (const { name } of aged.sort((a, b) => b.at - a.at).slice(homesKept - 1))
    await rm(join(drawings, name), { recursive: true, force: true });
}

/** Writes to a temporary name first, as another process may be reading. */
async function keep(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.${process.pid}`, serialize(value));
  await rename(`${file}.${process.pid}`, file);
}

function answer(worker: Worker): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.once('message', resolve);
  worker.once('error', reject);
  return promise.finally(() => worker.removeListener('error', reject));
}

async function digestOfDrawing(): Promise<string> {
  const digest = createHash('sha256');
  for (const name of ['scene', 'homes']) {
    const folder = join(import.meta.dirname, '..', name);
    for (const file of (await readdir(folder)).sort()) digest.update(await readFile(join(folder, file)));
  }
  for (const name of ['sprite.ts', 'animations.ts']) digest.update(await readFile(join(import.meta.dirname, name)));
  return digest.digest('hex').slice(0, 12);
}
