/**
 * Pure. Tamper detection, for a camera that was moved: the gradient orientations of the room's edges, learnt as an exponential moving
 * average and compared with each picture. They survive a lamp and infrared, and do not survive another view.
 */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Instant } from '@nattfrid/shared/time/instant';
import { boxBlurred, type Cells } from './cells.ts';
import { scratch } from './scratch.ts';

/** Orientations are kept as cosine and sine of the doubled angle, so that an edge is the same whichever of its sides is brighter. */
export interface EdgeModel {
  /** The edges belong to this confirmed room; another room object begins a new model. */
  readonly room: Room;
  readonly width: number;
  readonly height: number;
  readonly at: Instant;
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
  /** Share of the learnt edges that this picture shows, 0 to 1; undefined until enough are learnt. */
  readonly alike: number | undefined;
  /** Seconds of learning. */
  readonly age: number;
  /** Seconds for which the view has not been recognised. */
  readonly strangeFor: number;
}

/** Seconds: of learning until the model is compared at all, and of the moving average. */
const [tellsFrom, learntOver] = [8, 60];
/** Length of a mean orientation from which an edge counts as lasting: it was there most of the time. */
const lasting = 0.5;
/** Likeness under which another view is seen, and nothing is learnt. */
const recognised = 0.4;
/** Seconds after which another view is learnt anew where no room has been confirmed. */
const forgetAfter = 600;

/** Milliseconds between two comparisons: a camera that was moved stays so. */
const lookEvery = 500;
/** Seconds that one step may learn, however long the pause before it. */
const longestStep = 2;

export interface EdgeInput {
  readonly at: Instant;
  readonly room: Room;
  readonly cells: Cells;
  /** Boxes of the people in front of the room. */
  readonly persons: readonly Box[];
}

export function stepEdgeModel(before: EdgeModel | undefined, input: EdgeInput): EdgeModel {
  const { at, room, cells, persons } = input;
  if (!before || before.room !== room || before.width !== cells.width || before.height !== cells.height)
    return beginning(input);
  if (at >= before.at && at - before.at < lookEvery) return before;
  const seconds = Math.min(longestStep, Math.max(0, (at - before.at) / 1000));
  const edges = edgesOf(cells);
  const likeness = edgeLikeness(before, edges, persons);
  const alike = before.age >= tellsFrom ? likeness : undefined;
  if (alike !== undefined && alike < recognised) {
    const strangeFor = before.strangeFor + seconds;
    const fixed = room.beds.length + room.exits.length > 0 || room.floor !== undefined;
    return !fixed && strangeFor > forgetAfter ? beginning(input) : { ...before, at, alike, strangeFor };
  }
  const share = Math.min(0.5, seconds / Math.min(learntOver, before.age + seconds));
  return {
    ...before,
    at,
    cos2: eased(before.cos2, edges.cos2, share),
    sin2: eased(before.sin2, edges.sin2, share),
    alike,
    age: before.age + seconds,
    strangeFor: 0,
  };
}

const beginning = ({ at, room, cells }: EdgeInput): EdgeModel => ({
  room,
  width: cells.width,
  height: cells.height,
  at,
  ...edgesOf(cells),
  alike: undefined,
  age: 0,
  strangeFor: 0,
});

/** Takes `old` over. */
function eased(old: Float32Array, now: Float32Array, share: number): Float32Array {
  for (let cell = 0; cell < old.length; cell++) old[cell]! += share * (now[cell]! - old[cell]!);
  return old;
}

interface Edges {
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
}

/** Each cell's gradient orientation as a vector of length 0 to 1: 1 for a clear edge, whatever the contrast of the picture. */
function edgesOf({ width, height, light }: Cells): Edges {
  const calm = boxBlurred(width, height, light, 1, calmOf(light.length));
  const [dx, dy] = [dxOf(light.length).fill(0), dyOf(light.length).fill(0)];
  let sum = 0;
  for (let y = 1; y < height - 1; y++) sum += rowOfGradients(calm, dx, dy, y * width, width);
  // A clear edge stands out from the picture's mean gradient; under two grey values it is noise.
  const clear = Math.max(2, (1.5 * sum) / light.length);
  const [cos2, sin2] = [new Float32Array(light.length), new Float32Array(light.length)];
  for (let at = 0; at < light.length; at++) {
    const x = dx[at]!;
    const y = dy[at]!;
    const squared = x * x + y * y;
    if (squared < 1) continue;
    const strength = squared / (clear * clear);
    const weight = (strength < 1 ? strength : 1) / squared;
    cos2[at] = weight * (x * x - y * y);
    sin2[at] = weight * 2 * x * y;
  }
  return { cos2, sin2 };
}

const [calmOf, dxOf, dyOf] = [scratch(), scratch(), scratch()];

/** Gradients along one row. @returns the sum of their lengths */
function rowOfGradients(calm: Float32Array, dx: Float32Array, dy: Float32Array, row: number, width: number): number {
  let sum = 0;
  for (let at = row + 1; at < row + width - 1; at++) {
    const across = calm[at + 1]! - calm[at - 1]!;
    const down = calm[at + width]! - calm[at - width]!;
    dx[at] = across;
    dy[at] = down;
    sum += Math.sqrt(across * across + down * down);
  }
  return sum;
}

/** Mean projection of this picture's edges on the lasting ones that no person hides. */
function edgeLikeness(before: EdgeModel, now: Edges, persons: readonly Box[]): number | undefined {
  const { width, height, cos2, sin2 } = before;
  const isHidden = (x: number, y: number) =>
    persons.some((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
  let [all, kept] = [0, 0];
  for (let at = 0; at < cos2.length; at++) {
    const length = Math.sqrt(cos2[at]! * cos2[at]! + sin2[at]! * sin2[at]!);
    if (length < lasting || isHidden(((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height)) continue;
    all++;
    const same = (cos2[at]! * now.cos2[at]! + sin2[at]! * now.sin2[at]!) / length;
    kept += same > 1 ? 1 : same > 0 ? same : 0;
  }
  return all < cos2.length * fewest ? undefined : kept / all;
}

/** Least share of the cells with a lasting edge; with fewer a view cannot be recognised. */
const fewest = 1 / 200;
