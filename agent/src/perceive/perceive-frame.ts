/** Perception of one frame: background subtraction, the models on a few regions, tracking; the result is an observation. */
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Frame } from '../decode/frame.ts';
import { type Background, type SceneChange, stepBackground } from './background.ts';
import { type BedLooks, bodyIn, lookIntoBeds } from './bed-look.ts';
import { type Cells, lightInCells } from './cells.ts';
import { contrastStretched, lightRange } from './contrast-stretch.ts';
import { type EdgeModel, stepEdgeModel } from './edge-model.ts';
import { maySkip, type SkipState } from './frame-skipping.ts';
import { type Life, stepLife } from './life.ts';
import { maskedOut } from './mask-out.ts';
import type { VisionModels } from './models.ts';
import type { Pet } from './pets.ts';
import type { RejectedRegion } from './rejected-regions.ts';
import { type ModelOutput, runModels } from './run-models.ts';
import { firstSchedule, planRuns, type Schedule } from './schedule.ts';
import type { Shape } from './seen.ts';
import { type Denoising, stepDenoising } from './temporal-denoising.ts';
import { bedSightOf, colourOf, isReported, personOf, pictureOf, shapeOf } from './to-observation.ts';
import type { Tracks } from './track.ts';
import { tracker } from './tracker.ts';

export interface PerceptionState {
  readonly background: Background | undefined;
  readonly schedule: Schedule;
  readonly tracks: Tracks;
  readonly rejected: readonly RejectedRegion[];
  readonly pets: readonly Pet[];
  readonly denoising: Denoising | undefined;
  readonly skipping: SkipState | undefined;
  readonly edges: EdgeModel | undefined;
  readonly life: Life | undefined;
  readonly bedLooks: BedLooks;
}

export const firstPerception: PerceptionState = {
  background: undefined,
  schedule: firstSchedule,
  tracks: tracker.initial,
  rejected: [],
  pets: [],
  denoising: undefined,
  skipping: undefined,
  edges: undefined,
  life: undefined,
  bedLooks: [],
};

export interface Perception {
  readonly observation: Observed;
  readonly shapes: readonly Shape[];
  readonly scene: SceneChange;
}

/** Milliseconds since the models ran for which what they found is still known well enough for the first picture of a look. */
const fresh = 500;
/** Milliseconds after the start in which the room is still being found out. */
const settled = 2000;

/** From this certainty on the background model does not learn behind a track. */
const leastKeptOut = 0.3;

/**
 * @param every no frame is skipped, also while nothing happens
 * @param waitedFor a viewer waits for this one: where the room was looked at a moment ago, what was found there is followed by its motion, and
 * the models run again from the next frame on
 * @param isOutdated asked while the models run: whether a viewer waits for a later one; then this one is followed by motion too
 * @returns the state after this frame; no perception where the frame was skipped. @throws Fault `model-failed`
 */
export async function perceiveFrame(
  before: PerceptionState,
  frame: Frame,
  {
    room,
    every,
    waitedFor = false,
    isOutdated = () => false,
    models,
  }: {
    readonly room: Room;
    readonly every: boolean;
    readonly waitedFor?: boolean;
    readonly isOutdated?: () => boolean;
    readonly models: VisionModels;
  },
): Promise<readonly [PerceptionState, Perception | undefined]> {
  const { at } = frame;
  const aspect = frame.width / frame.height;
  const allowed = maskedOut(frame, room.masks);
  const cells = lightInCells(allowed);
  if (!every && before.skipping && maySkip(before.skipping, at, cells))
    return [{ ...before, skipping: { ...before.skipping, at } }, undefined];
  const alive = isAlive(before.background, cells);
  const tracked = before.tracks.tracks;
  const persons = tracked.filter((track) => track.certainty >= leastKeptOut).map((track) => track.box);
  const [background, scene] = stepBackground(before.background, { at, cells, persons });

  const life = stepLife(before.life, cells, at, scene.relit);
  const edges = stepEdgeModel(before.edges, { at, room, cells, persons });
  const [denoising, calm] = stepDenoising(before.denoising, allowed, cells, scene.noise);
  const range = lightRange(calm);
  const runs = planRuns(before.schedule, at, scene, tracked, every);
  const known = wasLookedAt(before, at) && !scene.relit;
  const ran =
    waitedFor && known
      ? undefined
      : await runModels(
          models,
          {
            at,
            pixels: contrastStretched(calm, range),
            noisy: calm !== allowed,
            scene,
            tracks: tracked,
            planned: runs[1],
            rejected: before.rejected,
            pets: before.pets,
          },
          () => known && isOutdated(),
        );
  const [schedule, planned] = ran ? runs : ([before.schedule, nothingRuns] as const);
  const looked: ModelOutput = ran ?? {
    ...{ detections: [], measurements: [] },
    ...{ rejected: before.rejected, pets: before.pets },
  };
  const { detections, things, measurements, rejected, pets } = looked;
  const skipping: SkipState = {
    ...{ at, light: cells.light, noise: scene.noise, quiet: planned.quiet },
    analysedAt: ran ? at : (before.skipping?.analysedAt ?? at),
  };

  const into = { at, beds: room.beds, pixels: calm, noisy: calm !== allowed, tracks: tracked, calmFor: scene.calmFor };
  const bedLooks = ran ? await lookIntoBeds(before.bedLooks, into, models) : before.bedLooks;

  const scanned = planned.scan.length;
  const input = {
    at,
    scene,
    measurements,
    detections,
    scanned,
    exits: [...room.exits, ...(room.bathroomExits ?? [])],
    beds: room.beds,
    life,
    aspect,
  };
  const [tracks, gone] = tracker.step(before.tracks, input);
  const reportedBefore = new Set(tracked.filter(isReported).map((track) => track.id));
  const reportedGone = gone.filter((one) => reportedBefore.has(one.track));
  const reported = tracks.tracks.filter(isReported);
  const observation: Observed = {
    type: 'observed',
    at,
    persons: reported.map((track) => personOf(track, at, scene, aspect)),
    ...(reportedGone.length > 0 ? { gone: reportedGone } : {}),
    ...(things ? { things } : {}),
    picture: pictureOf(cells, range, scene, {
      aspect,
      alive,
      colour: colourOf(frame),
      ...(edges.alike === undefined ? {} : { alike: edges.alike }),
    }),
    ...(room.beds.length > 0
      ? { beds: room.beds.map((bed, index) => bedSightOf(bed, scene, { life, body: bodyIn(bedLooks[index]) })) }
      : {}),
  };
  return [
    { background, schedule, tracks, rejected, pets, denoising, edges, life, bedLooks, skipping },
    { observation, shapes: reported.flatMap(shapeOf), scene },
  ];
}

const nothingRuns = { scan: [], quiet: false } as const;

/** Its people are where they were, or have moved a little; before the room has been scanned in every rotation nothing is known of them. */
const wasLookedAt = ({ skipping, schedule: { begun, scannedAt } }: PerceptionState, at: Instant): boolean =>
  skipping !== undefined &&
  at - skipping.analysedAt <= fresh &&
  scannedAt !== undefined &&
  at - (begun ?? at) >= settled;

/** Whether any cell differs from the picture before; with a live sensor the noise always does. */
const isAlive = (before: Background | undefined, { light }: Cells): boolean =>
  before === undefined || before.last.length !== light.length || light.some((value, at) => value !== before.last[at]);
