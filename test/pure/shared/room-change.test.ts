/** Which changes of a room a second person has to say yes to. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import { needsSecondPerson } from '@nattfrid/shared/domain/room-change';
import { expect, it } from 'vitest';

const box = (left: number, top: number, width: number, height: number): Polygon => [
  [left, top],
  [left + width, top],
  [left + width, top + height],
  [left, top + height],
];
const before: Room = {
  beds: [box(0.1, 0.4, 0.4, 0.3)],
  exits: [box(0.8, 0.2, 0.2, 0.6)],
  floor: box(0, 0.4, 1, 0.6),
  masks: [],
};
const { floor: _floor, ...noFloor } = before;

for (const [name, from, change, expected] of [
  ['the same room again', before, {}, false],
  ['a corner put right', before, { beds: [box(0.1, 0.4, 0.42, 0.32)] }, false],
  ['a bed that moved a little', before, { beds: [box(0.15, 0.42, 0.4, 0.3)] }, false],
  ['a bed that is somewhere else', before, { beds: [box(0.5, 0.4, 0.4, 0.3)] }, true],
  ['a bed that has grown by 12 % of the picture', before, { beds: [box(0.1, 0.4, 0.4, 0.6)] }, true],
  ['another small bed', before, { beds: [...before.beds, box(0.6, 0.5, 0.2, 0.3)] }, false],
  ['a bed taken away', before, { beds: [] }, true],
  ['a small hidden area', before, { masks: [box(0, 0, 0.3, 0.3)] }, false],
  ['a hidden area of 12 %', before, { masks: [box(0, 0, 0.4, 0.3)] }, true],
  ['an exit taken away', before, { exits: [] }, true],
  ['an exit that leads to the bathroom now', before, { exits: [], bathroomExits: before.exits }, false],
  ['an exit of half the size', before, { exits: [box(0.8, 0.2, 0.2, 0.3)] }, true],
  ['another exit', before, { exits: [...before.exits, box(0, 0.2, 0.1, 0.5)] }, false],
  ['a floor that is a quarter smaller', before, { floor: box(0, 0.55, 1, 0.45) }, false],
  ['a floor that is half as large', before, { floor: box(0, 0.7, 1, 0.3) }, true],
  ['a floor somewhere else', before, { floor: box(0, 0, 1, 0.4) }, true],
  ['a floor drawn where a body could lie everywhere', noFloor, { floor: before.floor }, true],
  ['no floor any more: a body can lie everywhere', before, { floor: undefined }, false],
] as const)
  it(`${name}: ${expected ? 'a second person' : 'one person'}`, () =>
    expect(needsSecondPerson(from, { ...from, ...change } as Room)).toBe(expected));

it('the first room of a unit: one person', () => expect(needsSecondPerson(undefined, before)).toBe(false));
