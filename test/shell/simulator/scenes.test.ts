/** The drawn clips of this repository are those that their index tells of, and small. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { stories } from '../../simulator/scene/story.ts';

interface Entry {
  readonly file: string;
  readonly sha256: string;
  readonly duration_s: number;
  readonly on_floor_from_s: number | null;
}

const folder = new URL('../../../fixtures/scenes/', import.meta.url);
const index = JSON.parse(await readFile(new URL('index.json', folder), 'utf8')) as readonly Entry[];

describe('the drawn clips', () => {
  it('tell of every story, with the times of the story', () => {
    const told = index.map((entry) => [entry.file, entry.duration_s, entry.on_floor_from_s]);
    expect(told).toEqual(stories().map((story) => [`${story.name}.mp4`, story.seconds, story.onFloorFrom ?? null]));
  });

  it.each(index)('$file is the clip that the index means, under 600 kB', async ({ file, sha256 }) => {
    const bytes = await readFile(new URL(file, folder));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(bytes.length).toBeLessThan(600_000);
  });
});
