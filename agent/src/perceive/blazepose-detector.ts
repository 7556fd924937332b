/** Pure. Reads what the BlazePose detector says: places where a person may be, each as a window in which the body is upright. */
import { type Box, overlap } from '@nattfrid/shared/domain/geometry';
import { boxToPicture, type Crop, cropPointing, type Size, toFrame } from './crop.ts';

export interface Candidate {
  /** 0 to 1. */
  readonly score: number;
  /** Face and upper body, in picture space. */
  readonly box: Box;
  /** What BlazePose should look through. */
  readonly crop: Crop;
}

const inputSize = 224;
const perAnchor = 13;

/** Middles of the anchors, x and y in turn, in pixels of the input: MediaPipe's layers 8, 16, 32, 32, 32 with two anchors a cell each. */
const anchors = ((): Float32Array => {
  const middles: number[] = [];
  for (const [stride, perCell] of [
    [8, 2],
    [16, 2],
    [32, 6],
  ] as const) {
    const cells = inputSize / stride;
    for (let cell = 0; cell < cells * cells; cell++) {
      const middle = [((cell % cells) + 0.5) * stride, (Math.floor(cell / cells) + 0.5) * stride];
      for (let anchor = 0; anchor < perCell; anchor++) middles.push(...middle);
    }
  }
  return Float32Array.from(middles);
})();

/**
 * @param person output of `blazepose-detector`: 2254 × 13.
 * @param crop the window that its input was filled from.
 * @returns best first, each place once.
 */
export function readDetector(person: Float32Array, crop: Crop, frame: Size, least = 0.5): readonly Candidate[] {
  const found: Candidate[] = [];
  const leastRaw = Math.log(least / (1 - least));
  for (let anchor = 0; anchor * 2 < anchors.length; anchor++) {
    const at = anchor * perAnchor;
    const raw = person[at]!;
    if (raw < leastRaw) continue;
    const [middleX, middleY] = [anchors[anchor * 2]!, anchors[anchor * 2 + 1]!];
    const x = (offset: number) => (middleX + person[at + offset]!) / inputSize;
    const y = (offset: number) => (middleY + person[at + offset]!) / inputSize;
    const [width, height] = [person[at + 3]! / inputSize, person[at + 4]! / inputSize];
    const within = { x: x(1) - width / 2, y: y(2) - height / 2, width, height };
    const [hips, direction] = [toFrame(crop, x(5), y(6)), toFrame(crop, x(7), y(8))];
    found.push({
      score: 1 / (1 + Math.exp(-raw)),
      box: boxToPicture(crop, frame, within),
      crop: cropPointing(hips, direction),
    });
  }
  const kept: Candidate[] = [];
  for (const one of found.sort((a, b) => b.score - a.score))
    if (!kept.some((other) => overlap(other.box, one.box) > 0.3)) kept.push(one);
  return kept;
}
