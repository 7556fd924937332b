/** Person detections on pets, and people who are detected as pets. */
import { isPet, petsAfter } from '@nattfrid/agent/perceive/pets';
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Thing } from '@nattfrid/shared/domain/observation';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const aspect = 16 / 9;
const catBox: Box = { x: 0.4, y: 0.7, width: 0.1, height: 0.12 };
const named = (kind: Thing['kind'], score: number, box = catBox): Thing => ({ kind, score, box });
const at = (seconds: number) => instant(seconds * 1000);
const seen = (...things: Thing[]) => petsAfter([], things, at(0));

describe('a place in which something small stirs', () => {
  for (const [name, things, box, score, expected] of [
    ["is the cat's where the cat was named", [named('cat', 0.6)], catBox, 0.2, true],
    ["is the dog's too", [named('dog', 0.5)], catBox, 0, true],
    ['is worth a look where it looks more like a person', [named('cat', 0.4)], catBox, 0.5, false],
    ['is worth a look where only a chair was named', [named('chair', 0.9)], catBox, 0, false],
    ['is worth a look elsewhere than the cat', [named('cat', 0.6)], { ...catBox, x: 0.7 }, 0, false],
    [
      'is worth a look where a person sits with a cat in the lap',
      [named('cat', 0.9)],
      { x: 0.35, y: 0.55, width: 0.2, height: 0.3 },
      0.3,
      false,
    ],
    [
      'is worth a look where it is as big as a body, whatever it was named',
      [named('dog', 0.9, { x: 0.3, y: 0.7, width: 0.3, height: 0.2 })],
      { x: 0.3, y: 0.7, width: 0.3, height: 0.2 },
      0.2,
      false,
    ],
    ['is worth a look where the cat was hardly named at all', [named('cat', 0.25)], catBox, 0, false],
  ] as const)
    it(name, () => expect(isPet(box, score, seen(...things), aspect)).toBe(expected));
});

describe('a pet', () => {
  it('is remembered while the picture is looked at turned only', () =>
    expect(isPet(catBox, 0, petsAfter(seen(named('cat', 0.6)), undefined, at(3)), aspect)).toBe(true));
  it('is forgotten after a few seconds', () =>
    expect(isPet(catBox, 0, petsAfter(seen(named('cat', 0.6)), undefined, at(5)), aspect)).toBe(false));
  it('is forgotten sooner where an upright look did not find it again', () =>
    expect(isPet(catBox, 0, petsAfter(seen(named('cat', 0.6)), [], at(3)), aspect)).toBe(false));
});
