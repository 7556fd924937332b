/** The page of cameras and the table of manners: each line has been played, and each says whence it is known and what must come of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manners, reportUrl } from '../stand-ins/test-camera/manners/table/manners.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/cameras.md'), 'utf8');
const played = page
  .split('\n')
  .flatMap((line) => /^\| ([a-z0-9][a-z0-9-]*)( [^|]*)?\| (?:\[|derived)/.exec(line)?.[1] ?? []);

describe('manners of cameras', () => {
  it('all stand in docs/cameras.md, in their order (else: npm run bench -- cameras --out docs/cameras.md)', () => {
    expect(played).toEqual(manners.map(({ name }) => name));
  });

  it('have a name each, and say what the camera does', () => {
    expect(new Set(manners.map(({ name }) => name)).size).toBe(manners.length);
    expect(manners.filter(({ name, does }) => !/^[a-z0-9-]+$/.test(name) || does.length < 10)).toEqual([]);
  });

  it('name a thread, or say that they are derived', () => {
    const urls = manners.flatMap((one) => reportUrl(one) ?? []);
    expect(urls.filter((url) => !/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(issues|pull)\/\d+$/.test(url))).toEqual(
      [],
    );
  });

  it('in no row does ffmpeg give whole pictures where the unit does not', () => {
    expect(page).toContain('No row in which ffmpeg gives whole pictures and the unit does not');
  });
});
