/** Pure. What is wrong with a room that somebody has drawn: the console says it while it is drawn, relay and unit refuse it. */
import type { Polygon } from './geometry.ts';
import { areaOf, type OutlineFault, type OutlineLimits, outlineFault } from './outline.ts';
import type { Room } from './room.ts';

export type RoomPart = 'beds' | 'exits' | 'bathroomExits' | 'floor' | 'masks';
export interface RoomFault {
  readonly part: RoomPart;
  readonly index: number;
  readonly why: OutlineFault | 'too-much-masked';
}

/** A mask takes eyesight away, so that all of them together may not cover most of the room. */
const mostMasked = 0.6;

const limits: Record<RoomPart, OutlineLimits> = {
  beds: { least: 0.005, most: 0.7 },
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
  const faults = [
    ...check('beds', room.beds),
    ...check('exits', room.exits),
    ...check('bathroomExits', room.bathroomExits ?? []),
    ...check('floor', room.floor ? [room.floor] : []),
    ...check('masks', room.masks),
  ];
  const masked = room.masks.reduce((sum, mask) => sum + areaOf(mask), 0);
  if (masked > mostMasked && room.masks.length > 1)
    faults.push({ part: 'masks', index: room.masks.length - 1, why: 'too-much-masked' });
  return faults;
}
