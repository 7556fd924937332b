/** Pure. Where a body lies, in a word, and what the plan has agreed for that place and hour (point-in-polygon, first match). */
import type { EvidencePlace } from '@nattfrid/shared/domain/evidence-code';
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { FallPlace } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import { windowAt } from '@nattfrid/shared/domain/window';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { containmentInOutline, isBeside } from '../situation/bed-place.ts';

export interface AgreedFall {
  readonly persistenceSeconds: number;
  readonly places?: readonly FallPlace[] | undefined;
}

/** Most of the body must be in an outline: somebody who hangs half off the mattress lies on the floor. */
const most = 0.6;

export function placeOf(room: Room, box: Box): EvidencePlace {
  if (room.beds.some((bed) => isBeside(bed, box))) return 'beside-bed';
  if (inDoorway(room, box)) return 'in-doorway';
  const { x, y, width, height } = box;
  return x < 0.02 || x + width > 0.98 || y + height > 0.99 ? 'at-edge' : 'on-floor';
}

const inDoorway = (room: Room, box: Box): boolean =>
  [...room.exits, ...(room.bathroomExits ?? [])].some((exit) => containmentInOutline(box, exit) > 0.2);

/** What is agreed where this body lies, at this time: the first of the places that fits. */
function agreedAt({ persistenceSeconds, places = [] }: AgreedFall, room: Room, box: Box, at: Instant) {
  const found = places.find((place) => fits(place, room, box) && (!place.hours || windowAt(place.hours, at)));
  return found?.lying ?? ({ type: 'told-after', persistenceSeconds } as const);
}

/** Whether somebody may lie here, as far as the plan is concerned: nobody has fallen then. */
export const mayLieIn =
  (room: Room, agreed: AgreedFall | undefined) =>
  (box: Box, at: Instant): boolean =>
    agreed !== undefined && agreedAt(agreed, room, box, at).type === 'agreed';

/** How long somebody may lie here before it is told. */
export function persistenceAt(agreed: AgreedFall, room: Room, box: Box, at: Instant): Duration {
  const lying = agreedAt(agreed, room, box, at);
  return seconds(lying.type === 'told-after' ? lying.persistenceSeconds : agreed.persistenceSeconds);
}

function fits({ where }: FallPlace, room: Room, box: Box): boolean {
  switch (where.type) {
    case 'anywhere':
      return true;
    case 'beside-bed':
      return room.beds.some((bed) => isBeside(bed, box));
    case 'in-doorway':
      return inDoorway(room, box);
    case 'outline':
      return containmentInOutline(box, where.outline) >= most;
  }
}
