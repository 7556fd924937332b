/** What is done again and again. */
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Duration } from '@nattfrid/shared/time/duration';

/** One run after another: a run that takes longer than its period is not joined by a second one; closing waits for it. */
export function every(
  clock: Clock,
  period: Duration,
  run: () => Promise<void>,
  failed: (error: unknown) => void,
): AsyncDisposable {
  let running: Promise<void> | undefined;
  const timer = clock.every(period, () => {
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  });
  return {
    async [Symbol.asyncDispose]() {
      timer[Symbol.dispose]();
      await running;
    },
  };
}
