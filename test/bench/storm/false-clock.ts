/** A wall clock that steps under a program's feet (libfaketime); its monotonic clock is left alone, as the kernel leaves it. */
import { existsSync, writeFileSync } from 'node:fs';

const libraries = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(
  (machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`,
);

export interface FalseClock {
  readonly environment: NodeJS.ProcessEnv;
  /** From the next second on: so many seconds beside the true time. */
  step(bySeconds: number): void;
}

/** @param file that the program reads its time from @returns undefined where Debian's `faketime` is not there */
export function openFalseClock(file: string): FalseClock | undefined {
  const library = libraries.find((one) => existsSync(one));
  if (!library) return undefined;
  const step = (bySeconds: number) => writeFileSync(file, `${bySeconds < 0 ? '' : '+'}${bySeconds}\n`);
  step(0);
  const environment = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  return { environment, step };
}
