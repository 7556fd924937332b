import { alone } from '@nattfrid/agent/decide/alone';
import { blind } from '@nattfrid/agent/decide/blind';
import type { Gap, Observation } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPerson, during, poses } from '../../support/bodies.ts';
import { told } from '../../support/told.ts';

const well = (from: number, to: number) => during(from, to, [aPerson(poses.standing)]);
const like = (from: number, to: number, picture: object) => during(from, to, [], { picture });
const gap = (from: number, to: number, why: Gap['why'] = 'too-slow'): Observation[] => [
  { type: 'gap', from: instant(from * 1000), at: instant(to * 1000), why },
];
const ticks = (from: number, to: number): Observation[] =>
  Array.from({ length: to - from }, (_, index) => ({ type: 'tick', at: instant((from + index) * 1000) }));

describe('blind', () => {
  for (const [story, events, expected] of [
    [
      'says that the camera is covered',
      [well(0, 5), like(5, 70, { brightness: 0.3, contrast: 0.01 })],
      ['began covered@35'],
    ],
    ['says that it is dark', [well(0, 5), like(5, 70, { brightness: 0.02, contrast: 0.01 })], ['began dark@35']],
    ['says that the picture stands still', [well(0, 5), like(5, 70, { alive: false })], ['began frozen@35']],
    ['says that the camera looks elsewhere', [well(0, 5), like(5, 70, { alike: 0.1 })], ['began moved@35']],
    ['says that it is dazzled', [well(0, 5), like(5, 70, { brightness: 0.9, burnt: 0.6 })], ['began glare@35']],
    ['does not take a lamp or a drawn curtain for a moved camera', [like(0, 70, { alike: 0.6, changed: 0.9 })], []],
    [
      'says that much moves in which it understands nobody',
      [like(0, 200, { changed: 0.3, moving: 0.05 }), like(200, 300, {})],
      ['began not-understood@120.1', 'ended sees-again@263'],
    ],
    ['does not mind a television', [like(0, 300, { changed: 0.05, moving: 0.05 })], []],
    ['does not take a room that is not known yet for another', [like(0, 70, { changed: 0.9, known: 0.1 })], []],
    ['does not take a dim infrared picture for darkness', [like(0, 70, { brightness: 0.08, contrast: 0.09 })], []],
    ['says that no picture comes', [well(0, 5), ticks(5, 70)], ['began no-picture@35']],
    ['says that it cannot keep up', [well(0, 5), gap(5, 20), gap(20, 40), gap(40, 60)], ['began no-picture@40']],
    [
      'leaves a lost camera to those who tell of it',
      [
        well(0, 5),
        Array.from({ length: 40 }, (_, index) => gap(5 + index * 5, 10 + index * 5, 'camera-lost')).flat(),
        ticks(205, 219),
      ],
      [],
    ],
    [
      'says that no picture comes of a camera that is there again: nobody else tells of that',
      [well(0, 5), gap(5, 10, 'camera-lost'), ticks(10, 70)],
      ['began no-picture@40'],
    ],
    [
      'does not mind short gaps',
      Array.from({ length: 40 }, (_, index) => [
        ...well(index * 2, index * 2 + 1),
        ...gap(index * 2 + 1, index * 2 + 2),
      ]),
      [],
    ],
    ['keeps quiet when it sees again in time', [well(0, 5), like(5, 30, { alive: false }), well(30, 90)], []],
    [
      'ends when it sees again',
      [well(0, 5), like(5, 40, { alive: false }), well(40, 50)],
      ['began frozen@35', 'ended sees-again@43'],
    ],
    [
      'does not end at one good picture',
      [well(0, 5), like(5, 40, { alive: false }), well(40, 41), like(41, 60, { alive: false })],
      ['began frozen@35'],
    ],
    [
      'says when the reason is another',
      [well(0, 5), like(5, 40, { alive: false }), like(40, 50, { contrast: 0.01 })],
      ['began frozen@35', 'changed covered@40'],
    ],
  ] as const)
    it(story, () =>
      expect(
        told(
          alone(blind({ agreed: { afterSeconds: 30 }, room: unknownRoom, models: [] }), { room: unknownRoom }),
          events,
        ),
      ).toEqual(expected),
    );
});
