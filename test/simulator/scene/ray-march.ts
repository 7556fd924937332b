/** Pure. How far a point is from a body, and where a ray meets it (sphere tracing, Hart 1996; soft unions by a quadratic minimum). */
import type { Limb } from './body.ts';

/** Distance in metres from a point to one shape (an egg's is close near its skin and never too long by much). */
export function toLimb(limb: Limb, x: number, y: number, z: number): number {
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

/** Distance in metres from a point to the skin of some shapes flowing into each other. */
export function toBody(limbs: readonly Limb[], x: number, y: number, z: number): number {
  let best = 1e3;
  for (let i = 0; i < limbs.length; i += 1) {
    const limb = limbs[i]!;
    const one = toLimb(limb, x, y, z);
    const soft = limb.blend;
    const gap = one > best ? one - best : best - one;
    if (one < best) best = one;
    if (gap < soft) best -= ((soft - gap) * (soft - gap)) / (4 * soft);
  }
  return best;
}

/** The shape whose own skin is nearest. */
export function nearestLimb(limbs: readonly Limb[], x: number, y: number, z: number): Limb {
  let best = limbs[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const limb of limbs) {
    const one = toLimb(limb, x, y, z);
    if (one >= least) continue;
    least = one;
    best = limb;
  }
  return best;
}

/** The shapes that a thin cone of rays (from a point along a unit direction, `spread` = tangent of its half angle) may come near to. */
export function nearCone(
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

/** How far along a ray the body begins, or nothing before `until`. */
export function marched(
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
    const far = toBody(limbs, ax + dx * t, ay + dy * t, az + dz * t);
    if (far < 0.0015) return t;
    t += far * 0.95;
  }
  return undefined;
}
