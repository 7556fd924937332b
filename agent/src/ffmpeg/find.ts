/** Finds the ffmpeg to run: the configured one, else the system's, else the one of the optional package. */
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

/** The optional package downloads its program during its installation, so that either may be absent. */
async function packagedFfmpeg(): Promise<string | undefined> {
  // Typed as a plain string, so that the compiler does not look for a package that may be absent.
  const name: string = 'ffmpeg-static';
  try {
    const { default: path } = (await import(name)) as { readonly default: string | null };
    return path ?? undefined;
  } catch {
    return undefined;
  }
}
