import { followed, isAtEdge, isInExit, lastSeen } from '@nattfrid/agent/perceive/way-out';
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import { describe, expect, it } from 'vitest';

const standing = (x: number, y = 0.4): Box => ({ x, y, width: 0.1, height: 0.4 });
const door: Polygon = [
  [0.6, 0.3],
  [0.7, 0.3],
  [0.7, 0.9],
  [0.6, 0.9],
];

describe('a way out', () => {
  for (const [where, box, ofTrack, ofLastSeen] of [
    ['in the middle of the picture', standing(0.3), false, false],
    ['at its very edge', standing(0.01), true, true],
    ['three hundredths from its edge', standing(0.03), false, true],
    ['with the feet out below', standing(0.3, 0.62), true, true],
    ['two hundredths above its lower edge', standing(0.3, 0.58), true, false],
    ['out of its top', standing(0.3, -0.1), false, false],
  ] as const)
    it(`at the edge: ${where}`, () =>
      expect([isAtEdge(box, followed), isAtEdge(box, lastSeen)]).toEqual([ofTrack, ofLastSeen]));

  for (const [where, box, ofTrack, ofLastSeen] of [
    ['in the doorway', standing(0.6), true, true],
    ['just beside it, for the outline is drawn by hand', standing(0.53), false, true],
    ['far beside it', standing(0.4), false, false],
  ] as const)
    it(`through an exit: ${where}`, () =>
      expect([isInExit(box, [door], followed), isInExit(box, [door], lastSeen)]).toEqual([ofTrack, ofLastSeen]));
});
