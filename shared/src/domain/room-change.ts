/** Pure. Whether a room takes so much from the detection of the one before it that a second person has to say yes to it. */
import { added, covered } from './covered.ts';
import type { Polygon } from './geometry.ts';
import type { Room } from './room.ts';

/** Of the picture: as much more bed, or more that is hidden, is a large change. */
const mostGrown = 0.1;
/** Of the floor, or of the exits, that were. */
const mostShrunk = 1 / 3;

/** @param before undefined: the first room of a unit changes nothing, and one person confirms it */
export function needsSecondPerson(before: Room | undefined, now: Room): boolean {
  if (!before) return false;
  const exits = { before: exitsOf(before), now: exitsOf(now) };
  return (
    now.beds.length < before.beds.length ||
    exits.now.length < exits.before.length ||
    added(before.beds, now.beds) > mostGrown ||
    added(before.masks, now.masks) > mostGrown ||
    lost(exits.before, exits.now) > mostShrunk ||
    lost(floorOf(before), floorOf(now)) > mostShrunk
  );
}

/** Share of what was that is not there any more. */
function lost(before: readonly Polygon[], now: readonly Polygon[]): number {
  const was = covered(before);
  return was === 0 ? 0 : added(now, before) / was;
}

const exitsOf = ({ exits, bathroomExits = [] }: Room): readonly Polygon[] => [...exits, ...bathroomExits];

/** Where no floor is marked a body can lie everywhere. */
const floorOf = ({ floor = everywhere }: Room): readonly Polygon[] => [floor];
const everywhere: Polygon = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
