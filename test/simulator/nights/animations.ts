/** Pure. The animations of a home's nights: each a movement of one actor, or of a thing, as bodies per picture at a fixed frame rate. */
import { aheadOf, type Build, builtBody, taller } from '../homes/build.ts';
import { metal, plastic, timber } from '../homes/cloth.ts';
import type { Home, Spot, Visitor } from '../homes/home.ts';
import {
  blanketAside,
  blanketEdge,
  blanketHeap,
  blanketOver,
  chair,
  pet,
  stick,
  vacuum,
  walker,
} from '../homes/props.ts';
import type { Body } from '../scene/body.ts';
import type { Appearance, Person } from '../scene/body-paint.ts';
import { type Move, motionOf, movesTo, rest, shiftsOrigin, walks } from '../scene/motion.ts';
import { type Place, type Pose, withHandAt } from '../scene/pose.ts';
import { crouching, falling, onBack, onSide, reachingDown, sitting, standing } from '../scene/posture.ts';
import { pitch, turns, type Vec3, yaw } from '../scene/vector.ts';

/** Pictures a second of every animation. */
export const animationRate = 5;
/** Pictures of one breath, which are shown in turn for as long as somebody lies or sits. */
const breathPictures = 8;
const breathSeconds = 4.3;

export interface Animation {
  readonly pictures: number;
  personsAt(picture: number): readonly Person[];
}

/** Makes the animations of one person, whose moves are given in metres of a body of the usual height. */
function actorOf(build: Build) {
  const { appearance, tall, aid } = build;
  const drawn = (pose: Pose, withAid: boolean): readonly Person[] => {
    const held = withAid && aid === 'walker' ? pushing(pose) : pose;
    const body = builtBody(held, build);
    const own = { appearance, body: taller(body, tall) };
    if (!withAid || aid === 'none') return [own];
    const carried = aid === 'walker' ? walkerOf(pose) : stick(body.joints.right.wrist);
    return [own, { appearance: metal, body: taller(carried, tall) }];
  };
  /** @param before moves that bring the body into its first pose, left out of the animation */
  return (from: Place, before: readonly Move[], moves: readonly Move[], withAid = false): Animation => {
    const start = { ...from, x: from.x / tall, y: from.y / tall };
    const skipped = motionOf(start, before).lasts;
    const whole = motionOf(start, [...before, ...moves]);
    const pictures = Math.max(1, Math.round((whole.lasts - skipped) * animationRate));
    const at = (picture: number) => skipped + (picture + 0.5) / animationRate;
    return { pictures, personsAt: (picture) => drawn(whole.poseAt(at(picture)), withAid) };
  };
}

const handles = 0.88;
const pushing = (pose: Pose): Pose => {
  const [x, y] = aheadOf(pose);
  const [px, py] = pose.pelvis;
  const at = (side: number): Vec3 => [px + x * 0.34 + y * side * 0.22, py + y * 0.34 - x * side * 0.22, handles];
  const leant = { ...pose, chest: turns(pose.chest, pitch(8)) };
  return withHandAt(withHandAt(leant, 'left', at(-1)), 'right', at(1));
};
function walkerOf(pose: Pose): Body {
  const [x, y] = aheadOf(pose);
  return walker(pose.pelvis[0] + x * 0.46, pose.pelvis[1] + y * 0.46, (Math.atan2(y, x) * 180) / Math.PI);
}

const backwards = (animation: Animation): Animation => ({
  pictures: animation.pictures,
  personsAt: (picture) => animation.personsAt(animation.pictures - 1 - picture),
});
const still = (appearance: Appearance, body: Body): Animation => ({
  pictures: 1,
  personsAt: () => [{ appearance, body }],
});

