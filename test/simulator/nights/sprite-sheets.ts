/** Sprite sheets: all animations rendered once by worker threads, then cached on disk under the digest of the code that renders them. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { emptyRoom, type StillRoom } from '../scene/still-room.ts';
import { animationsOf } from './animations.ts';
import { type Sprite, size } from './sprite.ts';

export interface Sheets {
  readonly room: StillRoom;
  readonly animations: ReadonlyMap<string, readonly Sprite[]>;
}
type Kept = { light: Float32Array; far: Float32Array; normal: Float32Array };

const cacheFolder = join(import.meta.dirname, '../../../var/nights');

/** @param progress called before the first and after each rendered animation; never called where all are cached */
export async function openSheets(outfit: number, progress: (done: number, of: number) => void): Promise<Sheets> {
  const folder = join(cacheFolder, await digestOfDrawing());
  await mkdir(folder, { recursive: true });
  const names = Object.keys(animationsOf(outfit));
  const fileOf = (name: string) => join(folder, `${name.replaceAll(' ', '_')}.bin`);
  const missing = names.filter((name) => !existsSync(fileOf(name)));
  if (missing.length > 0 || !existsSync(fileOf('room'))) await drawMissing(outfit, missing, fileOf, progress);
  const room = deserialize(await readFile(fileOf('room'))) as Kept;
  const animations = new Map<string, readonly Sprite[]>();
  for (const name of names) animations.set(name, deserialize(await readFile(fileOf(name))) as Sprite[]);
  return { room, animations };
}

async function drawMissing(
  outfit: number,
  missing: readonly string[],
  fileOf: (name: string) => string,
  progress: (done: number, of: number) => void,
) {
  const room = emptyRoom(size);
  const of = availableParallelism();
  const workers = Array.from(
    { length: of },
    (_, share) => new Worker(new URL('./sprite-worker.ts', import.meta.url), { workerData: { room, share, of } }),
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
        for (let name = due.shift(); name !== undefined; name = due.shift()) {
          const drawn = answer(worker);
          worker.postMessage({ outfit, name });
          await keep(fileOf(name), await drawn);
          progress(missing.length - due.length, missing.length);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
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
  const scene = join(import.meta.dirname, '../scene');
  for (const name of (await readdir(scene)).sort()) digest.update(await readFile(join(scene, name)));
  for (const name of ['sprite.ts', 'animations.ts', 'props.ts', 'appearances.ts'])
    digest.update(await readFile(join(import.meta.dirname, name)));
  return digest.digest('hex').slice(0, 12);
}
