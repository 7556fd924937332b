/**
 * Installs a signed bundle: fetched from the relay with the size and digest that were told, handed to the program that installs (RAUC, which
 * checks its signature and writes the other slot), then started. Which slot is the good one is RAUC's and the image's health check to say:
 * at the next start this file only compares which version runs now with which was wanted.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isNewer } from '@nattfrid/shared/domain/version';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { z } from 'zod';
import type { ServeTable } from '../store/serve-table.ts';
import { type Answer, type CallOf, type Deed, refused } from './deed.ts';
import type { Download } from './download.ts';

const Pending = z.object({ call: z.uuid(), version: z.string(), was: z.string(), boot: z.string().optional() });
const longest = minutes(60);
/** A bundle is a system of 150 MB, twice compressed at most: whatever is longer is none. */
const mostBytes = 1024 ** 3;
/** Of the disk, beside the bundle: alarms are kept on it while it is fetched. */
const leftFree = 64 * 1024 ** 2;
/** How often it is asked whether it may be started now. */
const pulse = seconds(30);

export interface UpdateParts {
  readonly table: Pick<ServeTable, 'load' | 'save' | 'forget'>;
  /** The unit's data folder: the bundle lies there until it is installed. */
  readonly folder: string;
  /** Called with `install` and the file; undefined: this unit is updated by hand. */
  readonly program: string | undefined;
  readonly download: Download;
  /** Bytes that the folder's disk has left; the system's own word by default. */
  readonly freeBytes?: () => Promise<number>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly version: string;
  /** Names this start of the computer; undefined: it does not say. */
  readonly boot: string | undefined;
  readonly restart: () => Promise<void>;
  /** Nobody looks, and no alarm goes on: asked before it is installed, and again before it is started. */
  readonly mayStill: () => boolean;
  readonly task: (done: Promise<unknown>) => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export function updateDeed(parts: UpdateParts): Deed<'update'> {
  const { table, folder, program, log, version, clock, signal } = parts;
  const free = parts.freeBytes ?? (() => freeIn(folder));
  /** Installed, it begins at the next start: somebody who looks, or lies on the floor, is not left for it. */
  async function startWhenQuiet(): Promise<void> {
    while (!signal.aborted && !parts.mayStill()) await clock.sleep(pulse, signal);
    if (!signal.aborted) await parts.restart();
  }
  return async (call, tell) => {
    if (program === undefined) return refused('not-known');
    if (!isNewer(call.version, version)) return refused('failed');
    // Before a byte of it is fetched: a relay that names any length must not fill the disk that alarms are kept on.
    if (call.bytes > mostBytes || call.bytes + leftFree > (await free())) {
      log.error('An update is too large for the disk of this unit', { version: call.version });
      return refused('failed');
    }
    const file = join(folder, 'update.bundle');
    const say = (state: 'fetching' | 'installing' | 'restarting', percent?: number): Answer => ({
      ...{ type: 'updating', version: call.version, state },
      ...(percent !== undefined && { percent }),
    });
    try {
      tell(say('fetching', 0));
      await fetchWhole(parts, call, file, (percent) => tell(say('fetching', percent)));
      if (!parts.mayStill()) return refused('look-open');
      tell(say('installing'));
      // Before it is there: whoever installs may start the computer again as soon as it is.
      const { boot } = parts;
      const pending = { call: call.call, version: call.version, was: version, ...(boot !== undefined && { boot }) };
      table.save('update', JSON.stringify(pending));
      await install(program, file, parts.signal);
    } catch (error) {
      log.error('An update could not be installed', { version: call.version, words: asFault(error).message });
      table.save('update', JSON.stringify({ failed: call.version }));
      return refused('failed');
    } finally {
      await rm(file, { force: true });
    }
    parts.task(startWhenQuiet());
    return say('restarting');
  };
}

/**
 * After a start: what has become of an update that was under way.
 * @param boot names this start of the computer. @returns undefined: there was none, or the computer has not been started again yet
 */
export function updated(
  table: UpdateParts['table'],
  version: string,
  boot?: string,
): { readonly call: string; readonly answer: Answer } | undefined {
  const pending = Pending.safeParse(JSON.parse(table.load('update') ?? 'null')).data;
  if (!pending) return undefined;
  if (boot !== undefined && pending.boot === boot) return undefined;
  const { call, version: wanted } = pending;
  const isWell = version === wanted;
  if (isWell) table.forget('update');
  else table.save('update', JSON.stringify({ failed: wanted }));
  return { call, answer: { type: 'updating', version: wanted, state: isWell ? 'well' : 'back' } };
}

/** The last update did not work, and none has since. */
export const updateFailed = (table: Pick<ServeTable, 'load'>): boolean =>
  z.object({ failed: z.string() }).safeParse(JSON.parse(table.load('update') ?? 'null')).success;

const freeIn = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** @throws Fault where it is not exactly what was told: longer, shorter, or other bytes */
async function fetchWhole(
  { download, signal }: UpdateParts,
  { path, bytes, sha256 }: CallOf<'update'>,
  file: string,
  progress: (percent: number) => void,
): Promise<void> {
  const digest = createHash('sha256');
  let came = 0;
  let told = 0;
  async function* checked() {
    for await (const part of download(path, signal)) {
      came += part.length;
      if (came > bytes) throw new Fault('message-too-large', 'The bundle is longer than the relay said.');
      digest.update(part);
      const percent = Math.floor((came * 100) / bytes);
      if (percent >= told + 20) progress((told = percent));
      yield part;
    }
  }
  await pipeline(Readable.from(checked()), createWriteStream(file, { mode: 0o600 }), { signal });
  if (came !== bytes || digest.digest('base64url') !== sha256)
    throw new Fault(
      'message-invalid',
      'The bundle is not the one that the relay named: its size or its digest differ.',
    );
}

function install(program: string, file: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, ['install', file], { timeout: longest, signal }, (error, _out, said) => {
      if (!error) return resolve();
      // What RAUC says names its reason; it knows nothing of the home.
      reject(
        new Fault('process-ended', `The update was refused: ${said.trim().split('\n').at(-1)?.slice(0, 200) ?? ''}`, {
          cause: error,
        }),
      );
    });
  });
}
