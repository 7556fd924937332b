/** Pure. Motion components: connected components of what moved in the last half second, for bodies that no model finds. */
import { type Box, iou, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { SceneChange } from './background.ts';
import { type Axis, axisOf } from './body-axis.ts';
import { meanIn, widened } from './cells.ts';
import { connectedComponents } from './connected-components.ts';

/** One connected component of motion. */
export interface Movement {
  readonly box: Box;
  /** Share of the whole picture. */
  readonly share: number;
  /** Principal axis of its cells. */
  readonly axis?: Axis;
}

export interface Movements {
  readonly width: number;
  readonly height: number;
  /** 255 in the cells that moved within `moment`. */
  readonly lately: Uint8Array;
  readonly all: readonly Movement[];
}

/** Seconds: a fall takes one or two, and within half of one every part of a falling body has moved. */
const moment = 0.5;
/** Shares of the picture: a smaller component is a hand or a mouse, a larger one the light or the camera. */
const [leastShare, greatestShare] = [0.004, 0.5];

/** @param aspect width / height of the picture */
export function movementsOf({ change: { width, height }, stillFor }: SceneChange, aspect: number): Movements {
  const lately = new Uint8Array(stillFor.length);
  for (let at = 0; at < lately.length; at++) lately[at] = stillFor[at]! < moment ? 255 : 0;
  const cellAspect = (aspect * height) / width;
  const all = connectedComponents({ width, height, changed: lately, known: lately }).flatMap(
    ({ box: whole, share }): readonly Movement[] => {
      if (share < leastShare || share > greatestShare) return [];
      const box = within(spreadOf(lately, whole, width, height), whole);
      const axis = axisOf({ width, height, weights: lately, cellAspect }, box);
      return [{ box, share, ...(axis ? { axis } : {}) }];
    },
  );
  return { width, height, lately, all };
}

/** Share of the box that has moved lately, and share of the touching components' motion that lies in the box, 0 to 1. */
export function ownMovement(
  box: Box,
  { width, height, lately, all }: Movements,
): readonly [filled: number, own: number] {
  const filled = meanIn(box, width, height, lately);
  const near = widened(box, 0.1);
  const inside = filled * box.width * box.height;
  const touching = all.filter((one) => overlapCoefficient(one.box, near) > 0.2);
  const whole = touching.reduce((sum, one) => sum + one.share, 0);
  return [filled, whole > 0 ? Math.min(1, inside / whole) : 0];
}

/** The component that a body of this box made: it overlaps the box and is about as large. */
export function movementOf(box: Box, { all }: Movements): Movement | undefined {
  const size = box.width * box.height;
  let best: Movement | undefined;
  for (const one of all) {
    const area = one.box.width * one.box.height;
    if (area > 2.5 * size || area < 0.3 * size || one.share < 0.15 * size) continue;
    if (overlapCoefficient(one.box, box) < 0.3) continue;
    if (!best || iou(one.box, box) > iou(best.box, box)) best = one;
  }
  return best;
}

/** The uniform rectangle with the mean and the variance of the cells, which thin shadows and reflections hardly widen. */
function spreadOf(cells: Uint8Array, round: Box, width: number, height: number): Box {
  const [left, top] = [Math.round(round.x * width), Math.round(round.y * height)];
  const [right, bottom] = [left + Math.round(round.width * width), top + Math.round(round.height * height)];
  let [n, sx, sy, sxx, syy] = [0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      if (!cells[y * width + x]) continue;
      n++;
      sx += x + 0.5;
      sy += y + 0.5;
      sxx += (x + 0.5) ** 2;
      syy += (y + 0.5) ** 2;
    }
  // The standard deviation of a filled rectangle is its side by the root of twelve.
  const half = (sum: number, squares: number) => Math.sqrt(3 * Math.max(0, squares / n - (sum / n) ** 2)) + 0.5;
  const [hx, hy] = [half(sx, sxx), half(sy, syy)];
  return { x: (sx / n - hx) / width, y: (sy / n - hy) / height, width: (2 * hx) / width, height: (2 * hy) / height };
}

function within(box: Box, limit: Box): Box {
  const [x, y] = [Math.max(box.x, limit.x), Math.max(box.y, limit.y)];
  return {
    x,
    y,
    width: Math.min(box.x + box.width, limit.x + limit.width) - x,
    height: Math.min(box.y + box.height, limit.y + limit.height) - y,
  };
}
