/** Pure. Where one who is followed can be now, and how they are told to be there. */
import { type Box, iou, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { SceneChange } from './background.ts';
import { cellsOf } from './cells.ts';
import type { Movement } from './movement.ts';
import { type Body, centre, secondsUnseen, type Track, type TrackerInput } from './track.ts';

/** Whether this body can be the one who was last seen elsewhere. */
export const passesGating = (track: Track, box: Box, input: TrackerInput): boolean =>
  hasMovedThere(track, box, input) && hasMovedAcross(track, box, input);

/**
 * Nobody gets from one place to another without moving: what lies outside of where the person was must have stirred since they
 * were last seen. Without it a bed takes over the number of the one who has just fallen beside it.
 */
function hasMovedThere({ anchor }: Track, to: Box, { at, scene }: TrackerInput): boolean {
  const isSame =
    to.width * to.height < 3 * anchor.box.width * anchor.box.height && overlapCoefficient(anchor.box, to) > 0.85;
  if (isSame) return true;
  const since = (at - anchor.at) / 1000 + (anchor.followed ? endOfMovement : comingToRest);
  return hasStirred(scene, to, anchor.box, since);
}

/** Where a leg alone stirs, the rest of the body still stands there, before a room that is known without it. */
export function stillStands(track: Track, moved: Box, { scene }: TrackerInput): boolean {
  const { width, height, changed } = scene.change;
  const [all, differs] = without(cellsOf(track.box, width, height), moved, scene.change, (at) => changed[at]! > 127);
  return differs > 0.25 * all;
}

/** Nor does anybody cross what lies between two places without moving in it since they were last seen. */
function hasMovedAcross(track: Track, to: Box, { at, scene }: TrackerInput): boolean {
  const between = gapBetween(track.box, to);
  return !between || hasStirred(scene, between, track.box, secondsUnseen(track, at) + 0.05, 0.1);
}

/** Of the picture: nearer than this, two boxes lie side by side. */
const leastGap = 0.04;

export const areApart = (a: Box, b: Box): boolean => gapBetween(a, b) !== undefined;

/** What parts two boxes: as wide as the gap, and as high as both. */
function gapBetween(a: Box, b: Box): Box | undefined {
  const gap = (start: 'x' | 'y', size: 'width' | 'height') => {
    const [first, second] = a[start] <= b[start] ? [a, b] : [b, a];
    const from = first[start] + first[size];
    return { from, wide: second[start] - from };
  };
  const [across, down] = [gap('x', 'width'), gap('y', 'height')];
  if (Math.max(across.wide, down.wide) < leastGap) return undefined;
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  return across.wide >= down.wide
    ? { x: across.from, y, width: across.wide, height }
    : { x, y: down.from, width, height: down.wide };
}

/** Whether enough of the first box without the second has moved within so many seconds, or it is hardly anything. */
function hasStirred({ change, stillFor }: SceneChange, of: Box, rest: Box, since: number, enough = 0.2): boolean {
  const cells = cellsOf(of, change.width, change.height);
  const [outside, stirred] = without(cells, rest, change, (at) => stillFor[at]! <= since);
  const [left, top, right, bottom] = cells;
  return outside < 0.35 * (right - left) * (bottom - top) || stirred > enough * outside;
}

/** How many of these cells lie without a box, and how many of those are such. */
function without(
  [left, top, right, bottom]: ReturnType<typeof cellsOf>,
  box: Box,
  { width, height }: Pick<SceneChange['change'], 'width' | 'height'>,
  such: (cell: number) => boolean,
): readonly [all: number, such: number] {
  let [all, many] = [0, 0];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      if (isWithin(box, (x + 0.5) / width, (y + 0.5) / height)) continue;
      all++;
      if (such(y * width + x)) many++;
    }
  return [all, many];
}

/** Seconds that a movement may have begun before the box of its end was understood. */
const comingToRest = 1;
/** Seconds, where the movement itself was followed. */
const endOfMovement = 0.3;

const isWithin = (box: Box, x: number, y: number): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

export function updatedByDetection(track: Track, box: Box, at: Instant, dt: number, body?: Body): Track {
  const [x, y] = centre(box);
  const [px, py] = centre(track.box);
  const share = 0.4;
  const velocity: readonly [number, number] =
    dt > 0
      ? [
          exponentialSmoothing(track.velocity[0], (x - px) / dt, share),
          exponentialSmoothing(track.velocity[1], (y - py) / dt, share),
        ]
      : track.velocity;
  const { occludedBy: _, rest: __, ...free } = track;
  const seen = { ...free, box, velocity, seenAt: at, emptyFor: 0 };
  if (body) return { ...seen, body, bodyAt: at, nextCrop: body.nextCrop };
  // Seen as a figure only: what was understood holds as long as the figure has kept its place and size.
  return track.body && iou(track.body.box, box) > 0.5 ? { ...seen, box: track.body.box } : withoutBody(seen);
}

/** Followed by movement: as large as what moved, and where it came to rest when nothing moves any more. */
export function updatedByMotion(track: Track, { box, axis }: Movement, at: Instant): Track {
  const { rest: _, ...free } = track;
  // At the side of the picture a movement that ends is as well one that went out.
  const rest = reachesOut(box) ? {} : { rest: { at, ...(axis ? { axis } : {}) } };
  return withoutBody({ ...free, ...rest, box, velocity: [0, 0], emptyFor: 0, anchor: { box, at, followed: true } });
}

const reachesOut = ({ x, width }: Box): boolean => x < 0.02 || x + width > 0.98;

export function withoutBody({ body: _, ...track }: Track): Track {
  return track;
}

/** A share of the way from what was to what is. */
export const exponentialSmoothing = (before: number, now: number, share: number): number =>
  before + share * (now - before);
