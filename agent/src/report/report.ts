/** Findings become alarms: each on the unit's disk, with its report in the outbox, in one transaction, before anything is sent. */
import type { AlarmId, CameraId } from '@nattfrid/shared/domain/ids';
import { hours } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Finding } from '../decide/finding.ts';
import type { AlarmTable } from '../store/alarm-table.ts';
import type { Database } from '../store/database.ts';
import type { Outbox } from './outbox.ts';

/**
 * A detector that begins anew after a restart of the agent tells of the same event: within this time it is the same alarm,
 * begun again; the relay raises it again if it had been closed. Later it is a new one.
 */
export const sameEvent = hours(1);

/** @returns what to call with each finding; on disk when it returns. */
export function reporter(given: {
  readonly database: Database;
  readonly alarms: AlarmTable;
  readonly outbox: Outbox;
  readonly camera: CameraId;
  readonly newAlarmId: () => AlarmId;
}): (finding: Finding) => AlarmId {
  const { database, alarms, outbox, camera, newAlarmId } = given;
  return (finding) =>
    database.transaction(() => {
      const open = alarms.open().find((alarm) => alarm.kind === finding.kind);
      const same = open !== undefined && finding.at - open.began < sameEvent;
      const tell = (alarm: AlarmId, phase: Finding['phase']) =>
        outbox.put('alarm-report', {
          alarm,
          kind: finding.kind,
          phase,
          at: printInstant(finding.at),
          camera,
          evidence: finding.evidence,
        });
      switch (finding.phase) {
        case 'began': {
          if (same) {
            tell(open.alarm, 'began');
            return open.alarm;
          }
          if (open) {
            alarms.ended(open.alarm, finding.at);
            tell(open.alarm, 'ended');
          }
          const alarm = newAlarmId();
          alarms.began(alarm, finding.kind, finding.at);
          tell(alarm, 'began');
          return alarm;
        }
        case 'changed':
        case 'ended': {
          const alarm = open?.alarm ?? newAlarmId();
          if (!open) alarms.began(alarm, finding.kind, finding.at);
          if (finding.phase === 'ended') alarms.ended(alarm, finding.at);
          tell(alarm, open ? finding.phase : finding.phase === 'ended' ? 'ended' : 'began');
          return alarm;
        }
      }
    });
}
