/** Pure. Decodes BlazePose's outputs for one crop: pose confidence, 33 keypoints, segmentation mask, and the crop for the next picture. */
import type { Joint } from '@nattfrid/shared/domain/observation';
import { type Crop, cropPointing, type Size, toFrame } from './crop.ts';

/** A keypoint: x, y in picture space; `certainty` that it is visible, `present` that it lies in the crop at all, 0 to 1. */
export interface Landmark extends Joint {
  readonly present: number;
  /** Metres from the middle of the hips, in the axes of the crop turned back to the picture: x right, y down, z away. */
  readonly world: readonly [x: number, y: number, z: number];
}

export interface Pose {
  /** 0 to 1: that a person is in the crop. Below a half the other outputs mean nothing. */
  readonly poseConfidence: number;
  /** The 33 BlazePose landmarks, in their order. */
  readonly landmarks: readonly Landmark[];
  /** Probability 0 to 1 for each of 256x256 cells of the crop, row by row. */
  readonly mask: Float32Array;
  readonly crop: Crop;
  /** The crop for the next picture, turned so that the body is upright, from the model's two alignment points. */
  readonly nextCrop: Crop;
}

export const maskSize = 256;
const inputSize = 256;
const landmarkCount = 33;
const perLandmark = 5;
/** The alignment points: the middle of the hips, and one that gives size and direction of the whole body. */
const [hips, direction] = [33, 34];

/** @param outputs of `blazepose-lite` or `blazepose-full`: landmarks, presence, mask, world as the manifest describes them; the arrays are not kept. */
export function readBlazePose(outputs: Readonly<Record<string, Float32Array>>, crop: Crop, frame: Size): Pose {
  const points = outputs['landmarks']!;
  const world = outputs['world']!;
  const inFrame = (index: number) =>
    toFrame(crop, points[index * perLandmark]! / inputSize, points[index * perLandmark + 1]! / inputSize);
  const [cos, sin] = [Math.cos(crop.turn), Math.sin(crop.turn)];
  const landmarks = Array.from({ length: landmarkCount }, (_, index): Landmark => {
    const [x, y] = inFrame(index);
    const [wx, wy, wz] = [world[index * 3]!, world[index * 3 + 1]!, world[index * 3 + 2]!];
    return {
      x: x / frame.width,
      y: y / frame.height,
      certainty: sigmoid(points[index * perLandmark + 3]!),
      present: sigmoid(points[index * perLandmark + 4]!),
      world: [wx * cos - wy * sin, wx * sin + wy * cos, wz],
    };
  });
  const next = cropPointing(inFrame(hips), inFrame(direction));
  return { poseConfidence: outputs['presence']![0]!, landmarks, mask: outputs['mask']!.slice(), crop, nextCrop: next };
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
