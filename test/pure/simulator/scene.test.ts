/** Pure. The drawn persons move as bodies do: bones keep their length, feet stand still on the floor, who falls lies on it. */

import { describe, expect, it } from 'vitest';
import type { Actor } from '../../simulator/scene/actor.ts';
import { bodyOf, type Limb } from '../../simulator/scene/body.ts';
import { client } from '../../simulator/scene/body-paint.ts';
import { pictureOf } from '../../simulator/scene/picture.ts';
import { type Joints, jointsOf, limbs } from '../../simulator/scene/pose.ts';
import { camera } from '../../simulator/scene/set.ts';
import { drawRoom, emptyRoom } from '../../simulator/scene/still-room.ts';
import { posesAt, type Story, stories } from '../../simulator/scene/story.ts';
import { distance } from '../../simulator/scene/vector.ts';

const tenths = (from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) * 10) }, (_, i) => Math.round((from + i / 10) * 10) / 10);
const story = (name: string): Story => stories().find((one) => one.name === name)!;
const played = stories().flatMap((one) => one.actors.map((actor) => [one, actor] as const));
const wholly = (one: Story, actor: Actor) =>
  tenths(Math.max(0, actor.enters), one.seconds).map((at) => actor.poseAt(at));
const segment = (one: Story, label: string) => one.segments.find((part) => part.label === label)!;

describe('a drawn person', () => {
  it.each(played.map(([one, actor], i) => [`${one.name} (${i})`, one, actor] as const))(
    'keeps the length of every bone in %s',
    (_, one, actor) => {
      for (const pose of wholly(one, actor)) {
        const joints = jointsOf(pose);
        for (const side of [joints.left, joints.right]) {
          expect(distance(side.hip, side.knee)).toBeCloseTo(limbs.thigh, 5);
          expect(distance(side.knee, side.ankle)).toBeCloseTo(limbs.shin, 5);
          expect(distance(side.shoulder, side.elbow)).toBeCloseTo(limbs.upperArm, 5);
          expect(distance(side.elbow, side.wrist)).toBeCloseTo(limbs.forearm, 5);
        }
      }
    },
  );

  for (const [name, label] of [
    ['night-fall', 'Walking'],
    ['walk-out', 'Walking out'],
    ['to-bed', 'Walking'],
    ['two-people', 'Second person comes in'],
  ] as const) {
    it(`has a foot on the floor that does not slide while walking in ${name}`, () => {
      const { start_s, end_s } = segment(story(name), label);
      const actor = story(name).actors.at(-1)!;
      const steps = tenths(Math.max(start_s, 0) + 0.5, end_s).map((at) => jointsOf(actor.poseAt(at)));
      for (const [i, now] of steps.entries()) {
        const next = steps[i + 1] ?? now;
        const slides = Math.min(distance(now.left.ankle, next.left.ankle), distance(now.right.ankle, next.right.ankle));
        expect(slides).toBeLessThan(0.03);
        const lower = Math.min(now.left.ankle[2], now.right.ankle[2]);
        expect(lower).toBeGreaterThan(limbs.ankle - 0.01);
        // A heel may have left the floor, the ball of the foot not.
        expect(lower).toBeLessThan(limbs.ankle + 0.05);
      }
    });
  }

  for (const [name, who] of [
    ['night-fall', 0],
    ['two-people', 0],
  ] as const) {
    it(`lies within 0.4 m of the floor, and not in it, when ${name} ends`, () => {
      const one = story(name);
      const body = bodyOf(posesAt(one, one.seconds - 0.1)[who]!.pose);
      expect(Math.max(...body.limbs.map(top))).toBeLessThan(0.4);
      expect(Math.min(...allJoints(body.joints).map((joint) => joint[2]))).toBeGreaterThan(0);
    });
  }

  it('falls in about a second and then lies still, but for the breath', () => {
    const one = story('night-fall');
    expect(one.onFloorFrom! - one.fallStart!).toBeLessThan(1.6);
    expect(one.seconds - one.onFloorFrom!).toBeGreaterThan(18);
    const head = tenths(one.onFloorFrom! + 0.1, one.seconds).map((at) => jointsOf(one.actors[0]!.poseAt(at)).head);
    const far = Math.max(...head.map((place) => distance(place, head[0]!)));
    expect(far).toBeLessThan(0.02);
    expect(far).toBeGreaterThan(0);
  });
});

describe('a drawn picture', () => {
  const size = { width: 96, height: 54, fine: 2 };
  const room = emptyRoom(size);
  drawRoom(room, camera, size, 0, 1);
  const scenery = { camera, size, room, colour: 0 };
  const person = { body: bodyOf(story('walk-out').actors[0]!.poseAt(1)), appearance: client };
  const changed = (a: Uint8Array, b: Uint8Array) => a.filter((value, i) => value !== b[i]).length / a.length;

  it('is the same for the same seed, and has other grain for another', () => {
    expect(changed(pictureOf(scenery, [person], 7), pictureOf(scenery, [person], 7))).toBe(0);
    expect(changed(pictureOf(scenery, [person], 7), pictureOf(scenery, [person], 8))).toBeGreaterThan(0.5);
  });

  it('shows a person where there was room, and leaves the room as it was elsewhere', () => {
    const share = changed(pictureOf(scenery, [person], 7), pictureOf(scenery, [], 7));
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.2);
  });
});

const allJoints = ({ pelvis, waist, neck, head, left, right }: Joints) => [
  ...[pelvis, waist, neck, head],
  ...[left, right].flatMap((side) => [side.shoulder, side.elbow, side.wrist, side.hip, side.knee, side.ankle]),
];

/** The highest point of a shape. */
function top(limb: Limb): number {
  if (!limb.egg) return Math.max(limb.az + limb.ra, limb.az + limb.bz + limb.rb);
  return limb.az + Math.hypot(limb.right[2] * limb.rx, limb.ahead[2] * limb.ry, limb.up[2] * limb.rz);
}
