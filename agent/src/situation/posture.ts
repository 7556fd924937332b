/** Pure. What posture a person is in, and why (rule-based pose classification): read from the joints where they were understood, else from the shape. */
import type { Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { type Body, bodyOf, type Spot } from './body.ts';
import { bedUnder, type Contact, offFloor, onBed } from './support.ts';

/**
 * lying: on the floor, or on something not known to be anything else. on-bed: on a bed, but not lying. resting: lying on neither,
 * as on a sofa, in a room whose floor is marked; or lying where the plan agrees to it.
 */
export type Posture = 'upright' | 'sitting' | 'lying' | 'in-bed' | 'on-bed' | 'resting' | 'unknown';

export interface Reading {
  readonly posture: Posture;
  /** For developers: which rule spoke. */
  readonly why:
    | 'trunk-up-on-legs'
    | 'bent-over-legs'
    | 'trunk-up-low'
    | 'trunk-leaning'
    | 'trunk-down'
    | 'head-towards-camera'
    | 'head-away-from-camera'
    | 'slantwise'
    | 'shape-level'
    | 'shape-slants'
    | 'shape-on-end'
    | 'slid-off'
    | 'box-wide'
    | 'box-tall'
    | 'not-understood';
  /** Joints speak for themselves; a shape alone is a weaker witness. */
  readonly from: 'joints' | 'shape' | 'box' | 'nothing';
  /** Which of the room's beds, where the posture is one on a bed. */
  readonly bed?: number;
}

/** Each with a margin on both sides; between two postures no picture alone decides, only time. */
export const limits = {
  /** Rise of the trunk (1: on end, 0: level, below 0: head lower than hips) from which it counts as held up. */
  trunkUp: 0.55,
  /** Below this it is down, between them it leans. */
  trunkDown: 0.4,
  /** Metres from the hips down to the ankle (to the knee) from which legs carry the body: standing has 0.8 (0.4). */
  legsCarry: 0.5,
  thighsCarry: 0.28,
  /** Metres from the lowest joint up to the shoulders, and to the hips, under which a body is low: lying has 0 to 0.35 of both,
   * on hands and knees it is 0.45 and 0.42, sitting bent over 0.6 and 0.45. */
  lowShoulders: 0.48,
  lowHips: 0.38,
  /** Rise of a trunk that shows on end, from which it leans towards the camera: lying with the head to it has less than 0. */
  leans: 0.15,
  /** Lying slantwise to the camera: trunk and legs both tilt at least so many degrees from the vertical (lying has 46 and more). */
  slant: 40,
  /** Lying straight away from the camera: metres that the shoulders are farther, and the ankles nearer, than the hips (lying: 0.5
   * and 0.8), and the rise of the trunk, which a low camera sees short (standing: 0.9). */
  shouldersAway: 0.25,
  anklesNear: 0.3,
  awayRise: 0.65,
  /** Tilt of the shape's long axis in degrees, and how much longer than across it must be to have one. */
  shapeLevel: 58,
  shapeOnEnd: 32,
  longShape: 1.5,
  /** The same where it decides against joints that are undecided: on hands and knees a body is up to twice as long as it is high. */
  veryLong: 2.2,
  /** Longer than that is no body: a thread before the lens, a bar of light. Stretched out on the floor it is 4.9 times, a part of it 6.7. */
  noBody: 7,
  /** Tilt in degrees of the shape from which somebody on a bed does not sit up: sitting on its edge was at most 22, lying along the view at least 29. */
  slants: 29,
  /** Width over height of a box alone. */
  boxWide: 1.5,
  boxTall: 0.55,
} as const;
export type Limits = { readonly [Name in keyof typeof limits]: number };

/** Metres from the joints of a lying body, which are within it, down to its support; a body that sits on an edge has none below it. */
const halfThick = 0.1;

/**
 * @param aspect width / height of the picture.
 * @param given other limits than the house's: only for measuring how sensitive the alarms are to them.
 */
export function readPosture(person: Person, room: Room, aspect: number, given: Limits = limits): Reading {
  const body = bodyOf(person, aspect);
  if (!body) return fromShape(person, room, aspect, given);
  const reading = fromJoints(body, person, room, aspect, given);
  // Where the joints are undecided, in the dark above all, a long and level shape decides.
  return reading.why === 'trunk-leaning' && isLevel(person, given, given.veryLong)
    ? fromShape(person, room, aspect, given)
    : reading;
}

const isLevel = ({ axis }: Person, given: Limits, long: number): boolean =>
  axis !== undefined && axis.elongation >= long && axis.tilt >= given.shapeLevel;

const slants = ({ axis }: Person, given: Limits): boolean =>
  axis !== undefined && axis.elongation >= given.longShape && axis.tilt >= given.slants;

function fromJoints(body: Body, person: Person, room: Room, aspect: number, given: Limits): Reading {
  const { hips, shoulders, metre } = body;
  const lowest = Math.max(hips.y, body.knee?.y ?? 0, body.ankle?.y ?? 0);
  const slack = { x: (0.1 * metre) / aspect, y: 0.2 * metre };
  const told = (posture: 'upright' | 'sitting' | 'lying', why: Reading['why']): Reading => {
    // A sitting body touches with the hips, a lying one with hips and shoulders: unless both are on it, it hangs over the edge.
    const touch = (x: number, y: number): Contact => ({ x: x / aspect, y, slack });
    const thick = posture === 'lying' ? halfThick * metre : 0;
    const seat = touch(hips.x, hips.y + thick);
    const back = touch((hips.x + shoulders.x) / 2, Math.max(hips.y, shoulders.y) + thick);
    const bed = bedUnder(room.beds, seat);
    // Along the view a trunk that lies looks as short as one that sits; the whole shape does not stand on end then.
    if (posture === 'sitting' && bed !== undefined && slants(person, given) && onBed(room.beds, back))
      return { posture: 'in-bed', why: 'shape-slants', from: 'shape', bed };
    if (posture === 'sitting' && bed !== undefined) return { posture: 'on-bed', why, from: 'joints', bed };
    if (posture !== 'lying') return { posture, why, from: 'joints' };
    if (bed !== undefined && onBed(room.beds, back)) return { posture: 'in-bed', why, from: 'joints', bed };
    return { posture: offFloor(room, seat) && offFloor(room, back) ? 'resting' : 'lying', why, from: 'joints' };
  };
  const rise = (hips.y - shoulders.y) / (0.5 * metre);
  if (rise < given.awayRise && pointsAway(body, given)) return told('lying', 'head-away-from-camera');
  if (rise < given.trunkUp && liesSlantwise(body, given)) return told('lying', 'slantwise');
  const carried = legsCarry(body, given);
  if (rise < given.trunkUp && !carried) {
    const low = lowest - shoulders.y < given.lowShoulders * metre && lowest - hips.y < given.lowHips * metre;
    // Short and on end, and not pointing away: the trunk leans towards the camera over hips that are low, as in a squat.
    const leans = rise > given.leans && tilt(hips, shoulders) < given.slant;
    if (rise < given.trunkDown && low && !leans)
      return told('lying', headTowards(body) ? 'head-towards-camera' : 'trunk-down');
    return told('sitting', 'trunk-leaning');
  }
  if (!carried || (rise >= given.trunkUp && seated(body, given))) return told('sitting', 'trunk-up-low');
  return told('upright', rise < given.trunkUp ? 'bent-over-legs' : 'trunk-up-on-legs');
}

function legsCarry({ hips, knee, ankle, metre }: Body, given: Limits): boolean {
  if (ankle) return (ankle.y - hips.y) / metre >= given.legsCarry;
  if (knee) return (knee.y - hips.y) / metre >= given.thighsCarry;
  return false;
}

/** Stretched out along the floor, but partly along the view: the body looks short, and its measures in its own metre are long. */
function liesSlantwise({ shoulders, hips, knee, ankle, metre }: Body, given: Limits): boolean {
  if (!ankle || !knee || (knee.y - hips.y) / metre >= given.thighsCarry) return false;
  return [tilt(hips, shoulders), tilt(ankle, hips), tilt(ankle, shoulders)].every(
    (one) => one >= given.slant && one <= 100,
  );
}

/** Degrees from the vertical of the line between two joints. */
const tilt = (low: Spot, high: Spot): number => (Math.atan2(Math.abs(high.x - low.x), low.y - high.y) * 180) / Math.PI;

/** Feet to the camera and head away: in a flat picture this looks like standing, only shorter. */
function pointsAway({ shoulders, hips, knee, ankle, metre }: Body, given: Limits): boolean {
  if (shoulders.away === undefined || hips.away === undefined || ankle?.away === undefined) return false;
  if (knee && (knee.y - hips.y) / metre >= given.thighsCarry + 0.08) return false;
  return shoulders.away - hips.away >= given.shouldersAway && hips.away - ankle.away >= given.anklesNear;
}

/** Feet on the floor, but thighs nearly level. */
const seated = ({ hips, knee, metre }: Body, given: Limits): boolean =>
  knee !== undefined && (knee.y - hips.y) / metre < given.thighsCarry;

const headTowards = ({ shoulders, hips }: Body): boolean => Math.abs(shoulders.x - hips.x) < shoulders.y - hips.y;

/** Without joints: by the long axis of the shape; without a shape by the box, which must be very wide or very tall to say anything. */
function fromShape(person: Person, room: Room, aspect: number, given: Limits): Reading {
  const { box, axis } = person;
  const told = (posture: 'upright' | 'lying', why: Reading['why'], from: Reading['from']): Reading => {
    const contact = { x: box.x + box.width / 2, y: box.y + box.height };
    const slack = { x: 0.02, y: box.height * 0.3 };
    const touches = { ...contact, slack };
    if (posture !== 'lying') return { posture, why, from };
    const bed = bedUnder(room.beds, touches);
    if (bed !== undefined) return { posture: 'in-bed', why, from, bed };
    return { posture: offFloor(room, touches) ? 'resting' : 'lying', why, from };
  };
  if (axis && axis.elongation > given.noBody) return { posture: 'unknown', why: 'not-understood', from: 'nothing' };
  if (isLevel(person, given, given.longShape)) return told('lying', 'shape-level', 'shape');
  if (axis && axis.elongation >= given.longShape && axis.tilt <= given.shapeOnEnd)
    return told('upright', 'shape-on-end', 'shape');
  const wide = (box.width * aspect) / box.height;
  if (wide >= given.boxWide) return told('lying', 'box-wide', 'box');
  if (wide <= given.boxTall) return told('upright', 'box-tall', 'box');
  return { posture: 'unknown', why: 'not-understood', from: 'nothing' };
}
