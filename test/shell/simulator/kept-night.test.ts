import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepNight, readNight, readNights } from '../../simulator/nights/kept-night.ts';
import { randomNight } from '../../simulator/nights/random-night.ts';
import { during } from '../../support/bodies.ts';

describe('a kept night', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nattfrid-kept-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read again as it was seen', async () => {
    const night = randomNight(3);
    const seen = during(0, 2, []);
    const kept = await keepNight(join(folder, 'nights'), night);
    for (const one of seen) kept.keep(one);
    await kept.close();
    const [path] = await readNights(join(folder, 'nights'));
    expect(await readNight(path!)).toEqual({ night, seen });
  });

  it('says what is wrong with a folder or a file', async () => {
    await expect(readNights(join(folder, 'none'))).rejects.toThrow('There is no folder');
    await expect(readNights(folder)).rejects.toThrow('--keep writes them');
    const path = join(folder, 'night.jsonl.gz');
    await writeFile(path, 'no night');
    await expect(readNight(path)).rejects.toThrow('record it anew');
  });
});
