/** Pure. Could the person who was last seen here have gone out: through an exit, or, where none is known, out of the picture? */
import { type Box, contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';

/** edge: no exit is marked in this room, so any edge of the picture may be one. */
export type Way = 'exit' | 'bathroom' | 'edge';

/** How far outside an outline, or inside the picture's edge, still counts: outlines are drawn by hand. */
const slack = 0.04;
/** A person was seen some tenths of a second before the last step out; the step is taken to go on as it went. */
const stepsOn = 2;

/** @param before where the same person was in the look before the last. */
export function wayOut(room: Room, last: Box, before: Box): Way | undefined {
  const gone = { ...last, x: last.x + (last.x - before.x) * stepsOn, y: last.y + (last.y - before.y) * stepsOn };
  const places = [last, gone];
  const { exits, bathroomExits = [] } = room;
  if (exits.length + bathroomExits.length === 0) return places.some(atEdge) ? 'edge' : undefined;
  // Doors beside each other: the longer way out is the one that is told sooner or later in any case, so it comes first.
  if (places.some((box) => throughExit(exits, box))) return 'exit';
  return places.some((box) => throughExit(bathroomExits, box)) ? 'bathroom' : undefined;
}

/** By the feet; at the edge of the picture, or in a doorway far behind, they may be hidden: then by the middle. */
function throughExit(exits: readonly Polygon[], box: Box): boolean {
  const x = box.x + box.width / 2;
  const feet = Math.min(box.y + box.height, 1);
  return exits.some((exit) =>
    [feet - slack, feet + slack, box.y + box.height / 2].some((y) =>
      [x - slack, x, x + slack].some((x) => contains(exit, clamp(x), clamp(y))),
    ),
  );
}

/** Sideways, or so near the camera that the feet are out: nobody leaves through the top. */
const atEdge = ({ x, y, width, height }: Box): boolean =>
  x <= slack || x + width >= 1 - slack || y + height >= 1 - slack / 4;

const clamp = (share: number): number => Math.min(Math.max(share, 0.001), 0.999);
