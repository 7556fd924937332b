/** Pure. The animations of the nights: each a movement of one actor, or of a thing, as bodies per picture at a fixed frame rate. */
import { type Body, bodyOf } from '../scene/body.ts';
import type { Appearance, Person } from '../scene/body-paint.ts';
import { type Move, motionOf, movesTo, rest, shiftsOrigin, walks } from '../scene/motion.ts';
import type { Place, Pose } from '../scene/pose.ts';
import { crouching, falling, onBack, onSide, sitting, standing } from '../scene/posture.ts';
import { atBed, inHall, room } from '../scene/room.ts';
import { fur, linen, nurses, plastic, timber, wardrobe } from './appearances.ts';
import { blanketHeap, blanketOver, cat, chair, vacuum } from './props.ts';

/** Pictures a second of every animation. */
export const animationRate = 5;

export interface Animation {
  readonly pictures: number;
  personsAt(picture: number): readonly Person[];
}

const high = room.bed.high + 0.015;
const sits = [movesTo(crouching(high), 0.9), movesTo(sitting(high), 0.8, 'land')];
const rises = [movesTo(crouching(high), 0.8), movesTo(standing, 0.9, 'land')];
const intoBed = shiftsOrigin(0.02, -0.66, 0);
const lies = onBack(high + 0.005);
const liesOnSide = onSide(38, high + 0.005);
const fallsTo = (posture: Pose): readonly Move[] => [
  movesTo(falling.knees, 0.34, 'drop'),
  movesTo(falling.folds, 0.3, 'even'),
  movesTo(falling.hip, 0.24, 'even'),
  movesTo(posture, 0.36, 'land'),
];
const wayOut: readonly (readonly [number, number])[] = [
  [0.4, 3.35],
  [1.5, 3.72],
  [2.6, 3.85],
  [2.85, 2.7],
];
const wayIn: readonly (readonly [number, number])[] = [
  [2.65, 3.7],
  [1.6, 3.75],
  [0.4, 3.45],
];
/** The hips of a person in the posture `lies` in bed; the blanket is placed by them. */
const hips = { x: atBed.x - 0.62, y: atBed.y + 0.66 };

/** @param before moves that bring the body into its first pose, left out of the animation */
function person(appearance: Appearance, from: Place, before: readonly Move[], moves: readonly Move[]): Animation {
  const skipped = motionOf(from, before).lasts;
  const whole = motionOf(from, [...before, ...moves]);
  const pictures = Math.max(1, Math.round((whole.lasts - skipped) * animationRate));
  const at = (picture: number) => skipped + (picture + 0.5) / animationRate;
  return { pictures, personsAt: (picture) => [{ appearance, body: bodyOf(whole.poseAt(at(picture))) }] };
}
const backwards = (animation: Animation): Animation => ({
  pictures: animation.pictures,
  personsAt: (picture) => animation.personsAt(animation.pictures - 1 - picture),
});
const still = (appearance: Appearance, body: Body): Animation => ({
  pictures: 1,
  personsAt: () => [{ appearance, body }],
});

/** The parts of a body that the blanket leaves uncovered. */
const uncovered = ({ appearance, body }: Person): Person => ({
  appearance,
  body: {
    ...body,
    limbs: body.limbs.filter(({ stuff }) => stuff === 'face' || stuff === 'hair' || stuff === 'skin').slice(0, 9),
  },
});
const covered = (animation: Animation, bent: (picture: number) => boolean): Animation => ({
  pictures: animation.pictures,
  personsAt: (picture) => [
    ...animation.personsAt(picture).map(uncovered),
    { appearance: linen, body: blanketOver(hips.x + 0.14, hips.y, high, bent(picture)) },
  ],
});