function ofClient(home: Home): Record<string, Animation> {
  const { client, edge, bed, blanket, linen, breathes, pace, fall } = home;
  const { tall } = client;
  const person = actorOf(client);
  const own = (spots: readonly Spot[]) => spots.map(([x, y]): Spot => [x / tall, y / tall]);
  const walk = (spots: readonly Spot[], heading: number) => walks(own(spots), heading, pace / tall);
  const high = (bed.high + 0.015) / tall;
  const sits = [movesTo(crouching(high), 0.9), movesTo(sitting(high), 0.8, 'land')];
  const rises = [movesTo(crouching(high), 0.8), movesTo(standing, 0.9, 'land')];
  const intoBed = shiftsOrigin(0.02, -home.intoBed / tall, 0);
  const lies = onBack(high + 0.005 / tall);
  const liesOnSide = onSide(38, high + 0.005 / tall);
  const stirring = { ...lies, head: turns(lies.head, yaw(30)), leftHand: [-0.2, 0.3, 0.1] as Vec3 };
  const knees = withHandAt(
    { ...stirring, leftFoot: { ...lies.leftFoot, ankle: [0.05, -0.12, high + 0.08] as Vec3 } },
    'left',
    [0.75, 0.1, high + 0.3],
  );

  /** One picture, or where the home's people breathe, the pictures of one breath. */
  const holds = (before: readonly Move[]): Animation => {
    const held = person(edge, before, [rest(breathes ? breathSeconds : 0.2)]);
    if (!breathes) return held;
    const each = breathSeconds * animationRate;
    return {
      pictures: breathPictures,
      personsAt: (picture) => held.personsAt(Math.floor((picture * each) / breathPictures)),
    };
  };
  const hips = { x: edge.x - 0.62 * tall, y: edge.y + home.intoBed };
  const reach = hips.x - blanketEdge[blanket.covers] * tall;
  const covered = (animation: Animation, bent: (picture: number) => boolean): Animation => ({
    pictures: animation.pictures,
    personsAt: (picture) => {
      const breath = breathes ? Math.sin((2 * Math.PI * picture) / breathPictures) : 0;
      const over = blanketOver(hips.x + 0.14, hips.y, bed.high + 0.015, bent(picture), blanket, breath);
      return [
        ...animation.personsAt(picture).map(({ appearance, body }) => ({
          appearance,
          body: { ...body, limbs: body.limbs.filter(({ cx }) => cx < reach) },
        })),
        { appearance: linen, body: over },
      ];
    },
  });

  const inBed = [...sits, intoBed, movesTo(lies, 2.6)];
  const toFloor: readonly Move[] = [
    walk(fall.way, fall.yaw),
    movesTo(falling.knees, 0.34, 'drop'),
    movesTo(falling.folds, 0.3, 'even'),
    movesTo(falling.hip, 0.24, 'even'),
    movesTo(fall.lies, 0.36, 'land'),
  ];
  const floor = [...sits, ...rises, ...toFloor];
  const slid: readonly Move[] = [
    movesTo({ ...sitting(0.3), pelvis: [0, -0.24, 0.42] }, 3.2),
    movesTo({ ...sitting(0.05), pelvis: [0, -0.12, 0.16] }, 3.4),
    shiftsOrigin(-0.2, 0.1, 0),
    movesTo(onSide(45), 2.6),
  ];
  const bent = {
    ...sitting(high),
    hips: pitch(25),
    chest: pitch(85),
    head: pitch(60),
  };
  const tying = withHandAt(withHandAt(bent, 'left', [-0.1, 0.05, 0.14]), 'right', [0.1, 0.08, 0.14]);
  const turning = person(edge, inBed, [movesTo(liesOnSide, 2.2)]);
  const liesDown = person(edge, [...sits, intoBed], [movesTo(lies, 2.6)]);
  const toEdge: Spot = [edge.x, edge.y];
  const back = [...fall.way.slice(0, -1)].reverse();
  return {
    'lies-on-back': covered(holds(inBed), () => false),
    'lies-bare': holds(inBed),
    'lies-on-side': covered(holds([...inBed, movesTo(liesOnSide, 2.2)]), () => true),
    turns: covered(turning, (picture) => picture > turning.pictures / 2),
    'turns-back': covered(backwards(turning), (picture) => picture < turning.pictures / 2),
    stirs: covered(person(edge, inBed, [movesTo(knees, 1.6), rest(0.6), movesTo(lies, 1.8)]), () => false),
    'lies-down': liesDown,
    'sits-up': backwards(liesDown),
    'on-edge': holds(sits),
    'ties-shoe': person(edge, sits, [movesTo(tying, 1.6), rest(3), movesTo(sitting(high), 1.6)]),
    'gets-up': person(edge, sits, rises),
    'sits-down': person(edge, [], sits),
    'walks-out': person(edge, [...sits, ...rises], [walk(home.wayOut, 180)], true),
    'walks-in': person(home.hall, [], [walk([...home.wayIn, toEdge], 180)], true),
    'picks-up': person(
      edge,
      [...sits, ...rises],
      [walk([home.dropped], 200), movesTo(reachingDown, 1.8), rest(1.4), movesTo(standing, 1.6), walk([toEdge], 180)],
    ),
    falls: person(edge, [...sits, ...rises], toFloor),
    'lies-on-floor': holds(floor),
    'is-helped-up': person(edge, floor, [
      movesTo({ ...sitting(0.05), pelvis: [0, -0.1, 0.16] }, 2.4),
      movesTo(crouching(0.4), 1.6),
      movesTo(standing, 1.4),
      walk([...back, toEdge], 180),
    ]),
    slides: person(edge, sits, slid),
    'lies-by-bed': holds([...sits, ...slid]),
    'is-helped-to-bed': person(
      edge,
      [...sits, ...slid],
      [
        movesTo({ ...sitting(0.05), pelvis: [0, -0.1, 0.16] }, 2.4),
        shiftsOrigin(0.2, -0.1, 0),
        movesTo(sitting(high), 2.6),
      ],
    ),
  };
}

