/** Pure. Pinhole camera of the drawn scenes: rays through pixels, and projection of points. */
import { add, cross, dot, scale, sub, unit, type Vec3 } from './vector.ts';

export interface Camera {
  readonly at: Vec3;
  readonly forward: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
  /** Focal length in widths of the picture. */
  readonly focal: number;
}

export function cameraAt(at: Vec3, looksAt: Vec3, widthDegrees: number): Camera {
  const forward = unit(sub(looksAt, at));
  const right = unit(cross(forward, [0, 0, 1]));
  return { at, forward, right, up: cross(right, forward), focal: 0.5 / Math.tan((widthDegrees * Math.PI) / 360) };
}

/** Unit direction of the ray through a place of the picture; x and y in picture widths from its middle, y downwards. */
export function rayAt(camera: Camera, x: number, y: number): Vec3 {
  const aside = add(scale(camera.right, x / camera.focal), scale(camera.up, -y / camera.focal));
  return unit(add(camera.forward, aside));
}

/** Projection of a point: x and y in picture widths from its middle, depth in metres. */
export function projectPoint(camera: Camera, point: Vec3): { x: number; y: number; deep: number } {
  const away = sub(point, camera.at);
  const deep = dot(away, camera.forward);
  return {
    x: (dot(away, camera.right) / deep) * camera.focal,
    y: (-dot(away, camera.up) / deep) * camera.focal,
    deep,
  };
}

/** Projection of a point in the coordinates of a clip index: x and y from 0 to 1, clamped to the picture. */
export function normAt(camera: Camera, point: Vec3, aspect: number): readonly [number, number] {
  const { x, y } = projectPoint(camera, point);
  const inside = (v: number) => Math.round(Math.min(1, Math.max(0, v)) * 1000) / 1000;
  return [inside(0.5 + x), inside(0.5 + y * aspect)];
}
