/** Hands findings to the disk, in order; one that cannot be written (a full disk, a damaged one) waits in memory and is tried again until it is. */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Finding } from '../decide/finding.ts';

const again = seconds(5);
/** A night has a handful. Beyond it what only changed goes first, then the oldest. */
export const mostWaiting = 200;
const sentences = { began: 'Alarm raised', changed: 'Alarm changed', ended: 'Alarm ended' } as const;

export interface Telling extends Disposable {
  /** Never throws: whoever found something goes on looking. */
  tell(finding: Finding): void;
  /** Found, and not yet on the disk: it takes nothing. */
  readonly waiting: number;
  /** Found, and given up: more waited than memory is kept for. */
  readonly lost: number;
}

/** @param report on disk when it returns (nothing: counted only), throws when it could not be written @param refused told of what it throws */
export function tellFindings(
  report: (finding: Finding) => AlarmId | undefined,
  clock: Clock,
  log: Logger,
  refused: (error: unknown) => void = () => {},
): Telling {
  const waiting: Finding[] = [];
  let lost = 0;
  const bound = () => {
    if (waiting.length <= mostWaiting) return;
    const changed = waiting.findIndex(({ phase }) => phase === 'changed');
    waiting.splice(Math.max(0, changed), 1);
    lost++;
  };
  const write = () => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      try {
        const alarm = report(next);
        log.info(alarm ? sentences[next.phase] : 'Counted, and nobody is called', {
          kind: next.kind,
          phase: next.phase,
          alarm,
          evidence: next.evidence.code,
          at: next.at,
        });
      } catch (error) {
        refused(error);
        log.error('An alarm could not be written and is tried again', {
          words: asFault(error).message,
          waiting: waiting.length,
        });
        return;
      }
      waiting.shift();
    }
  };
  const retrying = clock.every(again, write);
  return {
    tell(finding) {
      waiting.push(finding);
      bound();
      write();
    },
    get lost() {
      return lost;
    },
    get waiting() {
      return waiting.length;
    },
    [Symbol.dispose]: () => retrying[Symbol.dispose](),
  };
}
