/** Which start of this machine it is (Linux): another one after each power cut, the same one however often the program starts. */
import { readFileSync } from 'node:fs';

const file = '/proc/sys/kernel/random/boot_id';

/** @returns undefined where the machine does not say */
export function bootId(): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
