/** Who slides off the edge of a bed towards or away from the camera, where a body on the floor is as high as it is wide. */
import { alone } from '@nattfrid/agent/decide/alone';
import { fall } from '@nattfrid/agent/decide/fall';
import { bedStates } from '@nattfrid/agent/situation/bed-state';
import { situationIn } from '@nattfrid/agent/situation/situation';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { run } from '@nattfrid/shared/machine/machine';
import { describe, expect, it } from 'vitest';
import { aPerson, during, poses } from '../../support/bodies.ts';
import { told } from '../../support/told.ts';

/** A bed that stands along the view, its left edge free. */
const room: Room = {
  beds: [
    [
      [0.58, 0.42],
      [0.49, 0.68],
      [0.66, 0.78],
      [0.69, 0.45],
    ],
  ],
  exits: [],
  masks: [],
};
const { joints: _, ...shapeless } = aPerson(poses.standing);
const at = (x: number, y: number, width: number, height: number): Person => ({
  ...shapeless,
  box: { x, y, width, height },
});
/** On the edge, feet on the floor: half of the body before the bed. */
const sits: Person = { ...at(0.51, 0.36, 0.08, 0.3), axis: { tilt: 5, elongation: 2.2 } };
const bendsToAShoe = at(0.5, 0.43, 0.1, 0.25);
const lies: Person = { ...at(0.53, 0.41, 0.14, 0.29), axis: { tilt: 60, elongation: 2.2 } };
const besideIt = at(0.41, 0.48, 0.14, 0.26);
const walksOut = at(0.42, 0.8, 0.14, 0.2);

const bed = (moving: number, events: readonly Observed[]): readonly Observed[] =>
  events.map((one) => ({ ...one, beds: [{ changed: 0.3, moving, known: 1 }] }));
const cameToSit = [bed(0.2, during(0, 2, [lies])), bed(0.2, during(2, 5, [sits])), bed(0, during(5, 20, [sits]))];

describe('who sat on the edge of a bed', () => {
  for (const [story, events, state, alarms] of [
    [
      'is down when they are lower and less in it than they sat, and stay so',
      [bed(0.08, during(20, 21, [besideIt])), bed(0, during(21, 50, [besideIt]))],
      'not-in-bed',
      ['began fell-from-standing@35'],
    ],
    [
      'is not for tying a shoe',
      [bed(0, during(20, 30, [bendsToAShoe])), bed(0, during(30, 60, [sits]))],
      'on-edge',
      [],
    ],
    ['is not for lying down in it', [bed(0.3, during(20, 22, [lies])), bed(0, during(22, 60, [lies]))], 'in-bed', []],
    [
      'is not for walking out of the picture under the camera',
      [bed(0.2, during(20, 22, [walksOut])), bed(0, during(22, 60, []))],
      undefined,
      [],
    ],
  ] as const)
    it(story, () => {
      const all = [...cameToSit, ...events];
      const [is] = bedStates(run(situationIn({ room }), all.flat()).state.beds);
      if (state) expect(is?.name).toBe(state);
      expect(told(alone(fall({ agreed: { persistenceSeconds: 15 }, room, models: [] }), { room }), all)).toEqual(
        alarms,
      );
    });
});
