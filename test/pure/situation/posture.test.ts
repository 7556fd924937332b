import { readPosture } from '@nattfrid/agent/situation/posture';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { describe, expect, it } from 'vitest';
import {
  aPerson,
  aspect,
  chestHigh,
  type PoseName,
  poses,
  project,
  roomWithBed,
  type Spot,
  underTheCeiling,
} from '../../support/bodies.ts';

/** A bed half a metre high, from the left to the right, its near edge 4 metres away. */

const clamped = (share: number) => Math.min(Math.max(share, 0), 1);

describe('posture', () => {
  for (const [name, fromTheChest, fromAbove] of [
    ['standing', 'upright', 'upright'],
    ['bending', 'upright', 'upright'],
    ['bending to the camera', 'upright', 'upright'],
    ['sitting on a chair', 'sitting', 'sitting'],
    ['sitting on the floor', 'sitting', 'sitting'],
    ['squatting', 'sitting', 'sitting'],
    ['on hands and knees', 'sitting', 'sitting'],
    ['lying, head to the right', 'lying', 'lying'],
    ['lying, head to the left', 'lying', 'lying'],
    ['lying slantwise', 'lying', 'lying'],
    ['lying, head to the camera', 'lying', 'lying'],
    ['lying, head away', 'lying', 'lying'],
    ['lying on the back, knees raised', 'lying', 'lying'],
    ['lying curled up', 'lying', 'lying'],
  ] as const satisfies readonly (readonly [PoseName, string, string])[])
    it(`reads ${name} from chest height and from above`, () => {
      const read = (view: typeof chestHigh) => readPosture(aPerson(poses[name], { view }), unknownRoom, aspect).posture;
      expect([read(chestHigh), read(underTheCeiling)]).toEqual([fromTheChest, fromAbove]);
    });

  for (const name of ['kneeling', 'slumped over the knees', 'on hands and knees', 'squatting'] as const)
    it(`never takes ${name} for lying`, () => {
      for (const view of [chestHigh, underTheCeiling])
        for (const y of [2.5, 3.5, 5])
          expect(readPosture(aPerson(poses[name], { at: [0.3, y, 0], view }), unknownRoom, aspect).posture).not.toBe(
            'lying',
          );
    });

  for (const [story, pose, at, expected] of [
    ['lying on the bed is in bed', 'lying, head to the left', [0, 4.5, 0.5], 'in-bed'],
    ['lying across the bed is in bed', 'lying slantwise', [0, 4.4, 0.5], 'in-bed'],
    ['lying on the floor before the bed is not', 'lying, head to the left', [0, 3.2, 0], 'lying'],
    ['lying on the floor right beside the bed is not', 'lying, head to the right', [0, 3.6, 0], 'lying'],
    ['lying on the floor, touching the bed, is not', 'lying, head to the left', [0, 3.8, 0], 'lying'],
    ['lying on the floor beside its end is not', 'lying, head to the camera', [1.6, 4.2, 0], 'lying'],
    ['sitting on its edge is on it', 'sitting on a chair', [0, 4.1, 0], 'on-bed'],
    ['standing before it is upright', 'standing', [0, 3.6, 0], 'upright'],
  ] as const)
    it(story, () => {
      const read = (view: typeof chestHigh) =>
        readPosture(aPerson(poses[pose], { at, view }), roomWithBed(4, view), aspect).posture;
      expect([read(chestHigh), read(underTheCeiling)]).toEqual([expected, expected]);
    });

  it('lies on the floor only where the floor is, in a room that has it marked', () => {
    const floor = [
      [-3, 2, 0],
      [3, 2, 0],
      [3, 3.9, 0],
      [-3, 3.9, 0],
    ] as const;
    const marked = {
      ...unknownRoom,
      floor: floor.map((spot) => project(spot, chestHigh)).map(({ x, y }) => [clamped(x), clamped(y)] as const),
    };
    const read = (at: Spot) => readPosture(aPerson(poses['lying, head to the left'], { at }), marked, aspect).posture;
    expect([read([0, 3, 0]), read([0, 3.8, 0]), read([0, 4.3, 0.5])]).toEqual(['lying', 'lying', 'resting']);
  });

  for (const [story, person, expected] of [
    ['a level shape without joints lies', { axis: { tilt: 80, elongation: 3 } }, 'lying'],
    ['a shape on end stands', { axis: { tilt: 8, elongation: 3 } }, 'upright'],
    ['a thread, longer than any body, is not understood', { axis: { tilt: 80, elongation: 9 } }, 'unknown'],
    ['a slanting shape is not understood', { axis: { tilt: 45, elongation: 3 } }, 'unknown'],
    ['a round shape is not understood', { axis: { tilt: 85, elongation: 1.1 } }, 'unknown'],
    ['a very wide box lies', { box: { x: 0.2, y: 0.8, width: 0.4, height: 0.15 } }, 'lying'],
    ['a very tall box stands', { box: { x: 0.2, y: 0.2, width: 0.1, height: 0.7 } }, 'upright'],
    ['a box like any other is not understood', {}, 'unknown'],
  ] as const)
    it(story, () => {
      const box = { x: 0.3, y: 0.5, width: 0.2, height: 0.35 };
      const { joints: _, ...shape } = { ...aPerson(poses.standing), box, ...person };
      expect(readPosture(shape, unknownRoom, aspect).posture).toBe(expected);
    });

  for (const [story, tilt, expected] of [
    ['sits up on the bed whose whole shape stands on end', 15, 'on-bed'],
    ['lies in it whose shape slants, as along the view, however the trunk looks', 40, 'in-bed'],
  ] as const)
    it(`${story}`, () => {
      const onBed = { ...aPerson(poses['sitting on a chair'], { at: [0, 4.4, 0.1] }), axis: { tilt, elongation: 2 } };
      expect(readPosture(onBed, roomWithBed(), aspect).posture).toBe(expected);
    });

  it('lies on no floor that is far above the beds, as a bar of light on a wall', () => {
    const { joints: _, ...shape } = aPerson(poses.standing);
    const bar = { ...shape, box: { x: 0.2, y: 0.02, width: 0.5, height: 0.15 } };
    expect(readPosture(bar, roomWithBed(), aspect).posture).toBe('resting');
    expect(readPosture(bar, unknownRoom, aspect).posture).toBe('lying');
  });

  it('does not depend on where in the picture the body is, nor on how large', () => {
    for (const [x, y] of [
      [-1, 2.6],
      [1, 2.6],
      [-1.5, 5],
      [1.5, 6],
    ] as const)
      for (const pose of ['standing', 'lying, head to the right', 'squatting'] as const) {
        const { posture } = readPosture(aPerson(poses[pose], { at: [x, y, 0] }), unknownRoom, aspect);
        expect([pose, posture]).toEqual([
          pose,
          { standing: 'upright', 'lying, head to the right': 'lying', squatting: 'sitting' }[pose],
        ]);
      }
  });

  for (const [story, elongation, expected] of [
    ['a long and level shape decides where the joints are undecided', 3, 'lying'],
    ['a shape as of hands and knees does not', 1.9, 'sitting'],
  ] as const)
    it(story, () => {
      const crawling = aPerson(poses['on hands and knees'], { view: chestHigh });
      const seen = { ...crawling, axis: { tilt: 85, elongation } };
      expect(readPosture(seen, unknownRoom, aspect).posture).toBe(expected);
    });
});
