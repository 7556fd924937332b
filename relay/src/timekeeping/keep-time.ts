/** Asks both clocks once a second and hands on what is noticed. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { type Noticed, timekeeping } from './timekeeping.ts';

const pulse = seconds(1);

/** @param noticed called before any other timer of that second that was set later */
export function keepTime(clock: Clock, log: Logger, noticed: (what: Noticed) => void): Disposable {
  let state = timekeeping.initial;
  const step = () => {
    const [next, found] = timekeeping.step(state, { type: 'pulse', wall: clock.now(), steady: clock.steady() });
    state = next;
    for (const what of found) {
      if (what.type === 'stepped') log.warn('The clock was set', { bySeconds: Math.round(what.by / 1000) });
      else log.warn('The relay stood still', { seconds: Math.round(what.for / 1000) });
      noticed(what);
    }
  };
  step();
  return clock.every(pulse, step);
}
