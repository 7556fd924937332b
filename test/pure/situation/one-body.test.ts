/** One who lies there when the watching begins, told twice: a leg and a trunk, a pillow and a head. */

import { alone } from '@nattfrid/agent/decide/alone';
import { fall } from '@nattfrid/agent/decide/fall';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { run } from '@nattfrid/shared/machine/machine';
import { describe, expect, it } from 'vitest';
import { aPerson, during, poses } from '../../support/bodies.ts';

const trunk = aPerson(poses['lying, head to the left'], { at: [-0.6, 3.5, 0] });
const leg: Person = {
  ...trunk,
  track: 2,
  certainty: 0.7,
  box: { ...trunk.box, x: trunk.box.x + trunk.box.width + 0.02, width: 0.3 },
};
const still = { picture: { moving: 0, known: 0.2 } };
const stirs = { picture: { moving: 0.01, known: 0.2 } };
const elsewhere: Person = { ...leg, box: { ...leg.box, x: leg.box.x + 0.2 } };

function told(events: readonly (readonly Observed[])[]): readonly string[] {
  const machine = alone(fall({ agreed: { persistenceSeconds: 15 }, room: unknownRoom, models: [] }), {
    room: unknownRoom,
  });
  return run(machine, events.flat()).effects.map(({ phase, evidence }) => `${phase} ${evidence.code}`);
}

describe('one body that is told twice', () => {
  for (const [story, events, expected] of [
    ['is told once', [during(0, 40, [trunk, leg], still)], ['began found-lying']],
    [
      'is told once, the second part some seconds later',
      [during(0, 5, [trunk], still), during(5, 40, [trunk, leg], still)],
      ['began found-lying'],
    ],
    [
      'is told once, however it stirs',
      [during(0, 5, [trunk, leg], still), during(5, 40, [trunk, leg], stirs)],
      ['began found-lying'],
    ],
    [
      'is two when the second goes elsewhere',
      [during(0, 20, [trunk, leg], still), during(20, 40, [trunk, elsewhere], stirs)],
      ['began found-lying', 'changed another-down'],
    ],
  ] as const)
    it(story, () => expect(told(events)).toEqual(expected));
});
