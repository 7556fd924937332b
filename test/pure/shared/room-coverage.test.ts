/** How well the agreed place lies in the picture. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { coverageOf, wellInView } from '@nattfrid/shared/domain/room-coverage';
import { describe, expect, it } from 'vitest';

const box = (x1: number, y1: number, x2: number, y2: number): Polygon => [
  [x1, y1],
  [x2, y1],
  [x2, y2],
  [x1, y2],
];
const middle = box(0.3, 0.4, 0.7, 0.7);
const atEdge = box(0, 0.4, 0.3, 0.7);
const inCorner = box(0, 0.7, 0.3, 1);
const room = (beds: readonly Polygon[], more: { masks?: readonly Polygon[]; floor?: Polygon } = {}) => ({
  beds,
  exits: [],
  masks: [],
  ...more,
});

describe('A1.12 the agreed place', () => {
  for (const [name, drawn, expected] of [
    ['is all in view in the middle of the picture', room([middle]), { what: 'bed', score: 1, cut: 0, hidden: 0 }],
    ['is cut where it runs along the edge', room([atEdge]), { what: 'bed', score: 0.75, cut: 0.25 }],
    ['is cut more in a corner', room([inCorner]), { score: 0.5, cut: 0.5 }],
    ['is hidden as far as a mask covers it', room([middle], { masks: [box(0.3, 0.4, 0.5, 0.7)] }), { hidden: 0.5 }],
    ['is the worst of several beds', room([middle, inCorner]), { score: 0.5 }],
    ['is the floor where there is no bed', room([], { floor: box(0, 0.6, 1, 1) }), { what: 'floor', score: 1 }],
  ] as const)
    it(name, () => expect(coverageOf(drawn)).toMatchObject(expected));

  it('is unknown where nothing is drawn', () => expect(coverageOf(room([]))).toBeUndefined());
  it('is well in view in the middle, and not at the edge', () => {
    expect(coverageOf(room([middle]))!.score).toBeGreaterThanOrEqual(wellInView);
    expect(coverageOf(room([atEdge]))!.score).toBeLessThan(wellInView);
  });
});
