/** Pure. Whether a unit needs a technician. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';

export const inTrouble = (unit: UnitView): boolean =>
  unit.presence === 'silent' ||
  unit.presence === 'late' ||
  unit.vitals?.camera === 'lost' ||
  unit.vitals?.cannotSee !== undefined ||
  unit.vitals?.diskFull === true ||
  (unit.vitals?.roomChanged ?? []).length > 0 ||
  (unit.presence === 'here' && unit.plan === undefined);
