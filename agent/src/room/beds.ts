/**
 * Pure. Proposes beds: clusters of bed detections (median box), widened a little by where people rested in them. Nothing else is
 * proposed as a bed, because a person who lies for long outside a detected bed may have fallen.
 */
import { type Box, containment, iou, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { Observation, Person } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import type { ProposedBed } from '@nattfrid/shared/domain/room-proposal';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Instant } from '@nattfrid/shared/time/instant';
import { elapsedSince } from '../situation/elapsed.ts';
import { readPosture } from '../situation/posture.ts';
import { isSurelyHere } from './surely-here.ts';

interface Named {
  readonly box: Box;
  readonly score: number;
}
/** One cluster of bed detections. */
interface Bed {
  /** The newest detections. */
  readonly named: readonly Named[];
  readonly seen: number;
  readonly looked: number;
  /** Boxes of people at rest in it, one for each `restEvery`, and the time of rest in all. */
  readonly rests: readonly Box[];
  readonly restedMs: number;
}
export interface BedEvidence {
  readonly beds: readonly Bed[];
  readonly at: Instant | undefined;
  readonly restCounted: Instant | undefined;
}

const leastScore = 0.25;
const mostNamed = 40;
const mostRests = 40;
/** Milliseconds between two boxes of rest. */
const restEvery = 5000;
/** Least number of scans with a detection, and least share of the scans in which one was possible. */
const fewest = 3;
const leastOften = 0.15;
/** Scans after which the counts are halved, so that a bed that is gone fades. */
const memory = 400;

export const gatheringBeds: Machine<BedEvidence, Observation, never> = {
  initial: { beds: [], at: undefined, restCounted: undefined },
  step(state, event) {
    if (event.type !== 'observed') return [state, []];
    const after = event.things
      ? { ...state, beds: withDetections(state.beds, bedsIn(event.things), event.persons) }
      : { ...state };
    return [withRest(after, event.persons, event.at, event.picture.aspect), []];
  },
};

const bedsIn = (things: readonly { readonly kind: string; readonly box: Box; readonly score: number }[]) =>
  things
    .filter(({ kind, score, box }) => kind === 'bed' && score >= leastScore && box.width * box.height > 0.01)
    .map(({ box, score }) => ({ box: withinPicture(box), score }));

function withDetections(beds: readonly Bed[], named: readonly Named[], persons: readonly Person[]): readonly Bed[] {
  const left = [...named];
  const after = beds.map((bed) => {
    const place = boxOf(bed);
    const best = left.reduce(
      (found, one, at) => (iou(one.box, place) > 0.4 && (found < 0 || one.score > left[found]!.score) ? at : found),
      -1,
    );
    if (best >= 0) {
      const [one] = left.splice(best, 1);
      return aged({
        ...bed,
        named: [...bed.named, one!].slice(-mostNamed),
        seen: bed.seen + 1,
        looked: bed.looked + 1,
      });
    }
    // A missing detection says nothing while a person hides the bed.
    return persons.some(({ box }) => covers(box, place)) ? bed : aged({ ...bed, looked: bed.looked + 1 });
  });
  const isNew = (one: Named) => !after.some((bed) => iou(one.box, boxOf(bed)) > 0.4);
  const fresh = left.filter(isNew).map((one): Bed => ({ named: [one], seen: 1, looked: 1, rests: [], restedMs: 0 }));
  return [...after.filter((bed) => bed.looked < 20 || bed.seen / bed.looked > 0.02), ...fresh].slice(0, 8);
}

const aged = (bed: Bed): Bed =>
  bed.looked > memory ? { ...bed, seen: bed.seen * 0.5, looked: bed.looked * 0.5 } : bed;

function withRest(state: BedEvidence, persons: readonly Person[], at: Instant, aspect: number): BedEvidence {
  const step = elapsedSince(state.at, at);
  const resting = persons.filter((person) => {
    if (!isSurelyHere(person)) return false;
    const { posture } = readPosture(person, unknownRoom, aspect);
    return posture === 'lying' || posture === 'sitting';
  });
  if (resting.length === 0) return { ...state, at };
  const takeDown = state.restCounted === undefined || at - state.restCounted >= restEvery;
  const beds = state.beds.map((bed) => {
    const inIt = resting.find(({ box }) => containment(box, boxOf(bed)) > 0.6);
    if (!inIt) return bed;
    const rests = takeDown ? [...bed.rests, withinPicture(inIt.box)].slice(-mostRests) : bed.rests;
    return { ...bed, rests, restedMs: bed.restedMs + step };
  });
  return { beds, at, restCounted: takeDown ? at : state.restCounted };
}

/** The proposed beds, the most certain first. */
export function bedsOf({ beds }: BedEvidence): readonly ProposedBed[] {
  return beds
    .filter(({ seen, looked }) => seen >= fewest && seen / looked >= leastOften)
    .map((bed): ProposedBed => {
      const score = bed.named.reduce((sum, one) => sum + one.score, 0) / bed.named.length;
      const often = bed.seen / bed.looked;
      const rest = 1 - Math.exp(-bed.restedMs / 120_000);
      const certainty = Math.min(
        0.95,
        (1 - Math.exp(-bed.seen / 8)) * (0.35 + 0.35 * often + 0.3 * score + 0.2 * rest),
      );
      return {
        outline: cornersOf(widened(bed)),
        certainty,
        seen: Math.round(bed.seen),
        looked: Math.round(bed.looked),
        score,
        restedMinutes: bed.restedMs / 60_000,
      };
    })
    .sort((a, b) => b.certainty - a.certainty)
    .slice(0, 4);
}

/** Median of each side, robust against single outliers. */
function boxOf({ named }: Bed): Box {
  const side = (of: (box: Box) => number) => median(named.map((one) => of(one.box)));
  const [left, top] = [side(({ x }) => x), side(({ y }) => y)];
  const right = side(({ x, width }) => x + width);
  const bottom = side(({ y, height }) => y + height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Widened sideways only, by a fifth at most: a lying body rises above the bed in the picture, a sitting one hangs down in front. */
function widened(bed: Bed): Box {
  const box = boxOf(bed);
  if (bed.rests.length < 6) return box;
  const most = 0.2 * box.width;
  const left = Math.max(box.x - most, Math.min(box.x, quarter(bed.rests.map(({ x }) => x))));
  const right = Math.min(
    box.x + box.width + most,
    Math.max(box.x + box.width, -quarter(bed.rests.map(({ x, width }) => -x - width))),
  );
  return withinPicture({ ...box, x: left, width: right - left });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const quarter = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 4)]!;

function withinPicture({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return { x: left, y: top, width: Math.min(1, x + width) - left, height: Math.min(1, y + height) - top };
}

const cornersOf = ({ x, y, width, height }: Box): Polygon => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

const covers = (person: Box, bed: Box): boolean => containment(bed, person) > 0.15;
