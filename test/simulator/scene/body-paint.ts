/** Pure. Procedural texture of a person: the albedo (RGB, 0..1) of cloth, skin, hair and face at a point of the body. */
import type { Body, Limb } from './body.ts';
import { valueNoise } from './noise.ts';
import { dot, sub, type Vec3 } from './vector.ts';

/** Colours of a person's clothes, skin and hair. */
export interface Appearance {
  readonly skin: Vec3;
  readonly hair: Vec3;
  readonly top: Vec3;
  readonly stripes: number;
  readonly bottom: Vec3;
  readonly shoe: Vec3;
}

/** A body and its colours. */
export interface Person {
  readonly body: Body;
  readonly appearance: Appearance;
}

export const client: Appearance = {
  skin: [0.62, 0.45, 0.36],
  hair: [0.2, 0.19, 0.18],
  top: [0.2, 0.24, 0.32],
  stripes: 0.12,
  bottom: [0.025, 0.028, 0.04],
  shoe: [0.05, 0.045, 0.04],
};

export const helper: Appearance = {
  skin: [0.55, 0.38, 0.3],
  hair: [0.04, 0.035, 0.03],
  top: [0.72, 0.74, 0.76],
  stripes: 0,
  bottom: [0.16, 0.18, 0.24],
  shoe: [0.55, 0.55, 0.55],
};

/** Albedo at a point of one shape of the body. */
export function bodyPaint(appearance: Appearance, body: Body, limb: Limb, at: Vec3): Vec3 {
  const away = sub(at, [limb.ax, limb.ay, limb.az]);
  const x = dot(away, limb.right);
  const y = dot(away, limb.ahead);
  const z = dot(away, limb.up);
  const weave = 1 + 0.1 * valueNoise(x * 45, y * 45, z * 25, 21);
  switch (limb.stuff) {
    case 'face':
      return face(appearance, body, limb, at);
    case 'skin':
      return appearance.skin;
    case 'hair':
      return tone(appearance.hair, 1 + 0.5 * valueNoise(x * 70, y * 25, z * 25, 22));
    case 'top':
    case 'sleeve': {
      const stripe = appearance.stripes > 0 && Math.sin(z * 110) > 0.4 ? 1 - appearance.stripes : 1;
      const placket = limb.stuff === 'top' && y > 0.05 && Math.abs(x) < 0.012 ? 0.7 : 1;
      return tone(appearance.top, weave * stripe * placket);
    }
    case 'bottom':
      return tone(appearance.bottom, weave);
    case 'shoe':
      return appearance.shoe;
    case 'sole':
      return tone(appearance.shoe, 3);
  }
}

function face(appearance: Appearance, body: Body, limb: Limb, at: Vec3): Vec3 {
  const away = sub(at, body.joints.head);
  const x = Math.abs(dot(away, limb.right));
  const y = dot(away, limb.ahead);
  const z = dot(away, limb.up);
  if (y < 0.04) return appearance.skin;
  const eye = Math.hypot((x - 0.031) / 0.017, (z - 0.014) / 0.009);
  if (eye < 0.55) return [0.015, 0.012, 0.01];
  if (eye < 1) return [0.42, 0.4, 0.38];
  if (Math.abs(z - 0.036 + x * 0.1) < 0.006 && x > 0.012 && x < 0.052) return tone(appearance.hair, 0.6);
  if (Math.hypot(x / 0.028, (z + 0.06) / 0.008) < 1)
    return [appearance.skin[0] * 0.6, appearance.skin[1] * 0.35, appearance.skin[2] * 0.35];
  if (Math.hypot((x - 0.007) / 0.005, (z + 0.036) / 0.004) < 1) return tone(appearance.skin, 0.3);
  const socket = Math.hypot((x - 0.031) / 0.03, (z - 0.016) / 0.018) < 1 ? 0.8 : 1;
  return tone(appearance.skin, socket);
}

const tone = (colour: Vec3, by: number): Vec3 => [colour[0] * by, colour[1] * by, colour[2] * by];
