/** Hands findings to the disk, in order; one that cannot be written (a full disk) is tried again until it is. */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Finding } from '../decide/finding.ts';

const again = seconds(5);
const sentences = { began: 'Alarm raised', changed: 'Alarm changed', ended: 'Alarm ended' } as const;

export interface Telling extends Disposable {
  /** Never throws: whoever found something goes on looking. */
  tell(finding: Finding): void;
  /** Found, and not yet on the disk: it takes nothing. */
  readonly waiting: number;
}

/** @param report on disk when it returns, throws when it could not be written */
export function tellFindings(report: (finding: Finding) => AlarmId, clock: Clock, log: Logger): Telling {
  const waiting: Finding[] = [];
  const write = () => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      try {
        const alarm = report(next);
        log.info(sentences[next.phase], { kind: next.kind, alarm, evidence: next.evidence.code, at: next.at });
      } catch (error) {
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
      write();
    },
    get waiting() {
      return waiting.length;
    },
    [Symbol.dispose]: () => retrying[Symbol.dispose](),
  };
}
