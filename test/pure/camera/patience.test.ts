/** A camera is not blamed for a standstill of the unit's own, and waited for as long as it sends. */
import { outOfPatience } from '@nattfrid/agent/camera/patience';
import { begin, damaged, heard, judge, type Progress, whole } from '@nattfrid/agent/camera/progress';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';

describe('a timer', () => {
  for (const [name, late, expected] of [
    ['that is in time tells that a camera is late', [0], 5],
    ['that is late because we stood still begins anew, so that what came meanwhile is read first', [3, 0], 13],
    ['begins anew as often as we stand still', [1, 0.5, 0], 16.5],
  ] as const)
    it(name, async () => {
      const moved = movedClock();
      const lateBy = [...late] as number[];
      const clock: Clock = {
        ...moved,
        sleep: (length, signal) => moved.sleep(milliseconds(length + (lateBy.shift() ?? 0) * 1000), signal),
      };
      let over: number | undefined;
      void outOfPatience(clock, seconds(5), new AbortController().signal).then(() => (over = moved.steady() / 1000));
      for (let second = 0; second < 20; second++) await moved.advance(seconds(1));
      expect(over).toBe(expected);
    });
});

describe('a session', () => {
  const at = (second: number) => seconds(second);
  /** So many pictures of one packet, one a second. */
  const flowing = (from: number, to: number, start: Progress = begin(at(0))): Progress =>
    Array.from({ length: to - from }, (_, index) => from + index).reduce(
      (progress, second) => heard(progress, second * 90_000, at(second)),
      start,
    );
  const patience = seconds(10);
  for (const [name, progress, now, expected] of [
    ['that has only begun is waited for', begin(at(0)), 9, 'wait'],
    ['whose first packet takes 15 s is waited for', begin(at(0)), 15, 'wait'],
    ['whose first packet takes longer than 20 s is silent', begin(at(0)), 20, 'silent'],
    ['that sends, and no whole picture for five minutes, is waited for', flowing(1, 300), 300, 'wait'],
    ['that has stalled for 6 s is waited for', whole(flowing(1, 30), at(29)), 35, 'wait'],
    ['that sends nothing for 10 s is silent', whole(flowing(1, 30), at(29)), 39, 'silent'],
    ['that sends rubbish only is corrupt', damaged(begin(at(0)), 40), 10, 'corrupt'],
    [
      'with one damaged picture is waited for, up to a key picture a minute away',
      damaged(flowing(1, 60), 1),
      60,
      'wait',
    ],
    ['that damages every picture is corrupt', damaged(flowing(1, 12), 11), 11, 'corrupt'],
  ] as const)
    it(name, () => expect(judge(progress, at(now), patience)).toBe(expected));
});
