/** Pure. Reads what NanoDet says: boxes with a class and a score, brought back from the window it looked through. */
import { type Box, iou } from '@nattfrid/shared/domain/geometry';
import type { Thing } from '@nattfrid/shared/domain/observation';
import { boxToPicture, type Crop, type Size } from './crop.ts';

/** What means something in a bedroom, by its number among the 80 classes of COCO. */
export const kinds = {
  person: 0,
  cat: 15,
  dog: 16,
  chair: 56,
  couch: 57,
  bed: 59,
  television: 62,
} as const satisfies Record<Thing['kind'] | 'person', number>;
export type Kind = keyof typeof kinds;

/** Somebody or something that was named. */
export interface Detection {
  readonly kind: Kind;
  /** 0 to 1. */
  readonly score: number;
  /** In picture space. */
  readonly box: Box;
  /** The turn of the window in which it was seen, in radians: at which it stands upright, more or less. */
  readonly turn: number;
}

const inputSize = 416;
const strides = [8, 16, 32] as const;
const classCount = 80;
/** Distances are told as a distribution over 0 to 10 strides (Generalized Focal Loss, arXiv:2006.04388). */
const bins = 11;

/**
 * @param outputs of the model `nanodet`: scores8/16/32 and boxes8/16/32 as the manifest describes them.
 * @param crop the window that the input was filled from.
 * @param least scores below it are not looked at.
 * @returns best first, each thing once.
 */
export function readNanodet(
  outputs: Readonly<Record<string, Float32Array>>,
  crop: Crop,
  frame: Size,
  { least, asked }: { readonly least: number; readonly asked: readonly Kind[] },
): readonly Detection[] {
  const detections: Detection[] = [];
  for (const stride of strides) {
    const scores = outputs[`scores${stride}`]!;
    const boxes = outputs[`boxes${stride}`]!;
    const cells = scores.length / classCount;
    for (let cell = 0; cell < cells; cell++) {
      for (const kind of asked) {
        const score = scores[cell * classCount + kinds[kind]]!;
        if (score < least) continue;
        const box = boxToPicture(crop, frame, boxOf(boxes, cell, stride));
        detections.push({ kind, score, box, turn: crop.turn });
      }
    }
  }
  return nonMaximumSuppression(detections);
}

/**
 * Non-maximum suppression per kind: of boxes that cover each other by more than `same`, the best stays. Also merges what was
 * seen in several turns.
 */
export function nonMaximumSuppression(detections: readonly Detection[], same = 0.55): readonly Detection[] {
  const kept: Detection[] = [];
  for (const next of detections.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some((one) => one.kind === next.kind && iou(one.box, next.box) > same)) kept.push(next);
  }
  return kept;
}

/** In the window, 0 to 1. The four distances are left, top, right, bottom, from the middle of the cell. */
function boxOf(boxes: Float32Array, cell: number, stride: number): Box {
  const perRow = inputSize / stride;
  const x = ((cell % perRow) + 0.5) * stride;
  const y = (Math.floor(cell / perRow) + 0.5) * stride;
  const at = cell * 4 * bins;
  const left = x - expected(boxes, at) * stride;
  const top = y - expected(boxes, at + bins) * stride;
  const right = x + expected(boxes, at + 2 * bins) * stride;
  const bottom = y + expected(boxes, at + 3 * bins) * stride;
  // A box cannot reach out of what the model was shown.
  const [l, t] = [Math.max(0, left) / inputSize, Math.max(0, top) / inputSize];
  const [r, b] = [Math.min(inputSize, right) / inputSize, Math.min(inputSize, bottom) / inputSize];
  return { x: l, y: t, width: r - l, height: b - t };
}

/** The mean of the distribution that the softmax of the bins describes, in strides. */
function expected(boxes: Float32Array, at: number): number {
  let highest = -Infinity;
  for (let bin = 0; bin < bins; bin++) highest = Math.max(highest, boxes[at + bin]!);
  let [sum, weighted] = [0, 0];
  for (let bin = 0; bin < bins; bin++) {
    const weight = Math.exp(boxes[at + bin]! - highest);
    sum += weight;
    weighted += bin * weight;
  }
  return weighted / sum;
}
