/** Pure. Reads what the BlazePose detector says: places where a person may be, each as a window in which the body is upright. */
import { type Crop, cropPointing, type Size, toFrame } from './crop.ts';

export interface Candidate {
  /** 0 to 1. Over a half on nearly every person; an empty room reaches a half too, so presence and size of the pose have the last word. */
  readonly score: number;
  /** What BlazePose should look through: the middle of the hips in its middle, the whole body in it, the head up. */
  readonly crop: Crop;
}

const inputSize = 224;
const perAnchor = 13;

/** This model gives every true person a box of the same size, in pixels of the input; anything else is a misfire of one anchor
 * (a score of 1.00 on a box of a few pixels), met in dark corners. */
const trueBox = 44.8;

/** Middles of the anchors, x and y in turn, in pixels of the input: MediaPipe's layers of 8, 16 and thrice 32 pixels, two a cell. */
const anchors = ((): Float32Array => {
  const middles: number[] = [];
  const layers = [
    [8, 2],
    [16, 2],
    [32, 6],
  ] as const;
  for (const [stride, perCell] of layers) {
    const cells = inputSize / stride;
    for (let cell = 0; cell < cells * cells; cell++) {
      const middle = [((cell % cells) + 0.5) * stride, (Math.floor(cell / cells) + 0.5) * stride];
      for (let anchor = 0; anchor < perCell; anchor++) middles.push(...middle);
    }
  }
  return Float32Array.from(middles);
})();

/**
 * @param person output of `blazepose-detector`: 2254 × 13 (score, box, then hips and direction of the body as points).
 * @param crop the window that its input was filled from.
 * @returns best first, each body once.
 */
export function readDetector(person: Float32Array, crop: Crop, frame: Size, least = 0.5): readonly Candidate[] {
  const found: Candidate[] = [];
  const leastRaw = Math.log(least / (1 - least));
  for (let anchor = 0; anchor * 2 < anchors.length; anchor++) {
    const at = anchor * perAnchor;
    const raw = person[at]!;
    if (raw < leastRaw || !isTrueBox(person[at + 3]!) || !isTrueBox(person[at + 4]!)) continue;
    const point = (offset: number) =>
      toFrame(
        crop,
        (anchors[anchor * 2]! + person[at + offset]!) / inputSize,
        (anchors[anchor * 2 + 1]! + person[at + offset + 1]!) / inputSize,
      );
    found.push({ score: 1 / (1 + Math.exp(-raw)), crop: cropPointing(point(5), point(7)) });
  }
  return eachBodyOnce(found, Math.max(frame.width, frame.height));
}

const isTrueBox = (length: number): boolean => Math.abs(length - trueBox) < trueBox / 4;

/**
 * Of candidates whose hips lie close together the best stays. Not for candidates of different turns: there the one with the
 * lower score is often the one that BlazePose then understands, so each turn's own best is worth a look.
 */
function eachBodyOnce(candidates: readonly Candidate[], longer: number): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const one of candidates.toSorted((a, b) => b.score - a.score)) {
    const near = ({ crop }: Candidate) => Math.hypot(crop.x - one.crop.x, crop.y - one.crop.y) < longer / 10;
    if (!kept.some(near)) kept.push(one);
  }
  return kept;
}
