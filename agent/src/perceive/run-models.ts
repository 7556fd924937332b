/** Looks at those who are followed and at a few places more, within what one picture may cost. */
import { overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Thing } from '@nattfrid/shared/domain/observation';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Pixels } from '../decode/frame.ts';
import type { SceneChange } from './background.ts';
import { boxBlur3x3 } from './box-blur-3x3.ts';
import { type Crop, quarterTurns } from './crop.ts';
import { cropsAround, estimatePose, type PoseEstimate } from './estimate-pose.ts';
import type { VisionModels } from './models.ts';
import type { Detection } from './nanodet.ts';
import { isPet, type Pet, petsAfter } from './pets.ts';
import { type PersonDetection, proposeRegions, type RegionProposal } from './region-proposal.ts';
import { isDue, type RejectedRegion, reject, withoutMoving } from './rejected-regions.ts';
import type { PlannedRuns } from './schedule.ts';
import type { Change } from './seen.ts';
import { isColourless, shadingCorrected } from './shading-correction.ts';
import { type Measurement, secondsUnseen, type Track } from './track.ts';

export interface ModelInput {
  readonly at: Instant;
  readonly pixels: Pixels;
  /** So noisy that it had to be averaged. */
  readonly noisy: boolean;
  readonly scene: SceneChange;
  readonly tracks: readonly Track[];
  readonly planned: PlannedRuns;
  readonly rejected: readonly RejectedRegion[];
  readonly pets: readonly Pet[];
}

export interface ModelOutput {
  readonly detections: readonly PersonDetection[];
  /** Absent: the whole picture was not looked at upright. */
  readonly things?: readonly Thing[];
  readonly measurements: readonly Measurement[];
  readonly rejected: readonly RejectedRegion[];
  readonly pets: readonly Pet[];
}

/** Windows that BlazePose looks through in one picture, the surely followed apart: each of them has its own. */
const mostWindows = { scanning: 1, otherwise: 2 } as const;
/** Pictures. */
const untilNoiseKnown = 10;
/** Longer ago, a place is free to be found anew. */
const heldFor = 0.6;

/** @throws Fault `model-failed` */
export async function runModels(models: VisionModels, input: ModelInput): Promise<ModelOutput> {
  const { at, pixels, scene, planned } = input;
  const aspect = pixels.width / pixels.height;
  const named: Detection[] = [];
  // Noise hides people from NanoDet; BlazePose, which looks closer, needs every detail and suffers from uneven light instead.
  const whole = input.noisy && planned.scan.length > 0 ? boxBlur3x3(pixels) : pixels;
  let even: Pixels | undefined;
  // In noise the dark corners would only get louder, and bodies be seen in them; of the first pictures it is not known.
  const mayEven = !input.noisy && planned.tick >= untilNoiseKnown;
  const close = () => (even ??= mayEven && isColourless(pixels) ? shadingCorrected(pixels) : pixels);
  for (const turn of planned.scan) named.push(...(await models.detect(whole, turn)));
  const things = planned.scan.includes(0) ? named.flatMap(thingOf) : undefined;
  const pets = petsAfter(input.pets, things, at);
  const isPerson = ({ box, score }: PersonDetection) => !isPet(box, score, pets, aspect);
  const detections = named.filter((one) => one.kind === 'person' && isBodySized(one) && isPerson(one));

  const measurements: Measurement[] = [];
  let left: number = planned.scan.length > 0 ? mostWindows.scanning : mostWindows.otherwise;
  const follow = async (track: Track, windows: readonly Crop[]) =>
    measurements.push({ of: 'track', track: track.id, ...(await estimatePose(models, close(), windows)) });
  const surely = planned.tracks.filter((track) => track.confirmed && track.seenAt >= track.measuredAt);
  for (const track of surely) await follow(track, cropsFor(track, input, detections));
  for (const track of planned.tracks) {
    if (surely.includes(track) || left <= 0) continue;
    if (!track.confirmed && isPet(track.box, track.detectionScore, pets, aspect)) continue;
    left--;
    await follow(track, cropsFor(track, input, detections).slice(0, 1));
  }

  let rejected = withoutMoving(input.rejected, scene);
  for (const region of freeRegions(input, detections, measurements)) {
    if (left <= 0 && planned.scan.length < quarterTurns.length) break;
    if (!isDue(rejected, region.box, at) || isPet(region.box, region.score, pets, aspect)) continue;
    left--;
    const found = await estimatePose(models, close(), cropsAround(region.box, pixels, turnsFor(region, planned.tick)));
    measurements.push({ of: 'region', box: region.box, score: region.score, ...found });
    if (!isConvincing(found)) rejected = reject(rejected, region.box, at);
  }
  return { detections, ...(things ? { things } : {}), measurements, rejected, pets };
}

/** A weaker score is worth following up for a person, but not telling of for a chair. */
const leastTold = 0.2;
const thingOf = ({ kind, box, score }: Detection): readonly Thing[] =>
  kind === 'person' || score < leastTold ? [] : [{ kind, box, score }];

/** A third of the picture and more, and not sure of it: that is half the room, with a person somewhere in it perhaps. */
const isBodySized = ({ box, score }: PersonDetection): boolean => box.width * box.height < 0.35 || score >= 0.5;

const isConvincing = ({ poseConfidence }: PoseEstimate): boolean => poseConfidence >= 0.8;

/** Where the track's own window points, and one more: where a figure was seen, else round the box in another turn each time. */
function cropsFor(
  track: Track,
  { pixels, planned }: ModelInput,
  detections: readonly PersonDetection[],
): readonly Crop[] {
  const detection = detections.find((one) => one.score >= 0.25 && overlapCoefficient(one.box, track.box) > 0.4);
  const turn = detection?.turn ?? quarterTurns[(planned.tick >> 1) % quarterTurns.length]!;
  const other = cropsAround(detection?.box ?? track.box, pixels, [turn]);
  const own = track.nextCrop ? [track.nextCrop] : [];
  const ownFirst = track.seenAt >= track.measuredAt || (!detection && planned.tick % 2 === 0);
  return ownFirst ? [...own, ...other] : [...other, ...own];
}

function freeRegions(
  { at, pixels, scene, tracks, planned }: ModelInput,
  detections: readonly PersonDetection[],
  measurements: readonly Measurement[],
) {
  const held = tracks.filter((track) => !planned.tracks.includes(track) && secondsUnseen(track, at) < heldFor);
  const taken = [...measurements.flatMap((one) => (one.body ? [one.body.box] : [])), ...held.map((track) => track.box)];
  return proposeRegions(detections, whereSomebodyMayBe(scene), taken, pixels.width / pixels.height);
}

/**
 * What differs from the remembered room; where nothing is remembered, the place in which the last movement came to rest. While
 * the light becomes another one everything differs: figures alone speak.
 */
function whereSomebodyMayBe({ change, stillFor, calmFor, relit }: SceneChange): Change {
  if (relit) return { ...change, changed: new Uint8Array(change.changed.length) };
  const changed = change.changed.map((value, at) =>
    change.known[at]! < barelyKnown && stillFor[at]! < calmFor + cameToRest && stillFor[at]! < longestStill
      ? 255
      : value,
  );
  return { ...change, changed };
}

/** Of 255; seconds. */
const [barelyKnown, cameToRest, longestStill] = [40, 1, 120];

/** Figures in the best two turns in which they were seen, blobs of change in one turn a picture. */
const turnsFor = ({ score, turns }: RegionProposal, tick: number): readonly number[] =>
  score > 0 ? turns.slice(0, 2) : [turns[tick % turns.length]!];
