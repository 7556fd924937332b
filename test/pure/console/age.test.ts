/** How old a picture is, whatever the two clocks say: by when it came, and by how far it has fallen behind the quickest. */
import { type Pace, pictured } from '@nattfrid/console/viewing/age';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

type Came = readonly [at: number, taken: number | undefined];

/** The age of each picture when it is drawn, in ms. */
function ages(pictures: readonly Came[]): readonly number[] {
  let pace: Pace | undefined;
  return pictures.map(([at, taken]) => {
    const [next, was] = pictured(pace, instant(at), taken);
    pace = next;
    return at - was;
  });
}
const hour = 3_600_000;

describe('the age of a picture', () => {
  for (const [name, pictures, expected] of [
    [
      'is nothing while they come as quickly as they are taken',
      [
        [1000, 900],
        [1500, 1400],
        [2000, 1900],
      ],
      [0, 0, 0],
    ],
    [
      'does not depend on whose clock is right: an hour ahead',
      [
        [1000, 900 + hour],
        [1500, 1400 + hour],
      ],
      [0, 0],
    ],
    [
      'does not depend on whose clock is right: an hour behind',
      [
        [5000 + hour, 900],
        [5500 + hour, 1400],
      ],
      [0, 0],
    ],
    [
      'is by how much they have fallen behind, though one comes after the other',
      [
        [1000, 900],
        [2000, 1400],
        [4000, 1900],
      ],
      [0, 500, 2000],
    ],
    [
      'is nothing again when they have caught up',
      [
        [1000, 900],
        [4000, 1900],
        [4100, 4000],
      ],
      [0, 2000, 0],
    ],
    [
      'is known better once a quicker one has come',
      [
        [1800, 900],
        [2000, 1900],
        [3800, 2900],
      ],
      [0, 0, 800],
    ],
    [
      'of one that does not say when it was taken is that of the one before',
      [
        [1000, 900],
        [4000, 1900],
        [4100, undefined],
      ],
      [0, 2000, 2000],
    ],
    [
      'is nothing where no picture says when it was taken: then only its coming counts',
      [
        [1000, undefined],
        [9000, undefined],
      ],
      [0, 0],
    ],
    [
      'begins anew when the unit’s clock is set back',
      [
        [10_000, 9900],
        [10_500, 2400],
        [11_000, 2900],
      ],
      [0, 0, 0],
    ],
    [
      'does not grow when the unit’s clock is set forward',
      [
        [1000, 900],
        [1500, 1400 + hour],
        [2000, 1900 + hour],
      ],
      [0, 0, 0],
    ],
  ] satisfies [string, Came[], number[]][])
    it(name, () => expect(ages(pictures)).toEqual(expected));
});
