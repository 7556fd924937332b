/** Whether nothing may be written on a disk any more, as where the system has come upon a fault of it. */
import { statSync, utimesSync } from 'node:fs';

/**
 * Asked by setting a file's times to what they are: of a disk that the system has shut in an emergency newer kernels answer
 * access(2) that it may be written (ext4, `emergency_ro`, Linux 6.15).
 *
 * @param path of a file or a folder of this user's own
 * @returns false as well where the path cannot be read
 */
export function isReadOnlyDisk(path: string): boolean {
  try {
    const { atime, mtime } = statSync(path);
    utimesSync(path, atime, mtime);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EROFS';
  }
}
