/** Homes drawn from seeds: each is another one, a camera sees what has to be seen there, and what is drawn holds together. */

import { describe, expect, it } from 'vitest';
import { aheadOf, builtBody, taller } from '../../simulator/homes/build.ts';
import { drawnHome } from '../../simulator/homes/drawn-home.ts';
import { isInPicture, isInSight } from '../../simulator/homes/sight.ts';
import { animationsOf } from '../../simulator/nights/animations.ts';
import { briefNight } from '../../simulator/nights/random-night.ts';
import { roomOf } from '../../simulator/nights/room-of-night.ts';
import { animationsShown, staged } from '../../simulator/nights/staged-night.ts';
import { limbs, placed } from '../../simulator/scene/pose.ts';
import { standing } from '../../simulator/scene/posture.ts';
import { distance } from '../../simulator/scene/vector.ts';

const seeds = Array.from({ length: 12 }, (_, i) => 2 * i);
const homes = seeds.map((seed) => [seed, drawnHome(seed)] as const);
const bones = ({ left, right }: ReturnType<typeof builtBody>['joints']) =>
  [left, right].map(({ hip, knee }) => distance(hip, knee));

describe('a home of a seed', () => {
  it('is the same each time, and like no other', () => {
    expect(JSON.stringify(drawnHome(4))).toBe(JSON.stringify(drawnHome(4)));
    const about = homes.map(([, { camera, client, bed, wayOut, manners, blanket }]) =>
      JSON.stringify([camera, client, bed, wayOut, manners.noise, blanket]),
    );
    expect(new Set(about).size).toBe(homes.length);
    const kinds = (of: (home: (typeof homes)[number][1]) => unknown) => new Set(homes.map(([, home]) => of(home))).size;
    expect(kinds(({ client }) => client.aid)).toBeGreaterThan(1);
    expect(kinds(({ visitors }) => visitors.length)).toBe(2);
    expect(kinds(({ blanket }) => blanket.covers)).toBeGreaterThan(1);
    expect(kinds(({ manners }) => manners.kilobits)).toBeGreaterThan(2);
  });

  it.each(homes)('%i: shows the camera the sleeper and whoever has fallen, and hides the hall', (_, home) => {
    const { camera, blocks, bed, edge, hall, client, fall } = home;
    const middle = (bed.front + bed.back) / 2;
    const sees = (point: readonly [number, number, number]) =>
      isInPicture(camera, point) && isInSight(camera, blocks, point);
    expect(sees([edge.x - 0.62 * client.tall, middle, bed.high + 0.25])).toBe(true);
    const [x, y] = fall.way.at(-1)!;
    const turn = (fall.yaw * Math.PI) / 180;
    expect(sees([x + 0.6 * Math.cos(turn), y + 0.6 * Math.sin(turn), 0.2])).toBe(true);
    expect(isInSight(camera, blocks, [hall.x, hall.y, 1.2], 0.3)).toBe(false);
    const [one, other] = home.visitors;
    if (one && other)
      expect(Math.hypot(one.to[0] - other.to[0], one.to[1] - other.to[1])).toBeGreaterThanOrEqual(0.499);
  });

  it.each(homes)('%i: keeps feet on the floor and the sleeper above the bed', (_, home) => {
    const animations = animationsOf(home);
    const lowest = (name: string, picture: number) =>
      Math.min(
        ...animations[name]!.personsAt(picture)[0]!.body.limbs.map(({ az, bz, ra, rb, rz }) =>
          Math.min(az - Math.max(ra, rz), az + bz - rb),
        ),
      );
    for (const picture of [0, 10, 20]) expect(lowest('client walks-out', picture)).toBeGreaterThan(-0.06);
    const sleeper = animations['client lies-bare']!.personsAt(0)[0]!.body.joints;
    expect(sleeper.pelvis[2]).toBeGreaterThan(home.bed.high);
    expect(sleeper.head[0]).toBeLessThan(sleeper.pelvis[0]);
    expect(sleeper.head[1]).toBeGreaterThan(home.bed.front);
    expect(sleeper.head[1]).toBeLessThan(home.bed.back);
  });

  it('has everything that its night shows, and marks its bed inside the picture', () => {
    for (const seed of seeds) {
      const night = briefNight(seed);
      const { timeline, lengths } = staged(night);
      for (const name of animationsShown(timeline)) expect(lengths(name)).toBeGreaterThan(0);
      for (const [x, y] of roomOf(night).beds[0]!) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x, y)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('a drawn body', () => {
  it('is as tall as it is built, with bones in proportion', () => {
    const pose = placed(standing, { x: 1, y: 2, yaw: 90 });
    const build = { ...drawnHome(2).client, stoop: 0 };
    for (const tall of [0.9, 1.1])
      for (const bone of bones(taller(builtBody(pose, build), tall).joints))
        expect(bone).toBeCloseTo(limbs.thigh * tall, 5);
    expect(aheadOf(pose)[0]).toBeCloseTo(-1, 1);
  });

  it('breathes while it lies, and moves no limb by more than a centimetre', () => {
    const lying = animationsOf(drawnHome(6))['client lies-bare']!;
    expect(lying.pictures).toBeGreaterThan(4);
    const heads = Array.from({ length: lying.pictures }, (_, at) => lying.personsAt(at)[0]!.body.joints.head);
    const moved = heads.map((head) => distance(head, heads[0]!));
    expect(Math.max(...moved)).toBeGreaterThan(0.0005);
    expect(Math.max(...moved)).toBeLessThan(0.015);
  });
});
