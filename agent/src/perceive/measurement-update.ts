/** Pure. A track after one measurement: by a detection, with or without a pose, or by the motion that it made. */
import { type Box, iou } from '@nattfrid/shared/domain/geometry';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Movement } from './movement.ts';
import { type Body, centre, secondsUnseen, type Track } from './track.ts';

/** Seconds unseen up to which the way since then gives a velocity. */
const longestWay = 0.5;

/** By a detection at `box`. @param dt seconds since the last picture; 0: the velocity is kept */
export function updatedByDetection(track: Track, box: Box, at: Instant, dt: number, body?: Body): Track {
  // A track that is not measured in each picture has gone its way since it was last seen.
  const since = Math.max(dt, Math.min(longestWay, secondsUnseen(track, at)));
  const [x, y] = centre(box);
  const [px, py] = centre(track.box);
  const share = 0.4;
  const velocity: readonly [number, number] =
    dt > 0
      ? [
          exponentialSmoothing(track.velocity[0], (x - px) / since, share),
          exponentialSmoothing(track.velocity[1], (y - py) / since, share),
        ]
      : track.velocity;
  const { occludedBy: _, rest: __, ...free } = track;
  const seen = { ...free, box, velocity, seenAt: at, emptyFor: 0 };
  if (body) return { ...seen, body, bodyAt: at, nextCrop: body.nextCrop };
  // A detection without a pose keeps the last pose for as long as the box has kept its place and size.
  return track.body && iou(track.body.box, box) > 0.5 ? { ...seen, box: track.body.box } : withoutBody(seen);
}

/** By motion alone: the box of the component that moved, at rest once it stops. */
export function updatedByMotion(track: Track, { box, axis }: Movement, at: Instant): Track {
  const { rest: _, ...free } = track;
  // A motion that ends at the side of the picture may have left it, and is no rest.
  const rest = reachesOut(box) ? {} : { rest: { at, ...(axis ? { axis } : {}) } };
  return withoutBody({ ...free, ...rest, box, velocity: [0, 0], emptyFor: 0, anchor: { box, at, followed: true } });
}

const reachesOut = ({ x, width }: Box): boolean => x < 0.02 || x + width > 0.98;

export function withoutBody({ body: _, ...track }: Track): Track {
  return track;
}

/** Exponential smoothing. @param share the weight of the new value */
export const exponentialSmoothing = (before: number, now: number, share: number): number =>
  before + share * (now - before);
