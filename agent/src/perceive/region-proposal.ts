/** Pure. Region proposals for the pose model: person detections, and connected components of the foreground that no track covers. */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import { meanIn } from './cells.ts';
import { connectedComponents } from './connected-components.ts';
import type { Change } from './seen.ts';

/** A person that NanoDet detected. */
export interface PersonDetection {
  readonly box: Box;
  readonly score: number;
  /** Radians: rotation of the crop in which it stood upright. */
  readonly turn: number;
}

export interface RegionProposal {
  readonly box: Box;
  /** The rotations to try, most promising first. */
  readonly turns: readonly number[];
  /** The best detection score there; 0: found in the foreground alone. */
  readonly score: number;
  /** Share of the box that is foreground, 0 to 1. */
  readonly changed: number;
}

const quarter = Math.PI / 2;
/** Detections from this score on count alone, from the lower one on together with foreground. */
const scoreAlone = 0.3;
const scoreWithChange = 0.2;
/** Least and greatest share of the picture of a component that may be a body. */
const [leastBlob, greatestBlob] = [0.004, 0.6];
/** In picture heights; a body at the far end of a room is longer. */
const leastLong = 0.13;

/**
 * @param detections of this picture, in all rotations
 * @param taken boxes that tracks cover already
 * @param aspect width / height of the picture
 * @returns most promising first
 */
export function proposeRegions(
  detections: readonly PersonDetection[],
  change: Change,
  taken: readonly Box[],
  aspect: number,
): readonly RegionProposal[] {
  const regions: RegionProposal[] = [];
  const free = (box: Box) =>
    Math.max(box.width * aspect, box.height) > leastLong && !taken.some((one) => overlapCoefficient(one, box) > 0.5);
  for (const detection of detections.toSorted((a, b) => b.score - a.score)) {
    const changed = changedIn(detection.box, change);
    if (detection.score < (changed > 0.2 ? scoreWithChange : scoreAlone) || !free(detection.box)) continue;
    const at = regions.findIndex((region) => overlapCoefficient(region.box, detection.box) > 0.5);
    if (at < 0) regions.push({ box: detection.box, turns: [detection.turn], score: detection.score, changed });
    else regions[at] = { ...regions[at]!, turns: [...new Set([...regions[at]!.turns, detection.turn])] };
  }
  for (const { box, share } of connectedComponents(change)) {
    if (share < leastBlob || share > greatestBlob || !free(box)) continue;
    if (regions.some((region) => overlapCoefficient(region.box, box) > 0.5)) continue;
    const lying = box.width * aspect > box.height;
    const turns = lying ? [quarter, -quarter, 0] : [0, quarter, -quarter];
    regions.push({ box, turns, score: 0, changed: changedIn(box, change) });
  }
  return regions;
}

/** Mean foreground in a box, 0 to 1. */
export const changedIn = (box: Box, { width, height, changed }: Change): number => meanIn(box, width, height, changed);
/** How well the background is learnt in a box, 0 to 1. */
export const knownIn = (box: Box, { width, height, known }: Change): number => meanIn(box, width, height, known);
