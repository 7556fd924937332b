/** Pure. What a body rests on, by the point where it touches it in the picture (point-in-polygon with slack): a bed, the floor, or neither. */
import { contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';

/** A point in picture space, and by how much of the picture's width and height an outline may be off there. */
export interface Contact {
  readonly x: number;
  readonly y: number;
  readonly slack: { readonly x: number; readonly y: number };
}

/**
 * A bed seen from its own height is a thin stripe, and somebody who lies on it shows above it: the point may lie above the outline
 * by the slack. Below the outline begins the floor in front of the bed: there the slack is only a third.
 */
export const onBed = (beds: readonly Polygon[], contact: Contact): boolean => bedUnder(beds, contact) !== undefined;

/** Which bed the point rests on, by its place in the list; undefined: none. */
export function bedUnder(beds: readonly Polygon[], { x, y, slack }: Contact): number | undefined {
  const sideways = [0, -slack.x, slack.x];
  const up = [0, -slack.y / 3, slack.y / 2, slack.y];
  // Nearest first: of two beds side by side, the one under the point without any slack.
  for (const dx of sideways)
    for (const dy of up) {
      const bed = beds.findIndex((one) => contains(one, x + dx, y + dy));
      if (bed >= 0) return bed;
    }
  return undefined;
}

/** Clearly off the floor: where one is marked, a point a little outside may still lie on its edge. */
export function offFloor(room: Room, { x, y, slack }: Contact): boolean {
  const { floor } = room;
  if (!floor) return y < highestFloor(room);
  const [across, along] = [
    [0, -slack.x, slack.x],
    [0, -slack.y, slack.y],
  ];
  return !across!.some((dx) => along!.some((dy) => contains(floor, inside(x + dx), inside(y + dy))));
}

/** A body may reach out of the picture; the floor is marked within it. */
const inside = (share: number): number => Math.min(Math.max(share, 0.001), 0.999);

/** Share of the picture by which a floor may reach above the far edge of a bed and the threshold of a door. */
const beyond = 0.1;

/** Where no floor is marked: nobody lies on it far above both the beds and the thresholds, as a bar of light on a wall does. */
function highestFloor({ beds, exits, bathroomExits = [] }: Room): number {
  const farEdges = beds.map((bed) => Math.min(...bed.map(([, y]) => y)));
  const thresholds = [...exits, ...bathroomExits].map((exit) => Math.max(...exit.map(([, y]) => y)));
  return Math.min(1, ...farEdges, ...thresholds) - (farEdges.length > 0 ? beyond : 1);
}
