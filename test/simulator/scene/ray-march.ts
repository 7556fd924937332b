/** Pure. Ray marching of a body (sphere tracing, Hart 1996) over a signed distance field with smooth unions (quadratic minimum). */
import type { Limb } from './body.ts';

/** Signed distance in metres to one shape; an ellipsoid's is an estimate that is good near its surface and never much too long. */
export function distanceToLimb(limb: Limb, x: number, y: number, z: number): number {
  const px = x - limb.ax;
  const py = y - limb.ay;
  const pz = z - limb.az;
  if (!limb.egg) {
    const along = Math.min(1, Math.max(0, (px * limb.bx + py * limb.by + pz * limb.bz) * limb.inverse));
    const qx = px - limb.bx * along;
    const qy = py - limb.by * along;
    const qz = pz - limb.bz * along;
    return Math.sqrt(qx * qx + qy * qy + qz * qz) - limb.ra - (limb.rb - limb.ra) * along;
  }
  const { right, ahead, up } = limb;
  const u = (px * right[0] + py * right[1] + pz * right[2]) / limb.rx;
  const v = (px * ahead[0] + py * ahead[1] + pz * ahead[2]) / limb.ry;
  const w = (px * up[0] + py * up[1] + pz * up[2]) / limb.rz;
  const k0 = Math.sqrt(u * u + v * v + w * w);
  const k1 = Math.sqrt((u * u) / (limb.rx * limb.rx) + (v * v) / (limb.ry * limb.ry) + (w * w) / (limb.rz * limb.rz));
  return k1 < 1e-9 ? -Math.min(limb.rx, limb.ry, limb.rz) : (k0 * (k0 - 1)) / k1;
}

/** Signed distance in metres to the smooth union of the shapes. */
export function distanceToBody(limbs: readonly Limb[], x: number, y: number, z: number): number {
  let best = 1e3;
  for (let i = 0; i < limbs.length; i += 1) {
    const limb = limbs[i]!;
    const one = distanceToLimb(limb, x, y, z);
    const soft = limb.blend;
    const gap = one > best ? one - best : best - one;
    if (one < best) best = one;
    if (gap < soft) best -= ((soft - gap) * (soft - gap)) / (4 * soft);
  }
  return best;
}

/** The shape with the nearest surface. */
export function nearestLimb(limbs: readonly Limb[], x: number, y: number, z: number): Limb {
  let best = limbs[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const limb of limbs) {
    const one = distanceToLimb(limb, x, y, z);
    if (one >= least) continue;
    least = one;
    best = limb;
  }
  return best;
}

/** The shapes whose bounding spheres come within `margin` metres of a thin cone of rays; `spread` is the tangent of its half angle. */
export function limbsInCone(
  limbs: readonly Limb[],
  at: readonly number[],
  way: readonly number[],
  spread: number,
  margin: number,
): Limb[] {
  const [ax, ay, az] = at as [number, number, number];
  const [dx, dy, dz] = way as [number, number, number];
  return limbs.filter((limb) => {
    const x = limb.cx - ax;
    const y = limb.cy - ay;
    const z = limb.cz - az;
    const along = x * dx + y * dy + z * dz;
    const aside = Math.sqrt(Math.max(0, x * x + y * y + z * z - along * along));
    return aside < limb.reach + margin + along * spread;
  });
}

/** Distance along a ray to the body's surface; undefined where it hits nothing before `until`. */
export function marchRay(
  limbs: readonly Limb[],
  ax: number,
  ay: number,
  az: number,
  dx: number,
  dy: number,
  dz: number,
  until: number,
): number | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (let i = 0; i < limbs.length; i += 1) {
    const limb = limbs[i]!;
    const along = (limb.cx - ax) * dx + (limb.cy - ay) * dy + (limb.cz - az) * dz;
    if (along - limb.reach < from) from = along - limb.reach;
    if (along + limb.reach > to) to = along + limb.reach;
  }
  if (to > until) to = until;
  let t = from - 0.05;
  for (let i = 0; i < 70 && t < to; i += 1) {
    const far = distanceToBody(limbs, ax + dx * t, ay + dy * t, az + dz * t);
    if (far < 0.0015) return t;
    t += far * 0.95;
  }
  return undefined;
}
