/** Pure. The bit-rate ladder of a look: each step's bit rate, frame rate and size, from most to least. */
import type { Mode } from '@nattfrid/shared/domain/plan';

/** One step of the ladder. */
export interface Shape {
  /** Bit rate on the wire, 24 to 2000 kbit/s. */
  readonly kbits: number;
  /** 1 to 10. */
  readonly perSecond: number;
  /** In pixels, even. The encoder scales down to it, never up, and its parameter sets say so. */
  readonly width: number;
  readonly height: number;
}

/** First fewer bits, which costs detail only; then fewer and smaller pictures, which still show where a person is. */
const steps: readonly Shape[] = [
  { kbits: 250, perSecond: 10, width: 640, height: 360 },
  { kbits: 160, perSecond: 10, width: 640, height: 360 },
  { kbits: 100, perSecond: 10, width: 640, height: 360 },
  { kbits: 60, perSecond: 10, width: 640, height: 360 },
  { kbits: 40, perSecond: 7, width: 480, height: 270 },
  { kbits: 24, perSecond: 5, width: 320, height: 180 },
];

/** kbit/s that each mode needs: drawn shapes over a still sketch need little, a veiled picture is still a moving one. */
const enough: { readonly [M in Mode]: number } = { silhouette: 60, blur: 160, blocks: 160, clear: 250 };

/** @param most kbit/s that the unit may use. @returns at least one step, the most first */
export function ladderFor(mode: Mode, most = Number.POSITIVE_INFINITY): readonly [Shape, ...Shape[]] {
  const top = Math.min(most, enough[mode]);
  const below = steps.filter(({ kbits }) => kbits < top);
  const [first] = steps;
  const like = steps.findLast(({ kbits }) => kbits >= top) ?? first;
  return [{ ...(like as Shape), kbits: top }, ...below];
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.kbits === b.kbits && a.perSecond === b.perSecond && a.width === b.width && a.height === b.height;
