/** Pure. How well a drawn person can be seen: contrast along the outline, size, and how old the shape is. */
import type { Person } from '@nattfrid/shared/domain/observation';
import type { Duration } from '@nattfrid/shared/time/duration';
import { canvasWidth, gridHeight, gridWidth, luminance } from './canvas.ts';
import { edge, type Field } from './field.ts';

/** Ratio of luminances (WCAG 2.2: 1 to 21) that nine tenths of the outline reach. Undefined: no outline lies in the picture. */
export type Contrast = number | undefined;

/** Below these a tired person does not see at a glance what is going on. */
export const leastContrast = 4.5;
export const leastLength = 1 / 12;
export const oldestShape = 3000 as Duration;

export interface Legibility {
  readonly contrast: number;
  /** The longer side of the person in shares of the picture's height. */
  readonly length: number;
  readonly unseenFor: Duration;
  readonly legible: boolean;
}

/** The least legible of those who are drawn decides; undefined in an empty room. */
export function legibilityOf(
  drawn: readonly { readonly person: Person; readonly contrast: Contrast }[],
  aspect: number,
): Legibility | undefined {
  let worst: Legibility | undefined;
  for (const { person, contrast = 0 } of drawn) {
    const length = Math.max(person.box.height, person.box.width * aspect);
    const { unseenFor } = person;
    const legible = contrast >= leastContrast && length >= leastLength && unseenFor <= oldestShape;
    const one = { contrast, length, unseenFor, legible };
    if (!worst || (worst.legible && !legible) || (worst.legible === legible && contrast < worst.contrast)) worst = one;
  }
  return worst;
}

/** Samples pairs of points across the outline: just inside, and a few pixels outside of it. */
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
