/** Pure. By which way the person last seen here can have gone out, taking the last step to go on as it went (linear extrapolation). */
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import { isAtEdge, isInExit, lastSeen } from '../perceive/way-out.ts';

/** edge: no exit is marked in this room, so any edge of the picture may be one. */
export type Way = 'exit' | 'bathroom' | 'edge';

/** A person was seen some tenths of a second before the last step out. */
const stepsOn = 2;
/** Share of the picture within which an outline or a body touches its edge. */
const edge = 0.02;

/**
 * @param before where the same person was in the look before the last.
 * @returns undefined: there is no way out here.
 */
export function wayOut(room: Room, last: Box, before: Box): Way | undefined {
  const gone = { ...last, x: last.x + (last.x - before.x) * stepsOn, y: last.y + (last.y - before.y) * stepsOn };
  const places = [last, gone];
  const { exits, bathroomExits = [] } = room;
  if (exits.length + bathroomExits.length === 0)
    return places.some((box) => isAtEdge(box, lastSeen)) ? 'edge' : undefined;
  const isOut = (outlines: readonly Polygon[]) =>
    places.some((box) => isInExit(box, outlines, lastSeen) || outlines.some((exit) => goesOutBy(exit, box)));
  // Of two doors side by side the exit counts: an alarm for it is told in any case, only sooner or later.
  if (isOut(exits)) return 'exit';
  return isOut(bathroomExits) ? 'bathroom' : undefined;
}

/** An exit cut off by the picture's edge goes on beyond it: whoever reaches over the edge there is in it. */
function goesOutBy(exit: Polygon, { x, y, width, height }: Box): boolean {
  const reaches = (at: number, from: number, long: number) => at >= from && at <= from + long;
  return exit.some(
    ([across, down]) =>
      (down > 1 - edge && y + height > 1 - edge && reaches(across, x, width)) ||
      (across < edge && x < edge && reaches(down, y, height)) ||
      (across > 1 - edge && x + width > 1 - edge && reaches(down, y, height)),
  );
}
