/** The stage that sees, with the real models, on drawn scenes, and on recorded clips where these are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openModels, type VisionModels } from '@nattfrid/agent/perceive/models';
import type { Gone, Observed, Person } from '@nattfrid/shared/domain/observation';
import { instant } from '@nattfrid/shared/time/instant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRecording } from '../../evaluation/recording/recording-run.ts';
import { builtModels } from '../../support/built-models.ts';
import { hasFootage } from '../../support/footage.ts';

const scenes = join(import.meta.dirname, '../../../fixtures/scenes');
const footage = join(import.meta.dirname, '../../../../shared/footage');

let models: VisionModels;
beforeAll(async () => {
  models = await openModels(await builtModels());
});
afterAll(() => models[Symbol.asyncDispose]());

interface Sighting {
  readonly at: number;
  readonly sure: readonly Person[];
  readonly gone: readonly Gone[];
  readonly seen: Observed;
}

async function watched(folder: string, file: string, until: number): Promise<readonly Sighting[]> {
  const entry = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')).find(
    (one: { file: string }) => one.file === file,
  );
  const room = { beds: [], exits: entry.exits_norm ?? [], masks: [] };
  const run = {
    file: join(folder, file),
    room,
    plan: {},
    start: instant(0),
    holdSeconds: 0,
    light: 'clear',
    speed: 'max',
    models,
  } as const;
  const sightings: Sighting[] = [];
  for await (const moment of runRecording(run, new AbortController().signal)) {
    if (moment.at > until) break;
    if (moment.type !== 'seen') continue;
    const seen = moment.observation;
    sightings.push({
      at: moment.at,
      sure: seen.persons.filter((one) => one.certainty >= 0.5),
      gone: seen.gone ?? [],
      seen,
    });
  }
  return sightings;
}

const storyOf = (file: string): { readonly on_floor_from_s: number; readonly fall_start_s: number } =>
  JSON.parse(readFileSync(join(scenes, 'index.json'), 'utf8')).find((one: { file: string }) => one.file === file);
const numbers = (sightings: readonly Sighting[]) => [
  ...new Set(sightings.flatMap(({ sure }) => sure.map((one) => one.track))),
];
const shareWith = (sightings: readonly Sighting[], holds: (one: Sighting) => boolean) =>
  sightings.filter(holds).length / sightings.length;

describe('a drawn night', () => {
  it('follows one person from the door to the floor, and sees how they lie', { timeout: 240_000 }, async () => {
    const story = storyOf('night-fall.mp4');
    const night = await watched(scenes, 'night-fall.mp4', story.on_floor_from_s + 4);
    const before = night.filter(({ at }) => at < 5);
    const walking = night.filter(({ at }) => at > story.fall_start_s - 3 && at < story.fall_start_s);
    const lying = night.filter(({ at }) => at > story.on_floor_from_s + 0.5);
    expect(shareWith(before, ({ sure }) => sure.length > 0)).toBe(0);
    expect(before.at(-1)!.seen.picture.known).toBeGreaterThan(0.4);
    expect(shareWith(walking, ({ sure }) => sure.some((one) => one.joints && one.unseenFor < 500))).toBeGreaterThan(
      0.9,
    );
    expect(
      shareWith(lying, ({ sure }) => sure.some((one) => one.unseenFor < 1000 && (one.axis?.tilt ?? 0) > 60)),
    ).toBeGreaterThan(0.8);
    expect(numbers(night)).toHaveLength(1);
  });

  it.skipIf(!existsSync(join(scenes, 'walk-out.mp4')))(
    'tells that somebody went out, and does not keep them',
    { timeout: 240_000 },
    async () => {
      const night = await watched(scenes, 'walk-out.mp4', 60);
      expect(night.some(({ sure }) => sure.length > 0)).toBe(true);
      expect(night.at(-1)!.sure).toEqual([]);
      expect(night.flatMap(({ gone }) => gone.map((one) => one.why))).toContain('edge');
    },
  );
});

describe.skipIf(!hasFootage)('a recorded fall', () => {
  it('keeps the number of the one who fell', { timeout: 120_000 }, async () => {
    const clip = await watched(footage, 'gmdcsa24_s3_fall16.mp4', 6);
    const standing = clip.find(({ at, sure }) => at > 1 && sure.length > 0)!;
    const lying = clip.filter(({ at }) => at > 3.5);
    expect(
      shareWith(lying, ({ sure }) =>
        sure.some((one) => one.track === standing.sure[0]!.track && (one.axis?.tilt ?? 0) > 60),
      ),
    ).toBeGreaterThan(0.8);
  });

  it('sees nobody in an empty room', { timeout: 60_000 }, async () => {
    const clip = await watched(footage, 'intel_empty_room.mp4', 6);
    expect(shareWith(clip, ({ sure }) => sure.length > 0)).toBe(0);
  });
});
