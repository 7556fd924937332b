/** Pure. Bed and exit in a night's room, as the unit is told them. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import { homeOf } from './home-of-night.ts';
import type { Night } from './script.ts';

export function roomOf(night: Night): Room {
  const { manners, bedOutline, doorOutline } = homeOf(night);
  const side = (outline: Polygon): Polygon => outline.map(([x, y]) => [manners.mirrored ? 1 - x : x, y] as const);
  return { beds: [side(bedOutline)], exits: doorOutline ? [side(doorOutline)] : [], masks: [] };
}
