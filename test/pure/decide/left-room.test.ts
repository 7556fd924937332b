import { alone } from '@nattfrid/agent/decide/alone';
import { leftRoom } from '@nattfrid/agent/decide/left-room';
import type { Observation, Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPerson, chestHigh, during, observed, poses, project, type Spot } from '../../support/bodies.ts';
import { told } from '../../support/told.ts';

const noExits: Room = { beds: [], exits: [], masks: [] };
/** A door in the wall to the right of the middle. */
const door: Room = {
  ...noExits,
  exits: [
    [
      [0.6, 0.2],
      [0.75, 0.2],
      [0.75, 0.8],
      [0.6, 0.8],
    ],
  ],
};
/** A door in the wall beside the camera, which the lower edge of the picture cuts off. */
const cutOff: Room = {
  ...noExits,
  exits: [
    [
      [0.7, 1],
      [0.71, 0.93],
      [0.8, 0],
      [0.86, 0.04],
    ],
  ],
};
const standing = (at: Spot) => aPerson(poses.standing, { at });
const inTheMiddle = standing([-0.8, 3.5, 0]);
const atTheDoor = standing([0.9, 4, 0]);
const atTheEdge = standing([2.3, 3.5, 0]);
const underTheCamera: Person = { ...inTheMiddle, box: { x: 0.47, y: 0.3, width: 0.32, height: 0.7 } };
const down = aPerson(poses['lying, head to the right'], { at: [1.2, 4.4, 0] });
const hidden: Person = { ...inTheMiddle, unseenFor: milliseconds(4000) };
const nurse: Person = { ...standing([-1.5, 4, 0]), track: 2 };
const nurseAtTheDoor: Person = { ...atTheDoor, track: 2 };
const another = (person: Person): Person => ({ ...person, track: 9 });
const besideNurse = { ...standing([-1.1, 4, 0]), track: 2 };
/** A bed at the wall behind, to the left. */
const withBed: Room = {
  ...door,
  beds: [
    [
      [-3.2, 4.6, 0.5],
      [-1.4, 4.6, 0.5],
      [-1.4, 5.4, 0.5],
      [-3.2, 5.4, 0.5],
    ].map((spot) => {
      const { x, y } = project(spot as unknown as Spot, chestHigh);
      return [x, y] as const;
    }),
  ],
};
const abed = aPerson(poses['lying, head to the left'], { at: [-2.3, 5, 0.5] });
const stirred = (one: Observed): Observed => ({ ...one, beds: [{ changed: 0.5, moving: 0.1, known: 1 }] });
const still = (one: Observed): Observed => ({ ...one, beds: [{ changed: 0, moving: 0, known: 1 }] });
/** Under a bulge that moves for a second in ten. */
const sleeps = (from: number, to: number): readonly Observed[] =>
  during(from, to, []).map((one, index) => ({
    ...one,
    beds: [{ changed: 0.4, moving: index % 100 < 10 ? 0.05 : 0, known: 1 }],
  }));
const leaving = (from: number) => during(from, from + 4, [another(atTheDoor)]);
const thing: Person = { ...inTheMiddle, track: 5, certainty: 0.3 };
/** From the middle out to the right, in a second and a half. */
const walkingOut: readonly Observation[] = Array.from({ length: 15 }, (_, index) =>
  observed(3 + index / 10, [standing([0.8 + index * 0.1, 3.5, 0])]),
);
const gap = (from: number, to: number): Observation[] => [
  { type: 'gap', from: instant(from * 1000), at: instant(to * 1000), why: 'too-slow' },
];

