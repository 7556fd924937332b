/** A night with a camera as it was seen for some seconds: what is no alarm, and what is one. */
import { hours } from '@nattfrid/shared/time/duration';
import { describe, expect, it } from 'vitest';
import type { Call, CourseItem } from '../../bench/cameras/course.ts';
import { playNight } from '../../bench/cameras/night.ts';

/** Ten a second. @param from and @param to seconds since the call */
const pictures = (from: number, to: number, seen = true): readonly CourseItem[] =>
  Array.from({ length: Math.round((to - from) * 10) }, (_, index) => ({
    ...{ type: 'packet', after: from * 1000 + index * 100, seen },
  }));
const held = (lasts: number, ...items: readonly (readonly CourseItem[])[]): Call => ({
  ...{ items: items.flat(), lasts: lasts * 1000, end: 'cut' },
});
const hungUp = (lasts: number, ...items: readonly (readonly CourseItem[])[]): Call => ({
  ...held(lasts, ...items),
  end: { by: 'camera', code: 'camera-dropped' },
});
const refused: Call = { items: [], lasts: 30, end: { by: 'camera', code: 'camera-refused-login' } };
const damaged = (after: number): CourseItem => ({ type: 'gap', after: after * 1000, lasts: 900, why: 'corrupt' });

describe('a night of 8 h with a camera', { timeout: 60_000 }, () => {
  for (const [name, calls, alarms, share] of [
    ['that is held and gives its pictures', [held(8, pictures(0.4, 8))], [], 0.99],
    [
      'that stalls for six seconds of twelve',
      [held(40, pictures(0.4, 6), pictures(12, 18), pictures(24, 30))],
      [],
      0.3,
    ],
    ['that hangs up every ten seconds', [hungUp(10, pictures(0.3, 10)), held(4, pictures(0.3, 4))], [], 0.95],
    ['that refused two calls and took the third', [refused, refused, held(8, pictures(0.3, 8))], [], 0.95],
    [
      'whose first whole picture comes after 55 s, and that hangs up after 600',
      [hungUp(600, pictures(1, 55, false), pictures(55, 600))],
      [],
      0.9,
    ],
    ['that loses a picture a second', [held(8, pictures(0.4, 4), [damaged(4.5)], pictures(5, 8))], [], 0.9],
    ['that refuses the login', [refused], ['camera-lost camera-refused-login'], 0],
    [
      'whose pictures nobody can decode',
      [{ ...held(5.2, pictures(0.2, 5.2, false)), end: { by: 'unit', code: 'camera-corrupt' } }],
      ['camera-lost camera-corrupt'],
      0,
    ],
    [
      'that sends pictures of which none comes out of the decoder, which nobody else tells',
      [held(8, pictures(0.4, 8, false))],
      ['blind no-picture'],
      0,
    ],
  ] as readonly (readonly [string, readonly Call[], readonly string[], number])[])
    it(name, async () => {
      const night = await playNight(calls, hours(8));
      expect(night.alarms).toEqual(alarms);
      expect(night.seen).toBeGreaterThanOrEqual(share);
    });
});
