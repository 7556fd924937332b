/** A wall clock that steps under a program's feet (libfaketime); its monotonic clock is left alone, as the kernel leaves it, if not asked for. */
import { existsSync, writeFileSync } from 'node:fs';

const libraries = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(
  (machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`,
);

export interface FalseClock {
  readonly environment: NodeJS.ProcessEnv;
  /** From the next second on: so many seconds beside the true time. */
  step(bySeconds: number): void;
}

/** Why there is none here; undefined: there is. */
export const falseClockMissing = (): string | undefined =>
  libraries.some((one) => existsSync(one)) ? undefined : 'Debian’s faketime is not there';

/**
 * @param file that the program reads its time from
 * @param steady: the monotonic clock steps as well, as it seems to whoever was stopped for so long
 * @returns undefined where Debian's `faketime` is not there
 */
export function openFalseClock(file: string, { steady = false } = {}): FalseClock | undefined {
  const library = libraries.find((one) => existsSync(one));
  if (!library) return undefined;
  const step = (bySeconds: number) => writeFileSync(file, `${bySeconds < 0 ? '' : '+'}${bySeconds}\n`);
  step(0);
  const environment = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: steady ? '0' : '1',
  };
  return { environment, step };
}
