/** Pure. Where somebody may be whom nobody follows yet: what has changed, and what looks like a person. */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import { meanIn } from './cells.ts';
import type { Change } from './seen.ts';

/** A person-like figure that NanoDet saw somewhere in the picture. */
export interface PersonDetection {
  readonly box: Box;
  readonly score: number;
  /** Radians: the window in which it stood upright. */
  readonly turn: number;
}

export interface RegionProposal {
  readonly box: Box;
  /** The turns to look through, most promising first. */
  readonly turns: readonly number[];
  /** The best score of a figure there; 0: found by change alone. */
  readonly score: number;
  /** Share of the box that differs from the remembered room, 0 to 1. */
  readonly changed: number;
}

const quarter = Math.PI / 2;
/** Scores below it say nothing; in between the changed room must agree. */
const scoreAlone = 0.3;
const scoreWithChange = 0.2;
/** Least and greatest share of the picture for a changed blob that may be a body. */
const [leastBlob, greatestBlob] = [0.004, 0.6];
/** In picture heights: a body across a room is longer. */
const leastLong = 0.13;

/**
 * @param detections all that were seen in this picture, in any turn
 * @param taken boxes of the people who are followed and were seen
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

/** Share of a box that certainly differs, 0 to 1. */
export const changedIn = (box: Box, { width, height, changed }: Change): number => meanIn(box, width, height, changed);
export const knownIn = (box: Box, { width, height, known }: Change): number => meanIn(box, width, height, known);

interface Component {
  readonly box: Box;
  /** Of the whole picture. */
  readonly share: number;
}

/** Connected changed cells, largest first; a gap of a cell or two does not part them. */
export function connectedComponents({ width, height, changed }: Change): readonly Component[] {
  const reach = 2;
  const open = new Uint8Array(changed.length);
  for (let i = 0; i < open.length; i++) open[i] = changed[i]! > 127 ? 1 : 0;
  const found: Component[] = [];
  const stack: number[] = [];
  for (let start = 0; start < open.length; start++) {
    if (!open[start]) continue;
    open[start] = 0;
    stack.push(start);
    let [left, top, right, bottom, many] = [width, height, -1, -1, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      many++;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++)
        for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
          const next = v * width + u;
          if (!open[next]) continue;
          open[next] = 0;
          stack.push(next);
        }
    }
    const box = {
      x: left / width,
      y: top / height,
      width: (right + 1 - left) / width,
      height: (bottom + 1 - top) / height,
    };
    found.push({ box, share: many / changed.length });
  }
  return found.sort((a, b) => b.share - a.share);
}
