/** Pure. What is wrong with a room that somebody has drawn: the console says it while it is drawn, relay and unit refuse it. */
import { covered, coveredOf } from './covered.ts';
import type { Polygon } from './geometry.ts';
import { areaOf, type OutlineFault, type OutlineLimits, outlineFault } from './outline.ts';
import type { Room } from './room.ts';

export type RoomPart = 'beds' | 'exits' | 'bathroomExits' | 'floor' | 'masks';
/** too-much-masked, too-much-bed: all of them together. no-floor-left: beds and masks together, so that no fall could be told. */
export interface RoomFault {
  readonly part: RoomPart;
  readonly index: number;
  readonly why: OutlineFault | 'too-much-masked' | 'too-much-bed' | 'no-floor-left';
}

/** A mask takes eyesight away, so that all of them together may not cover most of the room. */
const mostMasked = 0.6;
/**
 * Nobody who lies in a bed has fallen, so that beds take falls away. The largest bed of the rooms that were filmed is 18 % of its
 * picture, and of those that are drawn 2 %: twice the largest is more than a camera that sees the floor too can show.
 */
const largestBed = 0.35;
const mostBed = 0.4;
/** Of the picture, beside beds and masks. */
const leastLeft = 1 / 3;
/** Of the marked floor, outside beds and masks. */
const leastFloor = 1 / 2;

const limits: Record<RoomPart, OutlineLimits> = {
  beds: { least: 0.005, most: largestBed },
  exits: { least: 0.002, most: 0.4 },
  bathroomExits: { least: 0.002, most: 0.4 },
  floor: { least: 0.02, most: 1 },
  masks: { least: 0.0005, most: mostMasked },
};

/** None: it may be used. */
export function roomFaults(room: Room): readonly RoomFault[] {
  const check = (part: RoomPart, outlines: readonly Polygon[]): RoomFault[] =>
    outlines.flatMap((outline, index) => {
      const why = outlineFault(outline, limits[part]);
      return why ? [{ part, index, why }] : [];
    });
  const { beds, exits, bathroomExits = [], floor, masks } = room;
  return [
    ...check('beds', beds),
    ...check('exits', exits),
    ...check('bathroomExits', bathroomExits),
    ...check('floor', floor ? [floor] : []),
    ...check('masks', masks),
    ...together(room),
  ];
}

function together({ beds, floor, masks }: Room): readonly RoomFault[] {
  const last = (part: 'beds' | 'masks', why: RoomFault['why']): RoomFault => ({
    part,
    index: (part === 'beds' ? beds : masks).length - 1,
    why,
  });
  const faults: RoomFault[] = [];
  if (masks.length > 1 && masks.reduce((sum, mask) => sum + areaOf(mask), 0) > mostMasked)
    faults.push(last('masks', 'too-much-masked'));
  if (beds.length > 1 && covered(beds) > mostBed) faults.push(last('beds', 'too-much-bed'));
  if (!leavesRoom({ beds, masks })) faults.push(last(masks.length > 0 ? 'masks' : 'beds', 'no-floor-left'));
  if (floor && !leavesFloor(floor, { beds, masks })) faults.push({ part: 'floor', index: 0, why: 'no-floor-left' });
  return faults;
}

type Covering = Pick<Room, 'beds' | 'masks'>;

/** Enough of the picture lies beside beds and masks for a fall to be told there. */
export const leavesRoom = ({ beds, masks }: Covering): boolean => 1 - covered([...beds, ...masks]) >= leastLeft;

const leavesFloor = (floor: Polygon, { beds, masks }: Covering): boolean =>
  1 - coveredOf(floor, [...beds, ...masks]) >= leastFloor;

/**
 * A room that was confirmed before there were these limits, as it may be used: without the beds that break them, the largest
 * first, and without a floor that is hidden. What then lies on a bed is told as a fall; a fall is never kept quiet. Masks stay.
 */
export function withinLimits(room: Room): Room {
  const { floor, masks } = room;
  let beds = room.beds.filter((bed) => areaOf(bed) <= largestBed);
  const breaks = () =>
    covered(beds) > mostBed ||
    !leavesRoom({ beds, masks }) ||
    (floor !== undefined && !leavesFloor(floor, { beds, masks }));
  while (beds.length > 0 && breaks()) beds = withoutLargest(beds);
  const isHidden = floor !== undefined && !leavesFloor(floor, { beds, masks });
  if (beds.length === room.beds.length && !isHidden) return room;
  const { floor: _hidden, ...rest } = room;
  return { ...rest, beds, ...(floor && !isHidden && { floor }) };
}

function withoutLargest(beds: readonly Polygon[]): Polygon[] {
  const largest = Math.max(...beds.map(areaOf));
  const at = beds.findIndex((bed) => areaOf(bed) === largest);
  return beds.filter((_, index) => index !== at);
}
