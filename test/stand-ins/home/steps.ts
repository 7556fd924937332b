/** Steps of a demo night: each is printed with its time when it is reached, or named in the failure. */
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, printDuration } from '@nattfrid/shared/time/duration';

export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

export interface Steps {
  /** Waits for one step, and prints it with its time and a remark. @throws StepFailed */
  reach<Result>(
    name: string,
    within: Duration,
    work: Promise<Result>,
    remark?: (result: Result) => string,
  ): Promise<Result>;
}

export function openSteps(print: (line: string) => void): Steps {
  const began = elapsed();
  return {
    async reach(name, within, work, remark) {
      const done = new AbortController();
      const tooLate = systemClock.sleep(within, done.signal).then(() => {
        if (!done.signal.aborted) throw new StepFailed(`${name}: not reached within ${printDuration(within)}`);
        return undefined as never;
      });
      try {
        const result = await Promise.race([work, tooLate]);
        const more = remark?.(result);
        const at = milliseconds(elapsed() - began);
        print(`  ${printDuration(at).padStart(9)}  ${name}${more ? `: ${more}` : ''}`);
        return result;
      } catch (error) {
        if (error instanceof StepFailed) throw error;
        throw new StepFailed(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      } finally {
        done.abort();
        work.catch(() => {});
      }
    },
  };
}
