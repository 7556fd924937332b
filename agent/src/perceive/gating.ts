/** Pure. Gating of the data association: may this detection belong to this track? Only where motion links the two. */
import { type Box, iou, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { SceneChange } from './background.ts';
import { cellsOf, widened } from './cells.ts';
import { secondsUnseen, type Track, type TrackerInput } from './track.ts';

/** Whether a detection at `box` may belong to the track. */
export const passesGating = (track: Track, box: Box, input: TrackerInput): boolean =>
  isLargeEnough(track, box) &&
  hasMovedThere(track, box, input) &&
  hasMovedSince(track, box, input) &&
  hasMovedAcross(track, box, input) &&
  movementEndsIn(track, box, input);

/** Share of its area that a body has at least, where it is seen next to where it was a moment ago. */
const leastLeft = 0.25;

/** Nobody steps aside and shrinks to a chair's leg in one: what is found so is what they went away from. */
const isLargeEnough = ({ box: from }: Track, to: Box): boolean =>
  overlapCoefficient(from, to) > 0 || to.width * to.height >= leastLeft * from.width * from.height;

/**
 * The part of `to` outside the anchor must have moved since the track was there. Without this a bed takes over the number of the person
 * who has just fallen beside it.
 */
function hasMovedThere({ anchor }: Track, to: Box, { at, scene }: TrackerInput): boolean {
  if (isSamePlace(anchor.box, to)) return true;
  const since = (at - anchor.at) / 1000 + (anchor.followed ? endOfMovement : comingToRest);
  return hasMoved(scene, to, anchor.box, since);
}

/** Whoever was seen at rest a moment ago has not gone elsewhere by a movement before that. */
const hasMovedSince = (track: Track, to: Box, { at, scene }: TrackerInput): boolean =>
  isSamePlace(track.box, to) || hasMoved(scene, to, track.box, secondsUnseen(track, at) + lastLook);

const isSamePlace = (from: Box, to: Box): boolean =>
  to.width * to.height < 3 * from.width * from.height && overlapCoefficient(from, to) > 0.85;

/**
 * A body is where its movement ended: of what moved last, in both places, most lies in `to`, or it moved more there than elsewhere. Whoever falls passes in front of a bed, and
 * comes to rest below it.
 */
function movementEndsIn({ box: from }: Track, to: Box, { scene: { change, stillFor } }: TrackerInput): boolean {
  if (iou(from, to) > stays) return true;
  const { width, height } = change;
  const [left, top, right, bottom] = cellsOf(around(from, to), width, height);
  const inside = widened(to, 0.05);
  const cells = (right - left) * (bottom - top);
  for (const moment of lastMoments) {
    let [moved, within, cellsWithin] = [0, 0, 0];
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const isInside = isWithin(inside, (x + 0.5) / width, (y + 0.5) / height);
        if (isInside) cellsWithin++;
        if (stillFor[y * width + x]! > moment) continue;
        moved++;
        if (isInside) within++;
      }
    if (moved < leastEnd * cells) continue;
    return within >= mostOfEnd * moved || within * (cells - cellsWithin) >= (moved - within) * cellsWithin;
  }
  return true;
}

/** IoU of two boxes of one body that has stayed where it is. */
const stays = 0.3;
/** Seconds back to which the end of a movement is looked for, the last one first. */
const lastMoments = [0.3, 0.6, 1, 2, 4] as const;
/** Share of both places that moves when a body comes to rest there; and share of it that lies in the body's box. */
const [leastEnd, mostOfEnd] = [0.03, 0.5];

const around = (a: Box, b: Box): Box => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
};

/** Whether the rest of the body still covers the background where only a part of it, such as a leg, moves. */
export function stillStands(track: Track, moved: Box, { scene }: TrackerInput): boolean {
  const { width, height, changed } = scene.change;
  const [all, differs] = countOutside(
    cellsOf(track.box, width, height),
    moved,
    scene.change,
    (at) => changed[at]! > 127,
  );
  return differs > 0.25 * all;
}

/** The gap between the track and `to` must have moved since the track was last seen. */
function hasMovedAcross(track: Track, to: Box, { at, scene }: TrackerInput): boolean {
  const between = gapBetween(track.box, to);
  return !between || hasMoved(scene, between, track.box, secondsUnseen(track, at) + 0.05, 0.1);
}

/** Share of the picture: two boxes with a narrower gap lie side by side. */
const leastGap = 0.04;

export const areApart = (a: Box, b: Box): boolean => gapBetween(a, b) !== undefined;

/** The gap between two boxes as a box: as wide as the gap, and as high as both together. */
function gapBetween(a: Box, b: Box): Box | undefined {
  const gap = (start: 'x' | 'y', size: 'width' | 'height') => {
    const [first, second] = a[start] <= b[start] ? [a, b] : [b, a];
    const from = first[start] + first[size];
    return { from, wide: second[start] - from };
  };
  const [across, down] = [gap('x', 'width'), gap('y', 'height')];
  if (Math.max(across.wide, down.wide) < leastGap) return undefined;
  const { x, y, width, height } = around(a, b);
  return across.wide >= down.wide
    ? { x: across.from, y, width: across.wide, height }
    : { x, y: down.from, width, height: down.wide };
}

/** Whether enough of the first box outside the second has moved within so many seconds; true where hardly anything of it lies outside. */
function hasMoved({ change, stillFor }: SceneChange, of: Box, rest: Box, since: number, enough = 0.2): boolean {
  const cells = cellsOf(of, change.width, change.height);
  const [outside, moved] = countOutside(cells, rest, change, (at) => stillFor[at]! <= since);
  const [left, top, right, bottom] = cells;
  return outside < 0.35 * (right - left) * (bottom - top) || moved > enough * outside;
}

/** Counts the cells outside a box, and those of them for which `such` holds. */
function countOutside(
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

/** Seconds by which a motion may precede the box that was measured at its end. */
const comingToRest = 1;
/** The same where the motion itself was tracked. */
const endOfMovement = 0.3;
/** The same for a movement that began while the last look was taken. */
const lastLook = 0.5;

const isWithin = (box: Box, x: number, y: number): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
