/** Pure. The drawn bedroom of all exercises, in shares of the picture, and who is to be seen in it. */

type Corner = readonly [x: number, y: number];

export const bed: readonly Corner[] = [
  [0.06, 0.52],
  [0.5, 0.44],
  [0.58, 0.6],
  [0.12, 0.76],
];
export const door: readonly Corner[] = [
  [0.79, 0.14],
  [0.93, 0.12],
  [0.93, 0.7],
  [0.79, 0.62],
];
export const floor: readonly Corner[] = [
  [0.02, 0.72],
  [0.6, 0.5],
  [0.98, 0.66],
  [0.98, 0.98],
  [0.02, 0.98],
];
/** As outlines are told. */
export const points = (corners: readonly Corner[]): [number, number][] => corners.map(([x, y]) => [x, y]);

export type Scene = 'on-the-floor' | 'nobody';

export interface Limb {
  readonly at: Corner;
  readonly radius: Corner;
  /** Radians. */
  readonly turn: number;
}

/** @param breath −1 to 1, so that it can be seen that the picture lives */
export function limbs(scene: Scene, breath: number): readonly Limb[] {
  if (scene === 'nobody') return [];
  const lift = 0.004 * breath;
  return [
    { at: [0.42, 0.79 - lift], radius: [0.035, 0.058], turn: 0 },
    { at: [0.53, 0.82 - lift], radius: [0.1, 0.062 + lift], turn: 0.06 },
    { at: [0.69, 0.86], radius: [0.1, 0.032], turn: 0.12 },
    { at: [0.68, 0.82], radius: [0.1, 0.03], turn: 0.02 },
    { at: [0.49, 0.9 + lift], radius: [0.075, 0.021], turn: -0.35 },
  ];
}
