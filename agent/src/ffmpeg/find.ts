/** Finds the ffmpeg to run: the one that is set, else the system's, else the one of the optional package. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Fault } from '@nattfrid/shared/fault/fault';

export interface Environment {
  readonly [name: string]: string | undefined;
}

/**
 * @returns the path of an executable file.
 * @throws Fault `program-missing`, with how to get it.
 */
export async function findFfmpeg(environment: Environment): Promise<string> {
  const set = environment['NATTFRID_FFMPEG'];
  if (set) {
    if (await mayRun(set)) return set;
    throw new Fault('program-missing', `NATTFRID_FFMPEG says ${set}, which is not a program that can be run.`);
  }
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    const path = join(folder || '.', 'ffmpeg');
    if (await mayRun(path)) return path;
  }
  const packaged = await packagedFfmpeg();
  if (packaged && (await mayRun(packaged))) return packaged;
  throw new Fault(
    'program-missing',
    'No ffmpeg was found. Install it (on Debian: apt-get install ffmpeg), or set NATTFRID_FFMPEG to where it is.',
  );
}

const mayRun = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The package is optional: it downloads while it installs, and may be absent, or there without its program. */
async function packagedFfmpeg(): Promise<string | undefined> {
  // Named by a string of any length, so that nothing has to be known of a package that may not be there.
  const name: string = 'ffmpeg-static';
  try {
    const { default: path } = (await import(name)) as { readonly default: string | null };
    return path ?? undefined;
  } catch {
    return undefined;
  }
}
