/**
 * Pure. Where the room's outlines stand, in whatever light: an edge keeps its place and its direction when a lamp goes on or the
 * camera turns to infrared, and loses both when the camera is moved.
 */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Instant } from '@nattfrid/shared/time/instant';
import { boxBlurred, type Cells } from './cells.ts';

/** Directions are doubled angles, so that an edge is the same whichever of its sides is the brighter. */
export interface EdgeModel {
  /** The outlines belong to this room as it was confirmed: confirmed anew, they are learnt anew. */
  readonly room: Room;
  readonly width: number;
  readonly height: number;
  readonly at: Instant;
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
  /** How much of the outlines stands where it always stood; undefined: they are not known yet. */
  readonly alike: number | undefined;
  /** Seconds that have been learnt. */
  readonly age: number;
  /** Seconds for which it has not been recognised. */
  readonly strangeFor: number;
}

/** Seconds: until it says anything, and over which it is learnt. */
const [tellsFrom, learntOver] = [8, 60];
/** An edge that has stood there for most of the time. */
const lasting = 0.5;
/** Under it another view is seen, and nothing is learnt. */
const recognised = 0.4;
/** A view on which nothing hangs, because nobody has confirmed a room, is learnt anew after so many seconds. */
const forgetAfter = 600;

/** Milliseconds: a camera that is moved stays so, and this need not be asked of every picture. */
const lookEvery = 500;
/** Seconds; whoever did not look for longer has learnt no more for it. */
const longestStep = 2;

export interface EdgeInput {
  readonly at: Instant;
  readonly room: Room;
  readonly cells: Cells;
  /** Where somebody stands in front. */
  readonly persons: readonly Box[];
}

export function stepEdgeModel(before: EdgeModel | undefined, input: EdgeInput): EdgeModel {
  const { at, room, cells, persons } = input;
  if (!before || before.room !== room || before.width !== cells.width || before.height !== cells.height)
    return beginning(input);
  if (at >= before.at && at - before.at < lookEvery) return before;
  const seconds = Math.min(longestStep, Math.max(0, (at - before.at) / 1000));
  const edges = edgesOf(cells);
  const likeness = likenessOf(before, edges, persons);
  const alike = before.age >= tellsFrom ? likeness : undefined;
  if (alike !== undefined && alike < recognised) {
    const strangeFor = before.strangeFor + seconds;
    const fixed = room.beds.length + room.exits.length > 0 || room.floor !== undefined;
    return !fixed && strangeFor > forgetAfter ? beginning(input) : { ...before, at, alike, strangeFor };
  }
  const share = Math.min(0.5, seconds / Math.min(learntOver, before.age + seconds));
  const ease = (old: Float32Array, now: Float32Array) => old.map((value, cell) => value + share * (now[cell]! - value));
  return {
    ...before,
    at,
    cos2: ease(before.cos2, edges.cos2),
    sin2: ease(before.sin2, edges.sin2),
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

interface Edges {
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
}

/** Each cell's direction, doubled, as long as the edge is clear: 1 for the clear ones, whatever the contrast of the picture. */
function edgesOf({ width, height, light }: Cells): Edges {
  const calm = boxBlurred(width, height, light, 1);
  const [dx, dy] = [new Float32Array(light.length), new Float32Array(light.length)];
  let sum = 0;
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      dx[at] = calm[at + 1]! - calm[at - 1]!;
      dy[at] = calm[at + width]! - calm[at - width]!;
      sum += Math.hypot(dx[at]!, dy[at]!);
    }
  // Clear is what stands out from the picture's own mean; under a grey value or two it is noise.
  const clear = Math.max(2, (1.5 * sum) / light.length);
  const [cos2, sin2] = [new Float32Array(light.length), new Float32Array(light.length)];
  for (let at = 0; at < light.length; at++) {
    const [x, y] = [dx[at]!, dy[at]!];
    const squared = x * x + y * y;
    if (squared < 1) continue;
    const weight = Math.min(1, squared / (clear * clear)) / squared;
    cos2[at] = weight * (x * x - y * y);
    sin2[at] = weight * 2 * x * y;
  }
  return { cos2, sin2 };
}

/** Over the lasting edges that nobody stands in front of: how much of each is there now, in the same direction. */
function likenessOf(before: EdgeModel, now: Edges, persons: readonly Box[]): number | undefined {
  const { width, height, cos2, sin2 } = before;
  const isHidden = (x: number, y: number) =>
    persons.some((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
  let [all, kept] = [0, 0];
  for (let at = 0; at < cos2.length; at++) {
    const length = Math.hypot(cos2[at]!, sin2[at]!);
    if (length < lasting || isHidden(((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height)) continue;
    all++;
    const same = (cos2[at]! * now.cos2[at]! + sin2[at]! * now.sin2[at]!) / length;
    kept += Math.max(0, Math.min(1, same));
  }
  return all < cos2.length * fewest ? undefined : kept / all;
}

/** Share of the picture: on fewer lasting edges nothing can be recognised. */
const fewest = 1 / 200;
