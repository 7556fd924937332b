/** The system clock: the only file that reads the system's time or sets a timer. All other code is given a Clock. */
import { type Duration, milliseconds } from './duration.ts';
import { type Instant, instant } from './instant.ts';

export interface Clock {
  /** Wall-clock time; it jumps when the system's time is corrected. */
  now(): Instant;
  /**
   * Time gone by since some moment of its own. Never steps, whatever the wall clock is set to: silence, waits and deadlines are
   * counted by it.
   */
  steady(): Duration;
  /** Resolves after the time has gone by, or at once when aborted (it never rejects). */
  sleep(length: Duration, signal?: AbortSignal): Promise<void>;
  /** Calls once every period, first after one period, until disposed. */
  every(period: Duration, call: () => void): Disposable;
}

/** Monotonic milliseconds, for measuring durations. */
export const elapsed = (): number => performance.now();

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  steady: () => milliseconds(performance.now()),
  sleep(length, signal) {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, length);
      signal?.addEventListener('abort', done, { once: true });
    });
  },
  every(period, call) {
    const timer = setInterval(call, period);
    return { [Symbol.dispose]: () => clearInterval(timer) };
  },
};
