/** Pure. Axis-aligned bounding box of an outline. */
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';

export function boundingBox(outline: Polygon): Box {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
