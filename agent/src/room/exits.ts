/** Pure. Proposes exits: clusters of places where walking tracks ended for good, and where new ones began. */
import type { Box, Point, Polygon } from '@nattfrid/shared/domain/geometry';
import type { Observation, Person } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import type { ProposedExit } from '@nattfrid/shared/domain/room-proposal';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { readPosture } from '../situation/posture.ts';
import { feetOf } from './feet.ts';
import { isSurelyHere } from './surely-here.ts';

/** The walk of one track. */
interface Walker {
  /** Box and time of the first report, and of the last certain one. */
  readonly first: Box;
  readonly firstAt: Instant;
  readonly last: Box;
  readonly feet: Point;
  readonly lastAt: Instant;
  readonly surely: number;
  readonly upright: boolean;
  /** Greatest distance from the first box; a coat goes nowhere. */
  readonly far: number;
  readonly entered: boolean;
}
interface Passage {
  readonly way: 'out' | 'in';
  readonly side: Side;
  readonly box: Box;
  readonly feet: Point;
}
type Side = 'left' | 'right' | 'bottom' | 'inside';

export interface PassageEvidence {
  readonly walkers: ReadonlyMap<number, Walker>;
  readonly passages: readonly Passage[];
  readonly began: Instant | undefined;
}

const mostPassages = 80;
const nearEdge = 0.03;
/** Share of the picture that a track must cross to count as a walk. */
const leastFar = 0.08;
const surelySeen = 3;
/** Persons of the first moments did not come in. */
const untilArrivals = seconds(5);
/** Distance within a cluster of passages, in shares of the picture. */
const sameWay = 0.12;
const fewest = 3;

export const gatheringPassages: Machine<PassageEvidence, Observation, never> = {
  initial: { walkers: new Map(), passages: [], began: undefined },
  step(state, event) {
    if (event.type !== 'observed') return [state, []];
    const began = state.began ?? event.at;
    const walkers = new Map(state.walkers);
    const passages: Passage[] = [];
    for (const person of event.persons) {
      const walker = followed(walkers.get(person.track), person, event.at, event.picture.aspect);
      if (!walker) continue;
      const comesIn =
        !walker.entered && isWalker(walker) && walker.firstAt - began >= untilArrivals && event.picture.known > 0.3;
      if (comesIn)
        passages.push({ way: 'in', side: sideOf(walker.first), box: walker.first, feet: feetOfBox(walker.first) });
      walkers.set(person.track, comesIn ? { ...walker, entered: true } : walker);
    }
    for (const { track, why, into } of event.gone ?? []) {
      const walker = walkers.get(track);
      walkers.delete(track);
      if (!walker || into !== undefined || (why !== 'edge' && why !== 'empty')) continue;
      // A person who was last seen lying is hidden, and has not walked out.
      if (!isWalker(walker) || !walker.upright) continue;
      passages.push({ way: 'out', side: sideOf(walker.last), box: walker.last, feet: walker.feet });
    }
    return [{ walkers, passages: [...state.passages, ...passages].slice(-mostPassages), began }, []];
  },
};

function followed(before: Walker | undefined, person: Person, at: Instant, aspect: number): Walker | undefined {
  if (!isSurelyHere(person)) return before ?? started(person, at, false);
  const { posture } = readPosture(person, unknownRoom, aspect);
  const upright = posture === 'upright' || (posture === 'unknown' && (before?.upright ?? true));
  if (!before) return started(person, at, upright);
  const [x, y] = feetOf(person);
  const [fx, fy] = feetOfBox(before.first);
  const far = Math.max(before.far, Math.hypot(x - fx, y - fy));
  return { ...before, last: person.box, feet: [x, y], lastAt: at, surely: before.surely + 1, upright, far };
}

const started = (person: Person, at: Instant, upright: boolean): Walker => ({
  first: person.box,
  firstAt: at,
  last: person.box,
  feet: feetOf(person),
  lastAt: at,
  surely: 0,
  upright,
  far: 0,
  entered: false,
});

const isWalker = ({ surely, far }: Walker): boolean => surely >= surelySeen && far >= leastFar;
const feetOfBox = ({ x, y, width, height }: Box): Point => [clamp(x + width / 2), clamp(y + height)];

function sideOf({ x, y, width, height }: Box): Side {
  if (x <= nearEdge) return 'left';
  if (x + width >= 1 - nearEdge) return 'right';
  if (y + height >= 1 - nearEdge / 2) return 'bottom';
  return 'inside';
}

/** The proposed exits, the most certain first. */
export function exitsOf({ passages }: PassageEvidence): readonly ProposedExit[] {
  const ways: Passage[][] = [];
  for (const passage of passages) {
    const way = ways.find((one) => one[0]!.side === passage.side && apart(middleOf(one), passage) < sameWay);
    if (way) way.push(passage);
    else ways.push([passage]);
  }
  return ways
    .filter((way) => way.length >= fewest)
    .map((way): ProposedExit => {
      const out = way.filter((one) => one.way === 'out').length;
      const both = out > 0 && out < way.length;
      // Inside the picture a track may also end behind a wardrobe: full certainty needs passages both ways.
      const known = both ? 1 : way[0]!.side === 'inside' ? 0.6 : 0.85;
      return {
        outline: outlineOf(way),
        certainty: known * (1 - Math.exp(-way.length / 3.5)),
        at: way[0]!.side === 'inside' ? 'inside' : 'edge',
        out,
        in: way.length - out,
      };
    })
    .sort((a, b) => b.certainty - a.certainty)
    .slice(0, 8);
}

/** Distance of the feet; at the left and right edge only down the picture, at the bottom only across. */
function apart([x, y]: Point, { side, feet }: Passage): number {
  if (side === 'left' || side === 'right') return Math.abs(feet[1] - y) / 2;
  if (side === 'bottom') return Math.abs(feet[0] - x);
  return Math.hypot(feet[0] - x, feet[1] - y);
}

const middleOf = (way: readonly Passage[]): Point => [
  median(way.map((one) => one.feet[0])),
  median(way.map((one) => one.feet[1])),
];

/** The outline: from the middle of the passing bodies to a little below their feet, and to the picture's edge where they left by one. */
function outlineOf(way: readonly Passage[]): Polygon {
  const side = way[0]!.side;
  const boxes = way.map((one) => one.box);
  const depth = 0.1;
  const top = median(boxes.map(({ y, height }) => y + 0.35 * height));
  const bottom = median(boxes.map(({ y, height }) => y + height)) + 0.03;
  const wide = median(boxes.map(({ width }) => width));
  const x = median(way.map(({ feet }) => feet[0]));
  const [left, right] =
    side === 'left' ? [0, depth] : side === 'right' ? [1 - depth, 1] : [x - 0.6 * wide, x + 0.6 * wide];
  const [upper, lower] = side === 'bottom' ? [0.9, 1] : [Math.min(top, bottom - 0.08), bottom];
  const [l, r, u, b] = [clamp(left!), clamp(right!), clamp(upper!), clamp(lower!)];
  return [
    [l, u],
    [r, u],
    [r, b],
    [l, b],
  ];
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const clamp = (share: number): number => Math.min(1, Math.max(0, share));