function ofNurse({ hall, wayIn, wayOut }: Home, { build, to, yaw: heading }: Visitor): Record<string, Animation> {
  const person = actorOf(build);
  const own = (spots: readonly Spot[]) => spots.map(([x, y]): Spot => [x / build.tall, y / build.tall]);
  const comes = walks(own([...wayIn.slice(0, 2), to]), heading);
  return {
    comes: person(hall, [], [comes]),
    stays: person(hall, [comes], [rest(0.2)]),
    goes: person(hall, [comes], [walks(own(wayOut.slice(1)), 180)]),
  };
}

function onWay(
  points: readonly Spot[],
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
      const heading = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
      return [{ appearance, body: draw(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, heading, picture) }];
    },
  };
}

/** Every animation by its name, of which a night may need only some. */
export function animationsOf(home: Home): Readonly<Record<string, Animation>> {
  const named = (who: string, animations: Record<string, Animation>) =>
    Object.fromEntries(Object.entries(animations).map(([name, animation]) => [`${who} ${name}`, animation]));
  const { heap, parked, bed, edge, blanket, linen } = home;
  const middle = (bed.front + bed.back) / 2;
  return {
    ...named('client', ofClient(home)),
    ...Object.assign({}, ...home.visitors.map((one, i) => named(`nurse${i}`, ofNurse(home, one)))),
    ...named('thing', {
      'blanket-heap': still(linen, blanketHeap(...heap.at, heap.yaw)),
      'blanket-aside': still(linen, blanketAside(edge.x - 0.4, middle + 0.12, bed.high + 0.015, blanket)),
      'walker-parked': still(metal, walker(...parked.at, parked.yaw)),
      chair: still(timber, chair(...home.chair)),
      cat: onWay(home.petWay, 16, home.pet.fur, (x, y, heading, at) => pet(x, y, heading, at * 1.4, home.pet.big)),
      vacuum: onWay(home.vacuumWay, 30, plastic, (x, y) => vacuum(x, y)),
    }),
  };
}
