/** Pure. Legibility score of a drawn person: contrast along the outline, size, pictures a second, age of the shape. */
import type { HardToSee } from '@nattfrid/shared/domain/look';
import type { Person } from '@nattfrid/shared/domain/observation';
import type { Duration } from '@nattfrid/shared/time/duration';
import { canvasWidth, gridHeight, gridWidth, luminance } from './canvas.ts';
import { edge, type Field } from './field.ts';

/** Contrast ratio (WCAG 2.2: 1 to 21) that nine tenths of the outline reach; undefined where no outline lies in the picture. */
export type Contrast = number | undefined;

/** What a tired operator needs to see at a glance; `length` in shares of the picture's height. */
export const needed = { contrast: 4.5, length: 1 / 12, perSecond: 4, age: 3000 as Duration } as const;
/** Certainty from which a person is drawn as certain; below, dim and with a «?». */
export const surelyPerson = 0.45;

export interface Legibility {
  readonly contrast: number;
  /** The longer side of the person in shares of the picture's height. */
  readonly length: number;
  readonly unseenFor: Duration;
  /** 0 to 1: the worst of the four, as a share of what is needed. */
  readonly score: number;
  /** The worst one, where the score is less than 1. */
  readonly hard: HardToSee | undefined;
  readonly legible: boolean;
}

export interface Judging {
  /** Width / height of the camera's picture. */
  readonly aspect: number;
  /** Pictures a second of late; undefined: not known yet. */
  readonly perSecond?: number | undefined;
  /** Score from which a picture counts as legible. */
  readonly least?: number | undefined;
}

/**
 * The score of the least legible person; uncertain persons count only where there are no certain ones. Undefined in an empty room.
 */
export function legibilityOf(
  drawn: readonly { readonly person: Person; readonly contrast: Contrast }[],
  { aspect, perSecond = needed.perSecond, least = 1 }: Judging,
): Legibility | undefined {
  const sure = drawn.filter(({ person }) => person.certainty >= surelyPerson);
  let worst: Legibility | undefined;
  for (const { person, contrast = 0 } of sure.length > 0 ? sure : drawn) {
    const length = Math.max(person.box.height, person.box.width * aspect);
    const { unseenFor } = person;
    const shares: readonly (readonly [HardToSee, number])[] = [
      ['faint', contrast / needed.contrast],
      ['small', length / needed.length],
      ['slow', perSecond / needed.perSecond],
      ['old', unseenFor > 0 ? needed.age / unseenFor : 1],
    ];
    const [why, share] = shares.reduce((a, b) => (b[1] < a[1] ? b : a));
    const score = Math.min(1, share);
    const one = { contrast, length, unseenFor, score, hard: score < 1 ? why : undefined, legible: score >= least };
    if (!worst || one.score < worst.score) worst = one;
  }
  return worst;
}

/** Samples pairs of points across the outline: just inside, and three cells outside. */
export function contrastAlong(y: Uint8Array, { values, cells: [left, top, right, bottom] }: Field): Contrast {
  const ratios: number[] = [];
  const away = 3;
  for (let row = Math.max(top, away); row < Math.min(bottom, gridHeight - away); row += 2)
    for (let column = Math.max(left, away); column < Math.min(right, gridWidth - away); column++) {
      const value = values[row * gridWidth + column]!;
      if (value < edge + 0.05 || value > edge + 0.35) continue;
      const inside = luminance[y[2 * row * canvasWidth + 2 * column]!]!;
      for (const [dx, dy] of [
        [away, 0],
        [-away, 0],
        [0, away],
        [0, -away],
      ] as const) {
        if (values[(row + dy) * gridWidth + column + dx]! > 0.12) continue;
        const outside = luminance[y[2 * (row + dy) * canvasWidth + 2 * (column + dx)]!]!;
        ratios.push((Math.max(inside, outside) + 0.05) / (Math.min(inside, outside) + 0.05));
      }
    }
  ratios.sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length / 10)];
}
