/** A clock that runs faster than life, for real sockets that have to be waited at: tests of patience need not be patient. */
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';

/** @param speed how many times as fast; the machine's own jitter grows by as much */
export function quickClock(speed: number): Clock {
  const [began, from] = [systemClock.steady(), systemClock.now()];
  const gone = () => (systemClock.steady() - began) * speed;
  return {
    now: () => instant(Math.round(from + gone())),
    steady: () => milliseconds(gone()),
    sleep: (length, signal) => systemClock.sleep(milliseconds(length / speed), signal),
    every: (period, call) => systemClock.every(milliseconds(period / speed), call),
  };
}
