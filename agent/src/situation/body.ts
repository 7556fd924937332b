/** Pure. A body's joints brought into true proportions, with its own metre (anthropometric scaling): the measures that a posture is read from. */
import type { Joint, Person } from '@nattfrid/shared/domain/observation';

/** In picture heights: x to the right, y down. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** Metres away from the camera, counted from the hips: rough. Absent: the model does not tell it. */
  readonly away?: number;
}

export interface Body {
  readonly shoulders: Spot;
  readonly hips: Spot;
  readonly head?: Spot;
  /** The lower one, where both are seen: that is where the weight goes. */
  readonly knee?: Spot;
  readonly ankle?: Spot;
  /** Picture heights that one metre of this body takes, if it does not point at the camera. */
  readonly metre: number;
}

/** Lengths of a grown body between its joints, in metres (anthropometric means; old people are some 5 % shorter in all). */
const grown = { trunk: 0.5, shoulders: 0.36, thigh: 0.42, shank: 0.41 };

/** Below this a landmark is a guess of the model, not something it saw. */
const seenWell = 0.35;

const landmark = {
  nose: 0,
  ears: [7, 8],
  shoulders: [11, 12],
  hips: [23, 24],
  knees: [25, 26],
  ankles: [27, 28],
} as const;

/** @returns undefined when the trunk was not understood: without hips and shoulders there is no posture to read. */
export function bodyOf(person: Person, aspect: number): Body | undefined {
  const { joints } = person;
  if (!joints) return undefined;
  const at = (index: number) => seen(joints[index], aspect);
  const pair = ([left, right]: readonly [number, number]) => [at(left), at(right)] as const;
  const [shoulders, hips] = [middle(pair(landmark.shoulders)), middle(pair(landmark.hips))];
  if (!shoulders || !hips) return undefined;
  const knees = pair(landmark.knees);
  const ankles = pair(landmark.ankles);
  const sides = [0, 1] as const;
  const lengths = [
    apart(shoulders, hips, grown.trunk),
    apart(...pair(landmark.shoulders), grown.shoulders),
    ...sides.map((side) => apart(pair(landmark.hips)[side], knees[side], grown.thigh)),
    ...sides.map((side) => apart(knees[side], ankles[side], grown.shank)),
  ];
  // Pointing at the camera only shortens: the limb that looks longest for its kind is the one that tells the scale.
  const metre = Math.max(...lengths);
  if (!(metre > 0)) return undefined;
  const [head, knee, ankle] = [at(landmark.nose) ?? middle(pair(landmark.ears)), lower(knees), lower(ankles)];
  return { shoulders, hips, metre, ...(head && { head }), ...(knee && { knee }), ...(ankle && { ankle }) };
}

function seen(joint: Joint | undefined, aspect: number): Spot | undefined {
  if (!joint || joint.certainty < seenWell) return undefined;
  return { x: joint.x * aspect, y: joint.y, ...(joint.world && { away: joint.world[2] }) };
}

function middle([left, right]: readonly [Spot | undefined, Spot | undefined]): Spot | undefined {
  if (!left || !right) return left ?? right;
  const spot = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  if (left.away === undefined || right.away === undefined) return spot;
  return { ...spot, away: (left.away + right.away) / 2 };
}

function lower([left, right]: readonly [Spot | undefined, Spot | undefined]): Spot | undefined {
  if (!left || !right) return left ?? right;
  return left.y > right.y ? left : right;
}

const apart = (one: Spot | undefined, other: Spot | undefined, metres: number): number =>
  one && other ? Math.hypot(one.x - other.x, one.y - other.y) / metres : 0;
