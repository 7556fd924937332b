/** Pure. Decodes NanoDet's outputs into detections (class, score, box in picture space), with non-maximum suppression. */
import { type Box, iou } from '@nattfrid/shared/domain/geometry';
import type { Thing } from '@nattfrid/shared/domain/observation';
import { boxToPicture, type Crop, type Size } from './crop.ts';

/** The classes that matter in a bedroom, by their index among the 80 of COCO. */
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

/** One detected person, pet or piece of furniture. */
export interface Detection {
  readonly kind: Kind;
  /** 0 to 1. */
  readonly score: number;
  /** In picture space. */
  readonly box: Box;
  /** Rotation of the crop in which it was detected, in radians: there it stands more or less upright. */
  readonly turn: number;
}

const strides = [8, 16, 32] as const;
const classCount = 80;
/** Each box side is a distribution over 0 to 10 strides (Generalized Focal Loss, arXiv:2006.04388). */
const bins = 11;

/**
 * @param outputs of the model `nanodet`: scores8/16/32 and boxes8/16/32 as the manifest describes them.
 * @param crop the crop that the input was filled from.
 * @param least detections with a lower score are left out.
 * @returns best first, after non-maximum suppression
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
    const perRow = Math.sqrt(cells);
    for (let cell = 0; cell < cells; cell++) {
      for (const kind of asked) {
        const score = scores[cell * classCount + kinds[kind]]!;
        if (score < least) continue;
        const box = boxToPicture(crop, frame, boxOf(boxes, cell, stride, perRow));
        detections.push({ kind, score, box, turn: crop.turn });
      }
    }
  }
  return nonMaximumSuppression(detections);
}

/**
 * Per kind: of boxes with an IoU above `same` the best stays. Also merges the detections of several rotations.
 */
export function nonMaximumSuppression(detections: readonly Detection[], same = 0.55): readonly Detection[] {
  const kept: Detection[] = [];
  for (const next of detections.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some((one) => one.kind === next.kind && iou(one.box, next.box) > same)) kept.push(next);
  }
  return kept;
}

/** In the crop, 0 to 1. The four distances are left, top, right, bottom, from the centre of the cell. */
function boxOf(boxes: Float32Array, cell: number, stride: number, perRow: number): Box {
  const inputSize = perRow * stride;
  const x = ((cell % perRow) + 0.5) * stride;
  const y = (Math.floor(cell / perRow) + 0.5) * stride;
  const at = cell * 4 * bins;
  const left = x - expected(boxes, at) * stride;
  const top = y - expected(boxes, at + bins) * stride;
  const right = x + expected(boxes, at + 2 * bins) * stride;
  const bottom = y + expected(boxes, at + 3 * bins) * stride;
  // A box is clipped to the model's input.
  const [l, t] = [Math.max(0, left) / inputSize, Math.max(0, top) / inputSize];
  const [r, b] = [Math.min(inputSize, right) / inputSize, Math.min(inputSize, bottom) / inputSize];
  return { x: l, y: t, width: r - l, height: b - t };
}

/** Expectation of the softmax over the bins, in strides. */
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
