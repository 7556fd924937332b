/** Pure. Why a unit is not as it should be, in one cause: the most pressing, by which units are counted, grouped and found. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type UnitTask, unitTasks } from './unit-tasks.ts';

/** The most pressing first. */
export const causes = [
  'silent',
  'doubled',
  'camera-lost',
  'covered',
  'in-darkness',
  'glare',
  'frozen',
  'moved',
  'cannot-look',
  'cannot-keep',
  'dark',
  'stopped',
  'no-plan',
  'plan-refused',
  'room-changed',
  'clock-off',
  'battery',
  'plan-ends',
  'late',
  'plan-begins',
  'paused',
  'expected',
] as const;
export type Cause = (typeof causes)[number];

const ofTask: Readonly<Record<UnitTask['type'], Cause>> = {
  stopped: 'stopped',
  paused: 'paused',
  dark: 'dark',
  'no-plan': 'no-plan',
  'plan-ended': 'no-plan',
  'plan-begins': 'plan-begins',
  'plan-refused': 'plan-refused',
  'plan-ends': 'plan-ends',
  'clock-off': 'clock-off',
};

/** @param now by the relay's clock @returns undefined: it is well */
export function causeOf(unit: UnitView, now: Instant): Cause | undefined {
  const found = new Set(unitTasks(unit, now).map(({ type }) => ofTask[type]));
  const { vitals, presence } = unit;
  if (presence !== 'here') found.add(presence);
  if (unit.doubledSince !== undefined) found.add('doubled');
  // Of one that is not here it is not known; its silence is the cause.
  if (vitals && presence !== 'silent' && presence !== 'expected') {
    if (vitals.camera === 'lost') found.add('camera-lost');
    if (vitals.cannotSee) found.add(vitals.cannotSee === 'dark' ? 'in-darkness' : vitals.cannotSee);
    if (vitals.cannotLook) found.add('cannot-look');
    if (vitals.cannotKeep || vitals.diskFull) found.add('cannot-keep');
    if ((vitals.roomChanged ?? []).length > 0) found.add('room-changed');
    if (vitals.power === 'battery') found.add('battery');
  }
  if (presence === 'here' && !unit.inForce && !unit.plan) found.add('no-plan');
  return causes.find((cause) => found.has(cause));
}

/** Since when, as far as the unit's view tells. */
export function sinceOf({ lastHeardAt, doubledSince, halt }: UnitView, cause: Cause): string | undefined {
  switch (cause) {
    case 'silent':
    case 'late':
      return lastHeardAt;
    case 'doubled':
      return doubledSince;
    case 'stopped':
    case 'dark':
      return halt && halt.type !== 'paused' ? halt.since : undefined;
    case 'paused':
      return halt?.type === 'paused' ? halt.from : undefined;
    default:
      return undefined;
  }
}

export interface CauseGroup {
  readonly cause: Cause;
  /** By home, in the order of the language. */
  readonly units: readonly UnitView[];
}

/** Units that are not well: each stands under one cause, so that the numbers add up. The most pressing cause first. */
export function byCause(units: ReadonlyMap<UnitId, UnitView>, now: Instant, language: string): readonly CauseGroup[] {
  const troubled = [...units.values()].flatMap((unit) => {
    const cause = causeOf(unit, now);
    return cause ? [{ cause, unit }] : [];
  });
  const groups = Map.groupBy(troubled, ({ cause }) => cause);
  const names = new Intl.Collator(language, { numeric: true });
  return causes.flatMap((cause) => {
    const members = groups.get(cause);
    if (!members) return [];
    return [{ cause, units: members.map(({ unit }) => unit).sort((a, b) => names.compare(a.client, b.client)) }];
  });
}
