/** Pure. The six stories behind the drawn clips: actors with their moves, and the label that each clip has in its index. */

import { type Actor, act, actorOf, type Segment } from './actor.ts';
import { client, helper } from './body-paint.ts';
import { faces, movesTo, rest, shiftsOrigin, walks } from './motion.ts';
import type { Pose } from './pose.ts';
import { crouching, falling, holding, onBack, onSide, reachingDown, sitting, standing } from './posture.ts';
import { atBed, inHall, room } from './room.ts';

export interface Story {
  readonly name: string;
  readonly label: 'fall' | 'adl';
  readonly activity: string;
  readonly seconds: number;
  readonly seed: number;
  readonly actors: readonly Actor[];
  readonly segments: readonly Segment[];
  readonly fallStart?: number;
  readonly onFloorFrom?: number;
  /** No ground truth for an alarm; such clips are counted apart. */
  readonly ambiguous?: true;
}

const high = room.bed.high + 0.015;
const comesIn: readonly (readonly [number, number])[] = [
  [2.65, 3.7],
  [1.6, 3.75],
  [0.4, 3.45],
];
const goesOut: readonly (readonly [number, number])[] = [
  [1.2, 3.7],
  [2.6, 3.85],
  [2.85, 2.6],
];

const sits = [movesTo(crouching(high), 0.9), movesTo(sitting(high), 0.8, 'land')];
const rises = [movesTo(crouching(high), 0.8), movesTo(standing, 0.9, 'land')];
const falls = (lies: Pose) => [
  movesTo(falling.knees, 0.34, 'drop'),
  movesTo(falling.folds, 0.3, 'even'),
  movesTo(falling.hip, 0.24, 'even'),
  movesTo(lies, 0.36, 'land'),
];

function nightFall(): Story {
  const { actor, segments, startOf } = actorOf(client, inHall, 5.6, [
    ...act('Walking', walks([...comesIn, [atBed.x, atBed.y]], 180)),
    ...act('Sitting down', ...sits),
    ...act('Sitting', rest(3.6)),
    ...act('Getting up', ...rises),
    ...act(
      'Walking',
      walks(
        [
          [0.1, 3.3],
          [0.62, 3.05],
        ],
        186,
      ),
    ),
    ...act('Falling', ...falls(onSide(38))),
    ...act('Lying on the floor', rest(20)),
  ]);
  return {
    name: 'night-fall',
    label: 'fall',
    seconds: 44,
    seed: 1,
    actors: [actor],
    segments,
    activity: 'Comes in, sits on the bed, gets up, falls to the floor and lies still',
    fallStart: startOf('Falling'),
    onFloorFrom: startOf('Lying on the floor'),
  };
}

const emptyRoomStory = (): Story => ({
  name: 'empty-room',
  label: 'adl',
  activity: 'Nobody in the room',
  seconds: 6,
  seed: 2,
  actors: [],
  segments: [],
});

function walkOut(): Story {
  const { actor, segments } = actorOf(client, { x: -0.2, y: 3.1, yaw: 180 }, 0, [
    ...act('Standing', rest(3)),
    ...act('Walking out', walks(goesOut, 180)),
    ...act('Out of the room', rest(9)),
  ]);
  return {
    name: 'walk-out',
    label: 'adl',
    activity: 'Stands, then leaves through the door',
    seconds: 15,
    seed: 3,
    actors: [actor],
    segments,
  };
}

function toBed(): Story {
  const { actor, segments } = actorOf(client, inHall, -1.2, [
    ...act('Walking', walks([...comesIn, [atBed.x, atBed.y]], 180)),
    ...act('Sitting down', ...sits),
    ...act('Sitting', rest(1)),
    ...act('Lying down', shiftsOrigin(0.02, -0.66, 0), movesTo(onBack(high + 0.005), 2.6)),
    ...act('Lying in bed', rest(12)),
  ]);
  return {
    name: 'to-bed',
    label: 'adl',
    activity: 'Comes in, sits on the bed, lies down in it',
    seconds: 18,
    seed: 4,
    actors: [actor],
    segments,
  };
}

function sitsDown(): Story {
  const { actor, segments } = actorOf(client, { x: 0.5, y: 3.1, yaw: 190 }, 0, [
    ...act('Standing', rest(0.8)),
    ...act('Picking something up', movesTo(reachingDown, 1.3), rest(0.4), movesTo(holding, 1.3)),
    ...act(
      'Walking',
      walks(
        [
          [0.1, 3.5],
          [atBed.x, atBed.y],
        ],
        180,
      ),
    ),
    ...act('Sitting down', ...sits),
    ...act('Sitting', rest(1.6)),
    ...act('Getting up', ...rises),
    ...act('Standing', rest(4)),
  ]);
  return {
    name: 'sits-down',
    label: 'adl',
    activity: 'Picks something up from the floor, sits on the bed, gets up',
    seconds: 15,
    seed: 5,
    actors: [actor],
    segments,
  };
}

function twoPersons(): Story {
  const lies = actorOf(
    client,
    { x: 0.62, y: 3.05, yaw: 175 },
    0,
    act('Lying on the floor', movesTo(onSide(38), 0), rest(20)),
  );
  const helps = actorOf(helper, inHall, 1.0, [
    ...act(
      'Second person comes in',
      walks(
        [
          [2.65, 3.7],
          [1.6, 3.75],
          [0.8, 3.5],
        ],
        150,
      ),
    ),
    ...act('Second person stands beside', faces(165), rest(12)),
  ]);
  return {
    name: 'two-people',
    label: 'fall',
    seconds: 14,
    seed: 6,
    actors: [lies.actor, helps.actor],
    segments: [...lies.segments, ...helps.segments],
    activity: 'Lies on the floor from the start; a second person comes and stays upright beside',
    onFloorFrom: 0,
    ambiguous: true,
  };
}

export const stories = (): readonly Story[] => [
  nightFall(),
  emptyRoomStory(),
  walkOut(),
  toBed(),
  sitsDown(),
  twoPersons(),
];

/** The pose of each actor at a second of the story; an actor who has not entered yet is outside of the picture. */
export const posesAt = (story: Story, at: number) =>
  story.actors
    .filter((actor) => at >= actor.enters)
    .map((actor) => ({ appearance: actor.appearance, pose: actor.poseAt(at) }));
