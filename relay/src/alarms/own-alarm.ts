/** Pure. An alarm of the relay's own about a unit, as that of a silent one is: by its name, the unit and a fact always the same alarm. */
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { derivedId } from '../store/derived-id.ts';

export type Report = Omit<AlarmReport, 'camera'>;

/** @param own `fact`: what tells it from an earlier one of this name, such as since when; `at`: of this report */
export const ownAlarm = (own: {
  readonly name: string;
  readonly unit: UnitId;
  readonly fact: string | number;
  readonly code: AlarmReport['evidence']['code'];
  readonly phase: AlarmReport['phase'];
  readonly at: Instant;
  readonly figures?: AlarmReport['evidence']['figures'];
}): Report => ({
  alarm: derivedId(own.name, own.unit, own.fact) as AlarmId,
  kind: 'unit-silent',
  phase: own.phase,
  at: printInstant(own.at),
  evidence: { code: own.code, figures: own.figures ?? {}, models: [], attended: false },
});