function ofClient(appearance: Appearance): Record<string, Animation> {
  const seated = [...sits];
  const inBed = [...seated, intoBed, movesTo(lies, 2.6)];
  const floor = [
    ...seated,
    ...rises,
    walks(
      [
        [0.1, 3.3],
        [0.62, 3.05],
      ],
      186,
    ),
    ...fallsTo(onSide(38)),
  ];
  const slid: readonly Move[] = [
    movesTo({ ...sitting(0.3), pelvis: [0, -0.24, 0.42] }, 3.2),
    movesTo({ ...sitting(0.05), pelvis: [0, -0.12, 0.16] }, 3.4),
    shiftsOrigin(-0.2, 0.1, 0),
    movesTo(onSide(45), 2.6),
  ];
  const onBackInBed = person(appearance, atBed, inBed, [rest(0.2)]);
  const turning = person(appearance, atBed, inBed, [movesTo(liesOnSide, 2.2)]);
  const liesDown = person(appearance, atBed, [...seated, intoBed], [movesTo(lies, 2.6)]);
  return {
    'lies-on-back': covered(onBackInBed, () => false),
    'lies-bare': onBackInBed,
    'lies-on-side': covered(person(appearance, atBed, [...inBed, movesTo(liesOnSide, 2.2)], [rest(0.2)]), () => true),
    turns: covered(turning, (picture) => picture > turning.pictures / 2),
    'turns-back': covered(backwards(turning), (picture) => picture < turning.pictures / 2),
    'lies-down': liesDown,
    'sits-up': backwards(liesDown),
    'on-edge': person(appearance, atBed, seated, [rest(0.2)]),
    'gets-up': person(appearance, atBed, seated, rises),
    'sits-down': person(appearance, atBed, [], seated),
    'walks-out': person(appearance, atBed, [...seated, ...rises], [walks(wayOut, 180)]),
    'walks-in': person(appearance, inHall, [], [walks([...wayIn, [atBed.x, atBed.y]], 180)]),
    falls: person(appearance, atBed, [...seated, ...rises], floor.slice(seated.length + rises.length)),
    'lies-on-floor': person(appearance, atBed, floor, [rest(0.2)]),
    'is-helped-up': person(appearance, atBed, floor, [
      movesTo({ ...sitting(0.05), pelvis: [0, -0.1, 0.16] }, 2.4),
      movesTo(crouching(0.4), 1.6),
      movesTo(standing, 1.4),
      walks(
        [
          [0.1, 3.4],
          [atBed.x, atBed.y],
        ],
        180,
      ),
    ]),
    slides: person(appearance, atBed, seated, slid),
    'lies-by-bed': person(appearance, atBed, [...seated, ...slid], [rest(0.2)]),
    'is-helped-to-bed': person(
      appearance,
      atBed,
      [...seated, ...slid],
      [
        movesTo({ ...sitting(0.05), pelvis: [0, -0.1, 0.16] }, 2.4),
        shiftsOrigin(0.2, -0.1, 0),
        movesTo(sitting(high), 2.6),
      ],
    ),
  };
}

function ofNurse(appearance: Appearance, to: readonly [number, number], yaw: number): Record<string, Animation> {
  const comes = walks([...wayIn.slice(0, 2), to], yaw);
  return {
    comes: person(appearance, inHall, [], [comes]),
    stays: person(appearance, inHall, [comes], [rest(0.2)]),
    goes: person(
      appearance,
      inHall,
      [comes],
      [
        walks(
          [
            [1.5, 3.72],
            [2.6, 3.85],
            [2.85, 2.7],
          ],
          180,
        ),
      ],
    ),
  };
}

function onWay(
  points: readonly (readonly [number, number])[],
  seconds: number,
  appearance: Appearance,
  draw: (x: number, y: number, yaw: number, at: number) => Body,
): Animation {
  const pictures = Math.round(seconds * animationRate);
  return {
    pictures,
    personsAt(picture) {
      const along = (picture / pictures) * (points.length - 1);
      const leg = Math.min(points.length - 2, Math.floor(along));
      const [a, b] = [points[leg]!, points[leg + 1]!];
      const share = along - leg;
      const yaw = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
      return [{ appearance, body: draw(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, yaw, picture) }];
    },
  };
}

/** Every animation by its name. @param outfit index into the wardrobe, for the client */
export function animationsOf(outfit: number): Readonly<Record<string, Animation>> {
  const named = (who: string, animations: Record<string, Animation>) =>
    Object.fromEntries(Object.entries(animations).map(([name, animation]) => [`${who} ${name}`, animation]));
  return {
    ...named(`client${outfit}`, ofClient(wardrobe[outfit]!)),
    ...named('nurse0', ofNurse(nurses[0]!, [0.7, 3.1], 110)),
    ...named('nurse1', ofNurse(nurses[1]!, [0.35, 3.5], 60)),
    ...named('thing', {
      'blanket-heap': still(linen, blanketHeap(-0.55, 3.6)),
      chair: still(timber, chair(-0.95, 2.5)),
      cat: onWay(
        [
          [2.4, 3.9],
          [1.2, 3.5],
          [0.2, 2.9],
          [-0.8, 2.6],
          [-1.4, 3.0],
          [-0.2, 3.2],
          [1.2, 3.6],
          [2.5, 3.9],
        ],
        16,
        fur,
        (x, y, yaw, at) => cat(x, y, yaw, at * 1.4),
      ),
      vacuum: onWay(
        [
          [1.7, 2.6],
          [-1.5, 2.6],
          [-1.5, 2.9],
          [1.7, 2.9],
          [1.7, 3.2],
          [-1.2, 3.2],
          [-1.2, 3.5],
          [1.6, 3.5],
          [1.7, 2.6],
        ],
        30,
        plastic,
        (x, y) => vacuum(x, y),
      ),
    }),
  };
}
