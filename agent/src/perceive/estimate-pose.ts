/** Pose estimation of one region: BlazePose through several rotated crops, until a body stands upright in one. */
import { type Box, iou } from '@nattfrid/shared/domain/geometry';
import type { Joint } from '@nattfrid/shared/domain/observation';
import type { Pixels } from '../decode/frame.ts';
import type { Pose } from './blazepose.ts';
import { axisOf } from './body-axis.ts';
import { type Crop, cropAround } from './crop.ts';
import type { VisionModels } from './models.ts';
import { type PersonMask, personMask } from './person-mask.ts';
import type { Body } from './track.ts';

/** From this confidence on a pose is a body. */
const leastConfidence = 0.5;
/** From this confidence on no other crop is tried. */
const enoughConfidence = 0.9;

export interface PoseEstimate {
  readonly poseConfidence: number;
  readonly body?: Body;
}

/**
 * The best pose of all crops, up to the first that is convincing.
 * @param detected where the detector found the person. A pose that fills another box is believed less: in a crop that is turned the wrong way
 * somebody who lies becomes, with great confidence, one who sits. @throws Fault `model-failed`
 */
export async function estimatePose(
  models: VisionModels,
  pixels: Pixels,
  crops: readonly Crop[],
  detected?: Box,
): Promise<PoseEstimate> {
  let best: PoseEstimate = { poseConfidence: 0 };
  let belief = -1;
  for (const crop of crops) {
    if (belief >= enoughConfidence) break;
    const pose = await models.pose(pixels, crop);
    if (pose.poseConfidence <= belief) continue;
    const body = pose.poseConfidence >= leastConfidence ? bodyOf(pose, pixels) : undefined;
    const believed = body && detected && iou(body.box, detected) < alike ? beside : 1;
    if (pose.poseConfidence * believed <= belief) continue;
    belief = pose.poseConfidence * believed;
    best = { poseConfidence: pose.poseConfidence, ...(body && { body }) };
  }
  return best;
}

/** IoU from which a pose fills the box of a detection; share of its confidence that counts where it does not. */
const [alike, beside] = [0.5, 0.6];

/** The crops round a box, one for each rotation. */
export const cropsAround = (box: Box, pixels: Pixels, turns: readonly number[]): readonly Crop[] =>
  turns.map((turn) => cropAround(box, pixels, turn));

/** @returns undefined for what cannot be a body: neither a mask nor enough keypoints in the crop, or a few pixels only */
function bodyOf(pose: Pose, pixels: Pixels): Body | undefined {
  const shape = personMask(pose, pixels);
  const box = bodyBox(pose, shape);
  if (!box || box.width * pixels.width < 8 || box.height * pixels.height < 8) return undefined;
  const cellAspect =
    (shape.region.width * pixels.width * shape.height) / (shape.region.height * pixels.height * shape.width);
  const axis = axisOf({ ...shape, weights: shape.mask, cellAspect });
  const joints = pose.landmarks.map(
    ({ x, y, certainty, world }): Joint => ({ x, y, certainty: certainty * pose.poseConfidence, world }),
  );
  return {
    box,
    poseConfidence: pose.poseConfidence,
    joints,
    nextCrop: pose.nextCrop,
    shape,
    ...(axis ? { axis } : {}),
  };
}

/** Bounding box of the mask; without one, of the keypoints that lie in the crop. Clipped a tenth outside the picture. */
function bodyBox({ landmarks }: Pose, { region, width, height, mask }: PersonMask): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (mask[at]! < 128) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  const inside = ({ x, y, width: w, height: h }: Box): Box | undefined => {
    const [l, t] = [Math.max(-0.1, x), Math.max(-0.1, y)];
    const [r, b] = [Math.min(1.1, x + w), Math.min(1.1, y + h)];
    return r > l && b > t ? { x: l, y: t, width: r - l, height: b - t } : undefined;
  };
  if (right >= 0)
    return inside({
      x: region.x + (left / width) * region.width,
      y: region.y + (top / height) * region.height,
      width: ((right + 1 - left) / width) * region.width,
      height: ((bottom + 1 - top) / height) * region.height,
    });
  const there = landmarks.filter((joint) => joint.present > 0.5);
  if (there.length < 8) return undefined;
  const [xs, ys] = [there.map((joint) => joint.x), there.map((joint) => joint.y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return inside({ x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y });
}
