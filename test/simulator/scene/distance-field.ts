/** Pure. What a field of distances tells of a surface: where it faces, and how open it is. */
import type { Vec3 } from './vector.ts';

/** Metres to the nearest surface. */
export type Field = (x: number, y: number, z: number) => number;

/** The way a surface faces: how a field grows round a point (four corners of a tetrahedron). */
export function facingOf(field: Field, x: number, y: number, z: number, step: number): Vec3 {
  const a = field(x + step, y - step, z - step);
  const b = field(x - step, y - step, z + step);
  const c = field(x - step, y + step, z - step);
  const d = field(x + step, y + step, z + step);
  const n = [a - b - c + d, -a - b + c + d, -a + b - c + d] as const;
  const long = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) || 1;
  return [n[0] / long, n[1] / long, n[2] / long];
}

/** How open (0..1) a point is to its surroundings within `reach` metres: how soon a field shrinks along the way it faces. */
export function openAt(field: Field, x: number, y: number, z: number, facing: Vec3, reach: number): number {
  let shut = 0;
  let weight = 1;
  for (const share of [0.12, 0.4, 1]) {
    const h = reach * share;
    const gap = field(x + facing[0] * h, y + facing[1] * h, z + facing[2] * h);
    shut += weight * Math.max(0, (h - gap) / h);
    weight *= 0.6;
  }
  return Math.max(0, 1 - (shut / 1.96) * 0.85);
}
