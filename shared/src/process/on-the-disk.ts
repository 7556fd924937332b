/** What has been written outlives a power cut. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A file, or a folder with the names in it, outlives a power cut from here on. */
export function onTheDisk(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
