/** Finds the ffmpeg of this machine; undefined where there is none. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const findFfmpeg = (environment = process.env): string | undefined =>
  environment['NATTFRID_FFMPEG'] ??
  [...(environment['PATH'] ?? '').split(delimiter), '/usr/bin']
    .map((folder) => join(folder, 'ffmpeg'))
    .find((file) => existsSync(file));
