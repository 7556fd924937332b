/** Pure. Points, boxes and polygons in picture space: x to the right, y down, both 0 to 1 of the picture. Overlap of boxes by IoU and its kin. */
import { z } from 'zod';

const share = z.number().min(0).max(1);
export const Point = z.tuple([share, share]).readonly();
export type Point = z.infer<typeof Point>;
export const Polygon = z.array(Point).min(3).max(64).readonly();
export type Polygon = z.infer<typeof Polygon>;

/** May reach outside the picture (a body half out of view), unlike a point of a room. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Point in polygon, even-odd rule; points on an edge may fall either way. */
export function contains(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Distance between the centres, in shares of the picture. */
export const apart = (a: Box, b: Box): number =>
  Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);

/** Area of the intersection, as a share of the picture. */
function intersection(a: Box, b: Box): number {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Intersection over union (IoU), 0 to 1. */
export function iou(a: Box, b: Box): number {
  const both = intersection(a, b);
  return both === 0 ? 0 : both / (a.width * a.height + b.width * b.height - both);
}

/** Share of the first box that lies within the second, 0 to 1. */
export function containment(inner: Box, outer: Box): number {
  const both = intersection(inner, outer);
  return both === 0 ? 0 : both / (inner.width * inner.height);
}

/** Overlap coefficient (Szymkiewicz-Simpson): share of the smaller box that the other covers, 0 to 1. */
export function overlapCoefficient(a: Box, b: Box): number {
  const both = intersection(a, b);
  return both === 0 ? 0 : both / Math.min(a.width * a.height, b.width * b.height);
}