describe('A2.2 left room', () => {
  for (const [story, room, events, expected] of [
    [
      'is told after the agreed minutes',
      door,
      [during(0, 3, [inTheMiddle]), during(3, 4, [atTheDoor]), during(4, 80, [])],
      ['began left-room@64'],
    ],
    [
      'ends when the person is back',
      door,
      [during(0, 4, [atTheDoor]), during(4, 70, []), during(70, 75, [atTheDoor])],
      ['began left-room@64', 'ended back@71'],
    ],
    [
      'keeps quiet when the person comes back in time',
      door,
      [during(0, 4, [atTheDoor]), during(4, 50, []), during(50, 55, [atTheDoor]), during(55, 100, [inTheMiddle])],
      [],
    ],
    [
      'is told again when they leave again',
      door,
      [during(0, 4, [atTheDoor]), during(4, 70, []), during(70, 75, [atTheDoor]), during(75, 140, [])],
      ['began left-room@64', 'ended back@71', 'began left-room@135'],
    ],
    ['does not take a blanket for a door', door, [during(0, 4, [inTheMiddle]), during(4, 200, [])], []],
    ['does not count who is only hidden', door, [during(0, 4, [inTheMiddle]), during(4, 200, [hidden])], []],
    ['does not take lying down by the door for leaving', door, [during(0, 4, [down]), during(4, 200, [])], []],
    ['does not begin in a room where nobody was ever seen', door, [during(0, 200, [])], []],
    [
      'waits for the last one',
      door,
      [during(0, 4, [inTheMiddle, nurse]), during(4, 6, [atTheDoor, nurse]), during(6, 100, [nurse])],
      [],
    ],
    [
      'keeps in mind who is under the blanket when the helper goes out',
      door,
      [during(0, 4, [down, nurse]), during(4, 60, [nurse]), during(60, 62, [nurseAtTheDoor]), during(62, 200, [])],
      [],
    ],
    [
      'keeps them in mind through a second visit',
      door,
      [
        during(0, 4, [down, nurse]),
        during(4, 10, [nurseAtTheDoor]),
        during(10, 20, []),
        during(20, 24, [another(nurseAtTheDoor)]),
        during(24, 40, [another(nurse)]),
        during(40, 44, [another(nurseAtTheDoor)]),
        during(44, 200, []),
      ],
      [],
    ],
    [
      'takes who turns up within the room for the one who was hidden, and tells when they go out',
      door,
      [
        during(0, 4, [down, nurse]),
        during(4, 10, [nurseAtTheDoor]),
        during(10, 20, []),
        during(20, 24, [another(inTheMiddle)]),
        during(24, 28, [another(atTheDoor)]),
        during(28, 100, []),
      ],
      ['began left-room@88'],
    ],
    [
      'is not misled by a helper who for a while is told twice',
      door,
      [
        during(0, 4, [down, nurse]),
        during(4, 10, [nurse]),
        during(10, 14, [nurse, another(nurse)]),
        [observed(14, [nurse], { gone: [{ track: 9, why: 'merged', into: 2 }] })],
        during(14.1, 20, [nurseAtTheDoor]),
        during(20, 200, []),
      ],
      [],
    ],
    [
      'does not take a second helper, who stood behind the first, for the one in bed',
      withBed,
      [
        during(0, 4, [abed, nurse]),
        during(4, 10, [nurse]),
        during(10, 14, [nurse, another(besideNurse)]),
        during(14, 20, [nurseAtTheDoor]),
        during(20, 200, []),
      ],
      [],
    ],
    [
      'does not take anybody for the one in bed while the bed lies still',
      withBed,
      [
        during(0, 4, [abed]).map(still),
        during(4, 10, []).map(still),
        ...[during(10, 14, [another(inTheMiddle)]), leaving(14), during(18, 200, [])].map((part) => part.map(still)),
      ],
      [],
    ],
    [
      'knows a helper at the door who was given the number of the one in bed',
      withBed,
      [
        ...[during(0, 4, [abed]), during(4, 60, [{ ...abed, unseenFor: milliseconds(9000) }])],
        ...[
          during(60, 64, [atTheDoor]),
          during(64, 80, [inTheMiddle]),
          during(80, 84, [atTheDoor]),
          during(84, 200, []),
        ],
      ].map((part) => part.map(still)),
      [],
    ],
    [
      'tells of the one in bed who stirs it, rises and goes out',
      withBed,
      [
        ...[during(0, 4, [abed]), during(4, 10, []), during(10, 14, []).map(stirred)],
        ...[during(14, 16, [another(inTheMiddle)]), leaving(16), during(20, 90, [])],
      ],
      ['began left-room@80'],
    ],
    [
      'does not take a visitor who leaves for whoever stirs in the bed and was never seen',
      withBed,
      [
        ...[
          sleeps(0, 80),
          during(80, 84, [another(atTheDoor)]).map(still),
          during(84, 100, [another(nurse)]).map(still),
        ],
        ...[during(100, 104, [another(atTheDoor)]).map(still), sleeps(104, 250)],
      ],
      [],
    ],
    [
      'is not held by a pet that walked through the room some time before',
      door,
      [
        ...[during(0, 4, [{ ...inTheMiddle, track: 4 }]), during(4, 20, [])],
        ...[during(20, 24, [atTheDoor]), during(24, 40, [standing([-1.8, 4.4, 0])]), during(40, 44, [atTheDoor])],
        during(44, 120, []),
      ],
      ['began left-room@104'],
    ],
    [
      'takes the edge of the picture for the exit where it cuts the exit off',
      cutOff,
      [during(0, 10, [inTheMiddle]), during(10, 11, [underTheCamera]), during(11, 80, [])],
      ['began left-room@71'],
    ],
    [
      'knows somebody whose number changes half across the room',
      door,
      [
        during(0, 4, [inTheMiddle]),
        during(4, 5, [inTheMiddle, another(inTheMiddle)]),
        during(5, 6, [another(inTheMiddle)]),
        during(6, 8, [another(atTheDoor)]),
        during(8, 80, []),
      ],
      ['began left-room@68'],
    ],
    [
      'is not held by a thing that never was a person',
      door,
      [during(0, 4, [atTheDoor, thing]), during(4, 80, [thing])],
      ['began left-room@64'],
    ],
    [
      'is not ended by a flicker',
      door,
      [during(0, 4, [atTheDoor]), during(4, 70, []), during(70, 70.4, [inTheMiddle]), during(70.4, 90, [])],
      ['began left-room@64'],
    ],
    [
      'does not count the time in which nobody looked',
      door,
      [during(0, 4, [atTheDoor]), during(4, 30, []), gap(30, 60), during(60, 120, [])],
      ['began left-room@92.1'],
    ],
    [
      'does not take the edge of the picture for an exit where the exits are known',
      door,
      [during(0, 4, [atTheEdge]), during(4, 200, [])],
      [],
    ],
    [
      'takes it for one where none is known, and says so',
      noExits,
      [during(0, 3, [inTheMiddle]), during(3, 4, [atTheEdge]), during(4, 80, [])],
      ['began left-picture@64'],
    ],
    [
      'goes on in thought with somebody who walks out',
      noExits,
      [during(0, 3, [inTheMiddle]), walkingOut, during(4.5, 80, [])],
      ['began left-picture@64.5'],
    ],
  ] as const)
    it(story, () =>
      expect(told(alone(leftRoom({ agreed: { afterMinutes: 1 }, room, models: [] }), { room }), events)).toEqual(
        expected,
      ),
    );

  it('counts only in the agreed hours', () => {
    const evening = Date.UTC(2026, 0, 14, 20, 59);
    const later = (events: readonly Observation[]) => events.map((one) => ({ ...one, at: instant(one.at + evening) }));
    const hours = { from: '22:00', to: '06:00' } as const;
    const detector = alone(leftRoom({ agreed: { afterMinutes: 1, hours }, room: door, models: [] }), { room: door });
    expect(
      told(detector, [later(during(0, 4, [atTheDoor])), later(during(4, 200, []))], evening).map((one) =>
        one.slice(0, 18),
      ),
    ).toEqual(['began left-room@12']);
  });
});
