/** Pure. Under which words an alarm is shown: what the relay itself raises about a unit has words of its own for each cause. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';

export type AlarmName =
  | AlarmKind
  | 'unit-doubled'
  | 'unit-cannot-keep'
  | 'unit-flooding'
  | 'power-gone'
  | 'unit-on-battery'
  | 'unit-says-new'
  | 'centre-silent'
  | 'centre-refused';

type Named = Pick<AlarmView, 'kind' | 'evidence'>;

/** All are of one kind, which every console knows: one that is older shows it as a unit from which no alarm can come. */
const names: Readonly<Record<string, AlarmName>> = {
  'unit-doubled': 'unit-doubled',
  'unit-flooding': 'unit-flooding',
  'unit-says-new': 'unit-says-new',
  'power-gone': 'power-gone',
  'unit-on-battery': 'unit-on-battery',
  'centre-silent': 'centre-silent',
  'centre-refused': 'centre-refused',
  'disk-full': 'unit-cannot-keep',
  'disk-damaged': 'unit-cannot-keep',
  'read-only': 'unit-cannot-keep',
};

export const alarmName = ({ kind, evidence }: Named): AlarmName =>
  kind === 'unit-silent' ? (names[evidence.code] ?? kind) : kind;

/** The key of its name in words, and of the sentence that leads its page. */
export function kindKey(alarm: Named): `alarm.kind.${AlarmName}` {
  const name = alarmName(alarm);
  return `alarm.kind.${name}`;
}
export function leadKey(alarm: Named): `alarm.lead.${AlarmName}` {
  const name = alarmName(alarm);
  return `alarm.lead.${name}`;
}
