/** Pure. Everything that can be drawn: each take is a stretch of movement, some pictures a second, by one actor. */
import { type Body, bodyOf } from '../scene/body.ts';
import type { Looks, Person } from '../scene/body-paint.ts';
import { countsFrom, type Move, part, rest, takes as takesPosture, walks } from '../scene/motion.ts';
import type { Place, Pose } from '../scene/pose.ts';
import { crouching, falling, onBack, onSide, sitting, standing } from '../scene/posture.ts';
import { atBed, inHall, room } from '../scene/room.ts';
import { fur, linen, nurses, plastic, timber, wardrobe } from './appearances.ts';
import { blanketHeap, blanketOver, cat, chair, vacuum } from './props.ts';

/** Pictures a second of a take. */
export const takeRate = 5;

export interface Take {
  readonly pictures: number;
  personsAt(picture: number): readonly Person[];
}

const high = room.bed.high + 0.015;
const sits = [takesPosture(crouching(high), 0.9), takesPosture(sitting(high), 0.8, 'land')];
const rises = [takesPosture(crouching(high), 0.8), takesPosture(standing, 0.9, 'land')];
const intoBed = countsFrom(0.02, -0.66, 0);
const lies = onBack(high + 0.005);
const liesOnSide = onSide(38, high + 0.005);
const fallsTo = (posture: Pose): readonly Move[] => [
  takesPosture(falling.knees, 0.34, 'drop'),
  takesPosture(falling.folds, 0.3, 'even'),
  takesPosture(falling.hip, 0.24, 'even'),
  takesPosture(posture, 0.36, 'land'),
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
/** Where hips and blanket are in bed, as `lies` put there gives it. */
const hips = { x: atBed.x - 0.62, y: atBed.y + 0.66 };

/** Moves that only bring the body into place first are left out of the take. */
function person(looks: Looks, from: Place, before: readonly Move[], moves: readonly Move[]): Take {
  const skipped = part(from, before).lasts;
  const whole = part(from, [...before, ...moves]);
  const pictures = Math.max(1, Math.round((whole.lasts - skipped) * takeRate));
  const at = (picture: number) => skipped + (picture + 0.5) / takeRate;
  return { pictures, personsAt: (picture) => [{ looks, body: bodyOf(whole.poseAt(at(picture))) }] };
}
const backwards = (take: Take): Take => ({
  pictures: take.pictures,
  personsAt: (picture) => take.personsAt(take.pictures - 1 - picture),
});
const still = (looks: Looks, body: Body): Take => ({ pictures: 1, personsAt: () => [{ looks, body }] });

/** Only what looks out from under the blanket. */
const uncovered = ({ looks, body }: Person): Person => ({
  looks,
  body: {
    ...body,
    limbs: body.limbs.filter(({ stuff }) => stuff === 'face' || stuff === 'hair' || stuff === 'skin').slice(0, 9),
  },
});
const covered = (take: Take, bent: (picture: number) => boolean): Take => ({
  pictures: take.pictures,
  personsAt: (picture) => [
    ...take.personsAt(picture).map(uncovered),
    { looks: linen, body: blanketOver(hips.x + 0.14, hips.y, high, bent(picture)) },
  ],
});

function ofClient(looks: Looks): Record<string, Take> {
  const seated = [...sits];
  const inBed = [...seated, intoBed, takesPosture(lies, 2.6)];
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
    takesPosture({ ...sitting(0.3), pelvis: [0, -0.24, 0.42] }, 3.2),
    takesPosture({ ...sitting(0.05), pelvis: [0, -0.12, 0.16] }, 3.4),
    countsFrom(-0.2, 0.1, 0),
    takesPosture(onSide(45), 2.6),
  ];
  const onBackInBed = person(looks, atBed, inBed, [rest(0.2)]);
  const turning = person(looks, atBed, inBed, [takesPosture(liesOnSide, 2.2)]);
  const liesDown = person(looks, atBed, [...seated, intoBed], [takesPosture(lies, 2.6)]);
  return {
    'lies-on-back': covered(onBackInBed, () => false),
    'lies-bare': onBackInBed,
    'lies-on-side': covered(person(looks, atBed, [...inBed, takesPosture(liesOnSide, 2.2)], [rest(0.2)]), () => true),
    turns: covered(turning, (picture) => picture > turning.pictures / 2),
    'turns-back': covered(backwards(turning), (picture) => picture < turning.pictures / 2),
    'lies-down': liesDown,
    'sits-up': backwards(liesDown),
    'on-edge': person(looks, atBed, seated, [rest(0.2)]),
    'gets-up': person(looks, atBed, seated, rises),
    'sits-down': person(looks, atBed, [], seated),
    'walks-out': person(looks, atBed, [...seated, ...rises], [walks(wayOut, 180)]),
    'walks-in': person(looks, inHall, [], [walks([...wayIn, [atBed.x, atBed.y]], 180)]),
    falls: person(looks, atBed, [...seated, ...rises], floor.slice(seated.length + rises.length)),
    'lies-on-floor': person(looks, atBed, floor, [rest(0.2)]),
    'is-helped-up': person(looks, atBed, floor, [
      takesPosture({ ...sitting(0.05), pelvis: [0, -0.1, 0.16] }, 2.4),
      takesPosture(crouching(0.4), 1.6),
      takesPosture(standing, 1.4),
      walks(
        [
          [0.1, 3.4],
          [atBed.x, atBed.y],
        ],
        180,
      ),
    ]),
    slides: person(looks, atBed, seated, slid),
    'lies-by-bed': person(looks, atBed, [...seated, ...slid], [rest(0.2)]),
    'is-helped-to-bed': person(
      looks,
      atBed,
      [...seated, ...slid],
      [
        takesPosture({ ...sitting(0.05), pelvis: [0, -0.1, 0.16] }, 2.4),
        countsFrom(0.2, -0.1, 0),
        takesPosture(sitting(high), 2.6),
      ],
    ),
  };
}

function ofNurse(looks: Looks, to: readonly [number, number], yaw: number): Record<string, Take> {
  const comes = walks([...wayIn.slice(0, 2), to], yaw);
  return {
    comes: person(looks, inHall, [], [comes]),
    stays: person(looks, inHall, [comes], [rest(0.2)]),
    goes: person(
      looks,
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
  looks: Looks,
  draw: (x: number, y: number, yaw: number, at: number) => Body,
): Take {
  const pictures = Math.round(seconds * takeRate);
  return {
    pictures,
    personsAt(picture) {
      const along = (picture / pictures) * (points.length - 1);
      const leg = Math.min(points.length - 2, Math.floor(along));
      const [a, b] = [points[leg]!, points[leg + 1]!];
      const share = along - leg;
      const yaw = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
      return [{ looks, body: draw(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, yaw, picture) }];
    },
  };
}

/** Every take by its name; `wears`: which clothes of the wardrobe the client has on. */
export function takesOf(wears: number): Readonly<Record<string, Take>> {
  const named = (who: string, takes: Record<string, Take>) =>
    Object.fromEntries(Object.entries(takes).map(([name, take]) => [`${who} ${name}`, take]));
  return {
    ...named(`client${wears}`, ofClient(wardrobe[wears]!)),
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
