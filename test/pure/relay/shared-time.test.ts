/** Nodes whose clocks differ go by one time of day: the database's. */
import { openSharedTime } from '@nattfrid/relay/timekeeping/shared-time';
import { milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant, after as later } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';

const evening = instant(Date.parse('2026-11-30T21:00:00Z'));

describe('the time of several nodes', () => {
  for (const [name, off, way, expected] of [
    ['is the own where that is right', 0, 4, 0],
    ['is the own where it is off by no more than the way there and back may hide', 900, 4, 0],
    ['is the database’s where the own clock is three minutes fast', minutes(3), 4, minutes(3)],
    ['is the database’s where the own clock is five minutes slow', -minutes(5), 4, -minutes(5)],
    ['counts half of the way there and back', minutes(3), 1000, minutes(3)],
    ['believes no answer that was too long on its way', minutes(3), 2500, 0],
  ] as const)
    it(name, () => {
      const clock = movedClock(later(evening, milliseconds(off)));
      const told: number[] = [];
      const time = openSharedTime(clock, (ahead) => void told.push(ahead));
      const answered = clock.steady();
      time.heard(later(evening, milliseconds(-way / 2)), milliseconds(answered - way), answered);
      expect(time.ahead).toBe(expected);
      expect(time.clock.now()).toBe(evening + off - expected);
      expect(told).toEqual(expected === 0 ? [] : [expected]);
    });

  it('is the own again once that was set right', () => {
    const clock = movedClock(later(evening, minutes(3)));
    const time = openSharedTime(clock);
    const at = clock.steady();
    time.heard(evening, at, at);
    expect(time.ahead).toBe(minutes(3));
    time.heard(clock.now(), at, at);
    expect(time.ahead).toBe(0);
    time.heard(later(clock.now(), seconds(1)), at, at);
    expect(time.clock.now()).toBe(clock.now());
  });
});
