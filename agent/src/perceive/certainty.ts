/** Pure. Track confirmation: fuses pose confidence, detection score, foreground and motion into a track's certainty that it is a person. */
import type { Instant } from '@nattfrid/shared/time/instant';
import { meanIn } from './cells.ts';
import { isFoundAlive } from './found-alive.ts';
import { exponentialSmoothing } from './measurement-update.ts';
import { type Movements, ownMovement } from './movement.ts';
import { changedIn, knownIn } from './region-proposal.ts';
import { centre, type Track, type TrackerInput } from './track.ts';

/** Upper bound of the certainty while a track may be furniture. */
const mostOfFurniture = 0.45;

export function updateCertainty(track: Track, input: TrackerInput, movements: Movements, dt: number): Track {
  const { scene, at, aspect } = input;
  const { change } = scene;
  const changed = scene.relit ? 0 : changedIn(track.box, change);
  const [x, y] = centre(track.box);
  const [hx, hy] = centre(track.birthBox);
  const far =
    Math.hypot((x - hx) / Math.max(0.02, track.birthBox.width), (y - hy) / Math.max(0.02, track.birthBox.height)) > 0.5;
  const motion = meanIn(track.box, change.width, change.height, scene.moving);
  const moves = motion > 0.04;
  const ownMotionFor = track.ownMotionFor + (hasOwnMotion(track, at, movements) ? dt : 0);
  const alive = Math.min(1, ownMotionFor / enoughOwnMotion) * suspected(track.detectionScore);
  // A young background model may have learnt the person.
  const stood = changed > 0.35 && knownIn(track.box, change) > 0.2 && track.seenAt === at;
  const moved = track.moved || ((far || track.bornStill) && motion > 0.12) || stood || alive >= 1;
  // Neither model counts alone, because patterns convince BlazePose and furniture NanoDet; what has never moved must convince both.
  const agreed = Math.max(stood ? 0.7 : 0, 0.7 * alive, Math.min(1, Math.max(0, (track.detectionScore - 0.1) / 0.2)));
  const byPose = moved
    ? track.poseConfidence * agreed
    : 0.9 * Math.max(0, (track.poseConfidence - 0.4) / 0.6) * Math.min(agreed, track.detectionScore / 0.38);
  const byDetectionAlone = Math.min(1, track.detectionScore / 0.5) * (moved ? 0.65 : 0.3);
  const evidence = Math.min(1, Math.max(byPose, byDetectionAlone));
  const settled =
    evidence >= track.certainty
      ? evidence
      : track.seenAt === at
        ? exponentialSmoothing(track.certainty, evidence, 0.05)
        : track.certainty;
  const lives = track.lives || isFoundAlive(track, input);
  // A confirmed track that has moved stays a person until the background model shows the empty room.
  const certainty =
    track.confirmed && moved
      ? Math.max(0.5, settled)
      : Math.min(settled, !moved && (track.bornStill || !lives) ? mostOfFurniture : 1);
  const anchor = moves && track.seenAt === at ? { box: track.box, at } : track.anchor;
  const wasUp = track.wasUpright || (track.seenAt === at && track.box.width * aspect < track.box.height);
  return {
    ...track,
    moved,
    lives,
    ownMotionFor,
    wasUpright: wasUp,
    certainty,
    anchor,
    confirmed: track.confirmed || certainty >= 0.5,
  };
}

/** A flickering pattern moves too, so that a weak detection is required as well. */
const suspected = (score: number): number => Math.min(1, Math.max(0, (score - 0.12) / 0.08));

/** Seconds of a track's own motion that tell a body from a pattern. */
const enoughOwnMotion = 0.5;

/** The pose is convincing and the motion in the box is the body's own, not of something that passes in front of a pattern. */
function hasOwnMotion(track: Track, at: Instant, movements: Movements): boolean {
  if (!track.body || at - track.bodyAt > 300 || track.body.poseConfidence < 0.8) return false;
  const [filled, own] = ownMovement(track.box, movements);
  return filled > 0.15 && own > 0.45;
}
