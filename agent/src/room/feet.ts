/** Pure. Ground contact of an upright person: from the keypoints of the feet, else the bottom of the box. */
import type { Point } from '@nattfrid/shared/domain/geometry';
import type { Person } from '@nattfrid/shared/domain/observation';

/** Ankles, heels and toes of the 33 landmarks. */
const feet = [27, 28, 29, 30, 31, 32];

export function feetOf({ box, joints }: Person): Point {
  const seen = joints ? feet.map((joint) => joints[joint]).filter((one) => one && one.certainty >= 0.5) : [];
  const x = seen.length > 0 ? seen.reduce((sum, one) => sum + one!.x, 0) / seen.length : box.x + box.width / 2;
  const y = seen.length > 0 ? Math.max(...seen.map((one) => one!.y)) : box.y + box.height;
  // Feet outside the picture are moved to its edge, up to which the floor reaches.
  return [Math.min(0.999, Math.max(0.001, x)), Math.min(0.999, Math.max(0.001, y))];
}
