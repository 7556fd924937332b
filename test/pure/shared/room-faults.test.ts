/** What a drawn room may be: enough floor is left for a fall to be told, whatever is marked, and real rooms still pass. */
import { covered } from '@nattfrid/shared/domain/covered';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import { roomFaults, withinLimits } from '@nattfrid/shared/domain/room-faults';
import { describe, expect, it } from 'vitest';
import { bedPolygon, doorPolygon } from '../../simulator/scene/set.ts';

const box = (left: number, top: number, width: number, height: number): Polygon => [
  [left, top],
  [left + width, top],
  [left + width, top + height],
  [left, top + height],
];
const room = (given: Partial<Room>): Room => ({ beds: [], exits: [], masks: [], ...given });
const faults = (given: Partial<Room>) =>
  roomFaults(room(given)).map(({ part, index, why }) => `${part} ${index} ${why}`);

describe('a room', () => {
  for (const [name, given, expected] of [
    [
      'with two beds of 62 and 40 % is refused',
      { beds: [box(0, 0, 1, 0.62), box(0, 0.6, 1, 0.4)] },
      ['beds 0 too-large', 'beds 1 too-large', 'beds 1 too-much-bed', 'beds 1 no-floor-left'],
    ],
    ['may have one bed of a third', { beds: [box(0, 0.4, 1, 0.34)] }, []],
    ['may have no bed of more', { beds: [box(0, 0.4, 1, 0.36)] }, ['beds 0 too-large']],
    ['may have beds of 38 % together', { beds: [box(0, 0.4, 0.5, 0.38), box(0.5, 0.4, 0.5, 0.38)] }, []],
    ['and none of 46 %', { beds: [box(0, 0.4, 0.5, 0.46), box(0.5, 0.4, 0.5, 0.46)] }, ['beds 1 too-much-bed']],
    ['counts once what beds share', { beds: [box(0, 0.4, 1, 0.3), box(0, 0.42, 1, 0.3)] }, []],
    ['keeps a third beside beds and masks', { beds: [box(0, 0.65, 1, 0.34)], masks: [box(0, 0, 1, 0.31)] }, []],
    [
      'and is refused with less',
      { beds: [box(0, 0.65, 1, 0.34)], masks: [box(0, 0, 1, 0.4)] },
      ['masks 0 no-floor-left'],
    ],
    ['keeps half of its floor', { beds: [box(0, 0.5, 0.4, 0.5)], floor: box(0, 0.5, 1, 0.5) }, []],
    [
      'and is refused with less: beds and masks count together',
      { beds: [box(0, 0.5, 0.4, 0.5)], masks: [box(0.4, 0.5, 0.2, 0.5)], floor: box(0, 0.5, 1, 0.5) },
      ['floor 0 no-floor-left'],
    ],
  ] as const satisfies readonly (readonly [string, Partial<Room>, readonly string[]])[])
    it(name, () => expect(faults(given)).toEqual(expected));

  it('passes where it was filmed or drawn: the largest bed, and the drawn bed with its door', () => {
    const filmed = box(0.18, 0.43, 0.61, 0.29);
    expect(faults({ beds: [filmed] })).toEqual([]);
    expect(covered([filmed])).toBeCloseTo(0.18, 1);
    expect(faults({ beds: [bedPolygon as unknown as Polygon], exits: [doorPolygon as unknown as Polygon] })).toEqual(
      [],
    );
    expect(covered([bedPolygon as unknown as Polygon])).toBeLessThan(0.2);
  });
});

describe('a room that was confirmed before there were limits', () => {
  const small = box(0, 0, 0.2, 0.3);
  for (const [name, given, expected] of [
    [
      'is used as it is where it keeps them',
      { beds: [small], floor: box(0, 0.5, 1, 0.5) },
      { beds: [small], floor: true },
    ],
    ['loses a bed that is too large', { beds: [box(0, 0.2, 1, 0.62), small] }, { beds: [small], floor: false }],
    [
      'loses its largest beds until enough is left',
      { beds: [box(0, 0.4, 0.5, 0.6), box(0.5, 0.4, 0.5, 0.55), small] },
      { beds: [box(0.5, 0.4, 0.5, 0.55), small], floor: false },
    ],
    [
      'loses its beds before its floor',
      { beds: [box(0, 0.5, 0.6, 0.5)], floor: box(0, 0.5, 1, 0.5) },
      { beds: [], floor: true },
    ],
    [
      'and a floor that its masks hide: a fall is told everywhere then',
      { masks: [box(0, 0.5, 1, 0.4)], floor: box(0, 0.5, 1, 0.5) },
      { beds: [], floor: false },
    ],
  ] as const)
    it(name, () => {
      const before = room(given);
      const usable = withinLimits(before);
      expect([usable.beds, usable.floor !== undefined, usable.masks]).toEqual([
        expected.beds,
        expected.floor,
        before.masks,
      ]);
      expect(withinLimits(usable)).toBe(usable);
    });
});
