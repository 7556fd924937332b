/** What is read back from a screen becomes ages, first pictures, and whether an outage was got over. */
import { describe, expect, it } from 'vitest';
import { ageOf, agesByStamp, type Drawn, firstAfter, openingOf, recovery, yesAfter } from '../../bench/live/sample.ts';

const began = 1_000_000;
/** The picture with this number, drawn so many milliseconds after the camera gave it. */
const drawn = (code: number, late: number, turn = 0): Drawn => ({
  what: 'drawn',
  code,
  at: began + turn * 40_000 + code * 40 + late,
});

describe('how old a picture is on the screen', () => {
  for (const [name, one, age] of [
    ['is the time since the camera gave it', drawn(10, 120), 120],
    ['is so in later turns of the recording too', drawn(10, 120, 3), 120],
    ['is so across the seam', drawn(999, 500), 500],
    ['is not known of one without a code', { ...drawn(0, 0), code: -1 }, undefined],
  ] as const)
    it(name, () => expect(ageOf(one, began)).toBe(age));

  it('is told by the drawn second where there is no code', () => {
    const at = 1_700_000_000_000;
    const stamped = [
      { what: 'drawn', code: -1, at: at + 150, stampChanged: true },
      { what: 'drawn', code: -1, at: at + 250, stampChanged: false },
    ] as const;
    expect(agesByStamp(stamped)).toEqual([100]);
  });
});

describe('a look', () => {
  const noted = [drawn(0, 100), { what: 'click', at: began + 200 }, drawn(5, 100), drawn(7, 100)] as const;
  it('begins with the click, and pictures of the look before do not count', () => {
    const opening = openingOf(noted);
    expect(opening && firstAfter(opening)).toBe(100);
  });
  it('is none where nothing was pressed', () => expect(openingOf([drawn(0, 100)])).toBeUndefined());
  it('has the yes that came between click and picture, and no other', () => {
    const opening = openingOf(noted);
    expect(opening && yesAfter(opening, [began + 100, began + 240, began + 900])).toBe(40);
    expect(opening && yesAfter(opening, [began + 100, began + 900])).toBeUndefined();
  });
});

describe('after an outage', () => {
  const returned = began + 10_000;
  for (const [name, pictures, expected] of [
    ['it is live with the first fresh picture', [drawn(240, 100), drawn(255, 200)], [400, 0, 0]],
    ['an old picture first is counted, and is not live', [drawn(150, 4100), drawn(265, 200)], [800, 1, 0]],
    ['a picture out of order is counted', [drawn(260, 100), drawn(255, 500)], [500, 0, 1]],
    ['nothing came', [drawn(240, 100)], [undefined, 0, 0]],
  ] as const)
    it(name, () => {
      const { liveAfter, old, backwards } = recovery(pictures, returned, began);
      expect([liveAfter, old, backwards]).toEqual(expected);
    });
});
