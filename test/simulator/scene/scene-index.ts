/** The index of the drawn clips, with the same fields as the index of the recorded clips. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bedPolygon, doorPolygon, fps, size } from './set.ts';
import type { Story } from './story.ts';

/** The text of `index.json` for the stories that have a clip in the folder. */
export async function indexOf(stories: readonly Story[], folder: string): Promise<string> {
  const there = stories.filter((story) => existsSync(join(folder, `${story.name}.mp4`)));
  const entries = await Promise.all(there.map((story) => entryOf(story, folder)));
  return `${JSON.stringify(entries, null, 1)}\n`;
}

async function entryOf(story: Story, folder: string) {
  const file = `${story.name}.mp4`;
  const bytes = await readFile(join(folder, file));
  const inTime = story.segments
    .map((segment) => ({
      ...segment,
      start_s: Math.max(0, segment.start_s),
      end_s: Math.min(segment.end_s, story.seconds),
    }))
    .filter((segment) => segment.start_s < segment.end_s);
  return {
    file,
    source: 'drawn',
    licence: 'Apache-2.0',
    licence_status: 'permissive',
    label: story.label,
    activity: story.activity,
    fall_start_s: story.fallStart ?? null,
    fall_end_s: story.onFloorFrom ?? null,
    on_floor_from_s: story.onFloorFrom ?? null,
    fall_surface: story.label === 'fall' ? 'floor' : null,
    post_fall_s: story.onFloorFrom === undefined ? null : Math.round((story.seconds - story.onFloorFrom) * 10) / 10,
    ambiguous: story.ambiguous ?? false,
    annotated_by: 'the story it is drawn from',
    fps,
    width: size.width,
    height: size.height,
    duration_s: story.seconds,
    frames: story.seconds * fps,
    lighting: 'drawn as infrared: grey, lit from the camera',
    camera: 'fixed, 2.1 m high, looking down into the room',
    subject: 'drawn',
    room: 'drawn bedroom',
    persons: story.actors.length,
    segments: inTime,
    bed_polygon_norm: bedPolygon,
    exits_norm: [doorPolygon],
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
