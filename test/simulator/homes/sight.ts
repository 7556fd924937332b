/** Pure. What the camera of a home sees: whether a point is in the picture, and whether anything stands before it. */
import { type Camera, projectPoint } from '../scene/camera.ts';
import { type Block, distanceToRoom } from '../scene/room.ts';
import { add, distance, scale, sub, unit, type Vec3 } from '../scene/vector.ts';

/** Half the picture's height in widths of it. */
const half = 9 / 32;

/** @param margin share of the picture's width that is left free at each edge; negative: a point may lie outside by so much */
export function isInPicture(camera: Camera, point: Vec3, margin = 0.02): boolean {
  const { x, y, deep } = projectPoint(camera, point);
  return deep > 0.3 && Math.abs(x) < 0.5 - margin && Math.abs(y) < half - margin;
}

/** Marches from the camera towards the point, and stops `near` metres before it. */
export function isInSight(camera: Camera, blocks: readonly Block[], point: Vec3, near = 0.2): boolean {
  const way = unit(sub(point, camera.at));
  const until = distance(point, camera.at) - near;
  for (let t = 0.15, i = 0; i < 90; i++) {
    if (t >= until) return true;
    const at = add(camera.at, scale(way, t));
    const gap = distanceToRoom(blocks, ...at);
    if (gap < 0.004) return false;
    t += gap;
  }
  return false;
}
