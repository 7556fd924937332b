/** Pure. A person's skeleton from the keypoints: limbs, spine and head as strokes, in cells of the grid. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Joint, Person } from '@nattfrid/shared/domain/observation';
import { onGrid, type Placed } from './canvas.ts';

/** A capsule: from one point to another with a radius, in cells. A head is a stroke from a point to itself. */
export interface Stroke {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly radius: number;
}

export interface Body {
  /** The whole body, fleshed out: drawn where there is no mask. */
  readonly flesh: readonly Stroke[];
  /** Limbs and spine as thin lines, which show whether somebody stands, sits or lies. */
  readonly bones: readonly Stroke[];
}

/** Indices of the BlazePose landmarks. */
const joint = { nose: 0, earL: 7, earR: 8, shoulderL: 11, shoulderR: 12, hipL: 23, hipR: 24 } as const;
/** From landmark, to landmark, thickness in trunk lengths. */
const limbs = [
  [11, 13, 0.17],
  [13, 15, 0.13],
  [12, 14, 0.17],
  [14, 16, 0.13],
  [23, 25, 0.21],
  [25, 27, 0.16],
  [24, 26, 0.21],
  [26, 28, 0.16],
  [27, 31, 0.1],
  [28, 32, 0.1],
] as const;
const sureEnough = 0.35;

/** @returns undefined where shoulders or hips are not certain enough */
export function bodyOf(joints: readonly Joint[], at: Placed): Body | undefined {
  const points = joints.map(({ x, y, certainty }) => ({
    x: (at.x + x * at.width) / 2,
    y: (at.y + y * at.height) / 2,
    sure: certainty >= sureEnough,
  }));
  const between = (a: number, b: number) => {
    const [one, two] = [points[a], points[b]];
    return one?.sure && two?.sure ? { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 } : undefined;
  };
  const chest = between(joint.shoulderL, joint.shoulderR);
  const hips = between(joint.hipL, joint.hipR);
  if (!chest || !hips) return undefined;
  const far = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y);
  const shoulders = far(points[joint.shoulderL]!, points[joint.shoulderR]!);
  // Side views and foreshortening make one of the two short; the longer one gives the body's size.
  const trunk = Math.max(far(chest, hips), 1.3 * shoulders);
  const stroke = (a: { x: number; y: number }, b: { x: number; y: number }, radius: number): Stroke => ({
    x1: a.x,
    y1: a.y,
    x2: b.x,
    y2: b.y,
    radius,
  });
  const bone = Math.max(0.8, Math.min(2, trunk * 0.032));
  const flesh = [stroke(chest, hips, Math.max(0.24 * trunk, 0.42 * shoulders))];
  const bones = [stroke(chest, hips, bone)];
  for (const [a, b, thick] of limbs) {
    const [one, two] = [points[a], points[b]];
    if (!one?.sure || !two?.sure) continue;
    flesh.push(stroke(one, two, 0.8 * thick * trunk));
    bones.push(stroke(one, two, bone));
  }
  bones.push(stroke(points[joint.shoulderL]!, points[joint.shoulderR]!, bone));
  bones.push(stroke(points[joint.hipL]!, points[joint.hipR]!, bone));
  const head = between(joint.earL, joint.earR) ?? (points[joint.nose]?.sure ? points[joint.nose] : undefined);
  if (head) {
    flesh.push(stroke(head, head, 0.26 * trunk), stroke(chest, head, 0.12 * trunk));
    bones.push(stroke(chest, head, bone), stroke(head, head, 0.13 * trunk));
  }
  return { flesh, bones };
}

/**
 * A person without mask and keypoints: a slab that fills the box, with rounded corners. Not an oval, which a face detector may take
 * for a face.
 */
export function boxBody({ box }: Person, at: Placed): readonly Stroke[] {
  const { x, y, width: w, height: h } = onGrid(box, at);
  const radius = 0.2 * Math.min(w, h);
  const [left, right, top, bottom] = [x + radius, x + w - radius, y + radius, y + h - radius];
  const [middleX, middleY] = [x + w / 2, y + h / 2];
  return [
    { x1: left, y1: top, x2: right, y2: top, radius },
    { x1: left, y1: bottom, x2: right, y2: bottom, radius },
    { x1: left, y1: top, x2: left, y2: bottom, radius },
    { x1: right, y1: top, x2: right, y2: bottom, radius },
    // The middle between them.
    w > h
      ? { x1: left, y1: middleY, x2: right, y2: middleY, radius }
      : { x1: middleX, y1: top, x2: middleX, y2: bottom, radius },
  ];
}

/** Cells; a smaller mark is a blot. */
const leastMark = 8;

/** «?» in the middle of a box (in cells), as large as it allows: perhaps a person. Empty where there is no room for it. */
export function questionMark({ x, y, width, height }: Box): readonly Stroke[] {
  const size = 0.5 * Math.min(width, height);
  if (size < leastMark) return [];
  const [middle, top, radius] = [x + width / 2, y + height / 2 - 0.25 * size, Math.max(1.2, 0.07 * size)];
  const turn = (step: number) => (-1 + (1.35 * step) / arcSteps) * Math.PI;
  const points = Array.from({ length: arcSteps + 1 }, (_, step) => ({
    x: middle + 0.27 * size * Math.cos(turn(step)),
    y: top + 0.27 * size * Math.sin(turn(step)),
  }));
  points.push({ x: middle, y: top + 0.4 * size }, { x: middle, y: top + 0.52 * size });
  const dot = { x1: middle, y1: top + 0.77 * size, x2: middle, y2: top + 0.77 * size, radius: 1.3 * radius };
  const lines = points
    .slice(1)
    .map((to, index) => ({ x1: points[index]!.x, y1: points[index]!.y, x2: to.x, y2: to.y, radius }));
  return [...lines, dot];
}
const arcSteps = 8;
