/** Pure. Schema of one clip in an index of recordings: its labels, and the room's outlines. */

import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { type Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { z } from 'zod';

/** Lenient: a field of an index may be missing, empty or misspelt, and there may be more of them. */
const Known = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);
const Outline = z.array(z.tuple([z.number(), z.number()])).min(3);
const Segment = z.object({ label: z.string(), start_s: z.number(), end_s: z.number() });
export type Segment = z.infer<typeof Segment>;

export const LabelledClip = z.object({
  file: z.string().min(1),
  label: Known(z.string()),
  activity: Known(z.string()),
  note: Known(z.string()),
  source_repo: Known(z.string()),
  subject: Known(z.string()),
  room: Known(z.string()),
  persons: Known(z.number()),
  duration_s: Known(z.number()),
  fall_start_s: Known(z.number()),
  on_floor_from_s: Known(z.number()),
  fall_surface: Known(z.string()),
  ambiguous: Known(z.boolean()),
  /** Malformed segments are left out, and the others count. */
  segments: Known(z.array(Segment.nullable().catch(null))),
  bed_polygon_norm: Known(Outline),
  exit_polygon_norm: Known(Outline),
  floor_polygon_norm: Known(Outline),
});
export type LabelledClip = z.infer<typeof LabelledClip>;

/** In the order of their ends. */
export const segmentsOf = ({ segments }: LabelledClip): readonly Segment[] =>
  (segments ?? []).flatMap((one) => one ?? []).sort((one, other) => one.end_s - other.end_s);

export function roomOf({
  bed_polygon_norm: bed,
  exit_polygon_norm: exit,
  floor_polygon_norm: floor,
}: LabelledClip): Room {
  return {
    ...unknownRoom,
    beds: bed ? [inside(bed)] : [],
    exits: exit ? [inside(exit)] : [],
    ...(floor && { floor: inside(floor) }),
  };
}

const inside = (outline: z.infer<typeof Outline>): Polygon =>
  outline.map(([x, y]) => [Math.min(Math.max(x, 0), 1), Math.min(Math.max(y, 0), 1)] as const);
