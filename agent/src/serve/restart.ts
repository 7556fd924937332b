/** Starts the unit again: the whole computer by a program of its settings, else this program, which its service manager then starts. */
import { execFile } from 'node:child_process';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Deed } from './deed.ts';

/** For the last word to reach the relay. */
const untilSaid = seconds(2);
const longest = minutes(1);

/** @param again ends this program, to be started again. @returns what restarts; resolves when it is under way */
export function restarter(parts: {
  readonly program: string | undefined;
  readonly again: () => void;
  readonly log: Logger;
}): () => Promise<void> {
  const { program, again, log } = parts;
  return () =>
    new Promise((resolve) => {
      log.info('The unit is started again', { whole: program !== undefined });
      if (program === undefined) {
        again();
        return resolve();
      }
      execFile(program, { timeout: longest }, (error) => {
        if (error) {
          log.error('The computer could not be started again; only the program is', { words: asFault(error).message });
          again();
        }
        resolve();
      });
    });
}

/** @param mayStill asked again after the word has been said: somebody may have begun to look meanwhile */
export function restartDeed(parts: {
  readonly restart: () => Promise<void>;
  readonly mayStill: () => boolean;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Logger;
  readonly task: (done: Promise<unknown>) => void;
  readonly signal: AbortSignal;
}): Deed<'restart'> {
  const { restart, mayStill, clock, log, task, signal } = parts;
  return () => {
    task(
      clock.sleep(untilSaid, signal).then(async () => {
        if (signal.aborted) return;
        if (mayStill()) await restart();
        else log.warn('The unit is not started again: somebody looks, or an alarm goes on');
      }),
    );
    return { type: 'restarting' };
  };
}
