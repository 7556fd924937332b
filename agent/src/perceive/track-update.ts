/** Pure. Track update, one picture later: by its pose, else by a detection on it, else by its motion, else it coasts. */
import { type Box, iou } from '@nattfrid/shared/domain/geometry';
import { meanIn } from './cells.ts';
import { updateCertainty } from './certainty.ts';
import { passesGating, stillStands } from './gating.ts';
import { exponentialSmoothing, updatedByDetection, updatedByMotion, withoutBody } from './measurement-update.ts';
import { type Movements, movementOf } from './movement.ts';
import type { PersonDetection } from './region-proposal.ts';
import { hypotheses } from './still-body.ts';
import { matchingScore, secondsUnseen, type Track, type TrackerInput } from './track.ts';

export function updateTrack(track: Track, input: TrackerInput, movements: Movements, dt: number): Track {
  const { at, scene } = input;
  if (track.occludedBy) return track;
  const measurement = input.measurements.find((one) => one.of === 'track' && one.track === track.id);
  const detection = bestDetection(track.box, input.detections);
  const poseConfidence = measurement
    ? exponentialSmoothing(track.poseConfidence, measurement.poseConfidence, 0.25)
    : track.poseConfidence;
  const scoreNow = input.scanned > 0 ? (detection?.score ?? 0) : undefined;
  // A scan covers one of three rotations, so that a missing detection counts less than a found one.
  const score =
    scoreNow === undefined
      ? track.detectionScore
      : exponentialSmoothing(
          track.detectionScore,
          scoreNow,
          scoreNow > track.detectionScore ? 0.5 : 0.06 * input.scanned,
        );
  const measuredAt = measurement ? at : track.measuredAt;
  const base: Track = { ...track, poseConfidence, detectionScore: score, measuredAt };
  if (measurement?.body && passesGating(track, measurement.body.box, input)) {
    const found = hypotheses(track, measurement.body, scene, Math.max(dt, (at - track.bodyAt) / 1000));
    const { body } = found[0]!;
    const seen = { ...updatedByDetection(base, body.box, at, dt, body), hypotheses: found };
    return updateCertainty(seen, input, movements, dt);
  }
  if (
    detection &&
    detection.score >= matchingScore &&
    isAsLarge(track, detection.box) &&
    passesGating(track, detection.box, input)
  )
    return updateCertainty(updatedByDetection(base, detection.box, at, dt), input, movements, dt);
  const fresh = secondsUnseen(track, at) < 0.3;
  // A body that is too quick, too dark or too folded for the models is where its motion is.
  const movement = track.confirmed && track.moved && track.wasUpright ? movementOf(track.box, movements) : undefined;
  if (movement && !fresh && !stillStands(track, movement.box, input))
    return updateCertainty(updatedByMotion(base, movement, at), input, movements, dt);
  const moves = meanIn(track.box, scene.change.width, scene.change.height, scene.moving) > 0.12;
  const carried: Track = { ...base, velocity: fresh ? track.velocity : ([0, 0] as const) };
  return updateCertainty(moves && !fresh ? withoutBody(carried) : carried, input, movements, dt);
}

function bestDetection(box: Box, detections: readonly PersonDetection[]): PersonDetection | undefined {
  let best: PersonDetection | undefined;
  for (const detection of detections)
    if (iou(detection.box, box) > 0.4 && (!best || detection.score > best.score)) best = detection;
  return best;
}

/** A box of twice the area is half the room with the person in it, not the person. */
const isAsLarge = ({ anchor }: Track, { width, height }: Box): boolean =>
  width * height < 2 * anchor.box.width * anchor.box.height;
