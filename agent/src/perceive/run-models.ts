/** Runs detector and pose model on one picture within its budget: tracks first, then region proposals. */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
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
  /** The picture was denoised over time. */
  readonly noisy: boolean;
  readonly scene: SceneChange;
  readonly tracks: readonly Track[];
  readonly planned: PlannedRuns;
  readonly rejected: readonly RejectedRegion[];
  readonly pets: readonly Pet[];
}

export interface ModelOutput {
  readonly detections: readonly PersonDetection[];
  /** Absent where the detector did not run upright. */
  readonly things?: readonly Thing[];
  readonly measurements: readonly Measurement[];
  readonly rejected: readonly RejectedRegion[];
  readonly pets: readonly Pet[];
}

/** Budget: runs of the pose model in one picture, on top of one for each confirmed track that was found last. */
const poseBudget = { scanning: 1, otherwise: 2 } as const;
/** Pictures until the noise is known. */
const untilNoiseKnown = 10;
/** Seconds for which a track that is not measured keeps its box from being proposed. */
const heldFor = 0.6;

/**
 * @param isWaited asked between two runs: whether somebody has begun to wait for a later picture
 * @returns undefined where it was given up for that
 * @throws Fault `model-failed`
 */
export async function runModels(
  models: VisionModels,
  input: ModelInput,
  isWaited: () => boolean = () => false,
): Promise<ModelOutput | undefined> {
  const { at, pixels, scene, planned } = input;
  const aspect = pixels.width / pixels.height;
  const detected: Detection[] = [];
  // Noise costs NanoDet detections; BlazePose works on a closer crop, needs the detail, and suffers from uneven light instead.
  const whole = input.noisy && planned.scan.length > 0 ? boxBlur3x3(pixels) : pixels;
  let corrected: Pixels | undefined;
  // In a noisy picture shading correction amplifies the dark corners, and bodies are found in them.
  const mayCorrect = !input.noisy && planned.tick >= untilNoiseKnown;
  const closeUp = () => (corrected ??= mayCorrect && isColourless(pixels) ? shadingCorrected(pixels) : pixels);
  for (const { turn, side } of planned.scan) {
    if (isWaited()) return undefined;
    detected.push(...(await models.detect(whole, turn, side)));
  }
  const things = planned.scan.some(({ turn }) => turn === 0) ? detected.flatMap(thingOf) : undefined;
  const pets = petsAfter(input.pets, things, at);
  const isPerson = ({ box, score }: PersonDetection) => !isPet(box, score, pets, aspect);
  const detections = detected.filter((one) => one.kind === 'person' && isBodySized(one) && isPerson(one));

  const measurements: Measurement[] = [];
  let budget: number = planned.scan.length > 0 ? poseBudget.scanning : poseBudget.otherwise;
  const measure = async (track: Track, crops: readonly Crop[], detected?: Box) =>
    measurements.push({ of: 'track', track: track.id, ...(await estimatePose(models, closeUp(), crops, detected)) });
  const foundLast = planned.tracks.filter((track) => track.confirmed && track.seenAt >= track.measuredAt);
  for (const track of foundLast) {
    if (isWaited()) return undefined;
    await measure(track, cropsFor(track, input, detections), detectionOn(track, detections)?.box);
  }
  for (const track of planned.tracks) {
    if (isWaited()) return undefined;
    if (foundLast.includes(track) || budget <= 0) continue;
    if (!track.confirmed && isPet(track.box, track.detectionScore, pets, aspect)) continue;
    budget--;
    await measure(track, cropsFor(track, input, detections).slice(0, 1));
  }

  let rejected = withoutMoving(input.rejected, scene);
  for (const region of freeRegions(input, detections, measurements)) {
    if (isWaited()) return undefined;
    if (budget <= 0 && planned.scan.length < quarterTurns.length) break;
    if (!isDue(rejected, region.box, at) || isPet(region.box, region.score, pets, aspect)) continue;
    budget--;
    const found = await estimatePose(
      models,
      closeUp(),
      cropsAround(region.box, pixels, turnsFor(region, planned.tick)),
    );
    measurements.push({ of: 'region', box: region.box, score: region.score, ...found });
    if (!isConvincing(found)) rejected = reject(rejected, region.box, at);
  }
  return { detections, ...(things ? { things } : {}), measurements, rejected, pets };
}

/** Least score of furniture and pets; a weaker detection is worth a pose estimate for a person only. */
const leastThingScore = 0.2;
const thingOf = ({ kind, box, score }: Detection): readonly Thing[] =>
  kind === 'person' || score < leastThingScore ? [] : [{ kind, box, score }];

/** A weak detection of more than a third of the picture is half the room, not a body. */
const isBodySized = ({ box, score }: PersonDetection): boolean => box.width * box.height < 0.35 || score >= 0.5;

const isConvincing = ({ poseConfidence }: PoseEstimate): boolean => poseConfidence >= 0.8;

/** The track's own next crop, and one more: round a detection on it, else round its box in another rotation each time. */
function cropsFor(
  track: Track,
  { pixels, planned }: ModelInput,
  detections: readonly PersonDetection[],
): readonly Crop[] {
  const detection = detectionOn(track, detections);
  const turn = detection?.turn ?? quarterTurns[(planned.tick >> 1) % quarterTurns.length]!;
  const other = cropsAround(detection?.box ?? track.box, pixels, [turn]);
  const own = track.nextCrop ? [track.nextCrop] : [];
  const ownFirst = track.seenAt >= track.measuredAt || (!detection && planned.tick % 2 === 0);
  return ownFirst ? [...own, ...other] : [...other, ...own];
}

const detectionOn = ({ box }: Track, detections: readonly PersonDetection[]): PersonDetection | undefined =>
  detections.find((one) => one.score >= 0.25 && overlapCoefficient(one.box, box) > 0.4);

function freeRegions(
  { at, pixels, scene, tracks, planned }: ModelInput,
  detections: readonly PersonDetection[],
  measurements: readonly Measurement[],
) {
  const held = tracks.filter((track) => !planned.tracks.includes(track) && secondsUnseen(track, at) < heldFor);
  const taken = [...measurements.flatMap((one) => (one.body ? [one.body.box] : [])), ...held.map((track) => track.box)];
  return proposeRegions(detections, searchMask(scene), taken, pixels.width / pixels.height);
}

/**
 * The foreground; where the background is not learnt, the cells in which the last motion came to rest. Nothing while the illumination
 * changes, because everything differs then.
 */
function searchMask({ change, stillFor, calmFor, relit }: SceneChange): Change {
  if (relit) return { ...change, changed: new Uint8Array(change.changed.length) };
  const changed = change.changed.map((value, at) =>
    change.known[at]! < barelyKnown && stillFor[at]! < calmFor + cameToRest && stillFor[at]! < longestStill
      ? 255
      : value,
  );
  return { ...change, changed };
}

/** `known` under which a cell counts as not learnt, of 255; seconds by which its stillness may exceed the room's; seconds at most. */
const [barelyKnown, cameToRest, longestStill] = [40, 1, 120];

/** Detections in their best two rotations, foreground components in one rotation a picture. */
const turnsFor = ({ score, turns }: RegionProposal, tick: number): readonly number[] =>
  score > 0 ? turns.slice(0, 2) : [turns[tick % turns.length]!];
