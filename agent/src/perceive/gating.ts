/** Pure. Gating of the data association: may this detection belong to this track? Only where motion links the two. */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { SceneChange } from './background.ts';
import { cellsOf } from './cells.ts';
import { secondsUnseen, type Track, type TrackerInput } from './track.ts';

/** Whether a detection at `box` may belong to the track. */
export const passesGating = (track: Track, box: Box, input: TrackerInput): boolean =>
  isLargeEnough(track, box) && hasMovedThere(track, box, input) && hasMovedAcross(track, box, input);

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
  const isSame =
    to.width * to.height < 3 * anchor.box.width * anchor.box.height && overlapCoefficient(anchor.box, to) > 0.85;
  if (isSame) return true;
  const since = (at - anchor.at) / 1000 + (anchor.followed ? endOfMovement : comingToRest);
  return hasMoved(scene, to, anchor.box, since);
}

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
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
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

const isWithin = (box: Box, x: number, y: number): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
