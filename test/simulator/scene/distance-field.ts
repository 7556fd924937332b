/** Pure. Surface normal and ambient occlusion from a signed distance field. */
import type { Vec3 } from './vector.ts';

/** Metres to the nearest surface. */
export type Field = (x: number, y: number, z: number) => number;

/** Surface normal: the gradient of the field, by differences at four corners of a tetrahedron. */
export function normalOf(field: Field, x: number, y: number, z: number, step: number): Vec3 {
  const a = field(x + step, y - step, z - step);
  const b = field(x - step, y - step, z + step);
  const c = field(x - step, y + step, z - step);
  const d = field(x + step, y + step, z + step);
  const n = [a - b - c + d, -a - b + c + d, -a + b - c + d] as const;
  const long = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) || 1;
  return [n[0] / long, n[1] / long, n[2] / long];
}

/** Ambient occlusion of a point (1: none, 0: full) by what lies within `reach` metres along its normal, in three samples. */
export function opennessAt(field: Field, x: number, y: number, z: number, facing: Vec3, reach: number): number {
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
