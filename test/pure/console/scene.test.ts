/** An alarm as it is drawn: what the evidence says and no more, in the room as it was confirmed. */
import { middleOf, type Scene, sceneOf } from '@nattfrid/console/alarm/scene';
import type { AlarmKind, Evidence } from '@nattfrid/shared/domain/alarm';
import { evidenceCodes } from '@nattfrid/shared/domain/evidence-code';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import { describe, expect, it } from 'vitest';

const square = (x: number): Polygon => [
  [x, 0.4],
  [x + 0.1, 0.4],
  [x + 0.1, 0.6],
  [x, 0.6],
];
const room: Room = {
  beds: [square(0.1)],
  exits: [square(0.8)],
  bathroomExits: [square(0.6)],
  floor: square(0.4),
  masks: [],
};
const bare: Room = { beds: [], exits: [], masks: [] };
const evidence = (code: string, place?: Evidence['place']): Evidence => ({
  code,
  figures: {},
  models: [],
  attended: false,
  ...(place && { place }),
});
const scene = (kind: AlarmKind, code: string, place?: Evidence['place'], of: Room | undefined = room) =>
  sceneOf(kind, evidence(code, place), of);

describe('the scene of an alarm', () => {
  for (const [name, drawn, part, words] of [
    ['beside the bed is around it', scene('fall', 'fell-from-standing', 'beside-bed'), 'around', ['scene.besideBed']],
    ['in a doorway is every door', scene('fall', 'fell-from-standing', 'in-doorway'), 'within', ['scene.inDoorway']],
    ['at the edge is the edge', scene('fall', 'found-lying', 'at-edge'), 'edge', ['scene.atEdge']],
    ['on the floor is the floor', scene('fall', 'sank-down', 'on-floor'), 'floor', ['scene.onFloor']],
    ['out is the doors', scene('left-room', 'left-room'), 'within', ['scene.exit']],
    ['out to the bathroom is its own door', scene('left-room', 'left-to-bathroom'), 'within', ['scene.bathroom']],
    ['out of the picture is the edge', scene('left-room', 'left-picture'), 'edge', ['scene.edge']],
    ['not in bed is the bed', scene('not-in-bed', 'seen-up'), 'within', ['scene.bed']],
    ['no place said is none drawn, and is said', scene('fall', 'fell-from-standing'), 'none', ['scene.nowhere']],
    [
      'a place that the room does not have is not made up',
      scene('fall', 'found-lying', 'beside-bed', bare),
      'none',
      ['scene.besideBed', 'scene.notDrawn'],
    ],
    [
      'without a room there is none, and that is said',
      sceneOf('fall', evidence('found-lying', 'on-floor'), undefined),
      'none',
      ['scene.onFloor', 'scene.noRoom'],
    ],
  ] as const satisfies readonly (readonly [string, Scene | undefined, string, readonly string[]])[])
    it(name, () => expect([drawn?.part.name, drawn?.words]).toEqual([part, words]));

  it('marks all doors where it is not said which: none is chosen', () =>
    expect(scene('fall', 'found-lying', 'in-doorway')?.part).toMatchObject({ outlines: [square(0.8), square(0.6)] }));
  it('marks everything but the bed where no floor is drawn', () =>
    expect(scene('fall', 'found-lying', 'on-floor', bare)?.part).toEqual({ name: 'floor', outline: undefined }));

  for (const kind of ['blind', 'camera-lost', 'unit-silent'] as const)
    it(`is none of what sees nothing: ${kind}`, () => expect(scene(kind, 'dark')).toBeUndefined());
  it('is none of a code that is newer than this console', () => expect(scene('fall', 'levitated')).toBeUndefined());

  for (const kind of ['fall', 'left-room', 'not-in-bed'] as const)
    for (const code of [...evidenceCodes[kind].began, ...evidenceCodes[kind].changed])
      it(`has a sign for ${kind}: ${code}`, () => expect(scene(kind, code)?.manner).toBeDefined());
});

it('the name of an outline stands within the drawing', () =>
  expect(
    middleOf([
      [0, 0],
      [0.02, 0],
      [0.02, 1],
      [0, 1],
    ]),
  ).toEqual([0.12, 0.5]));
