/** Pure. Whether a unit needs a technician. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';

export const inTrouble = (unit: UnitView): boolean =>
  unit.presence === 'silent' ||
  unit.presence === 'late' ||
  unit.vitals?.camera === 'lost' ||
  unit.vitals?.cannotSee !== undefined ||
  unit.vitals?.diskFull === true ||
  unit.vitals?.cannotKeep !== undefined ||
  unit.vitals?.cannotLook !== undefined ||
  unit.doubledSince !== undefined ||
  unit.clockOffBySeconds !== undefined ||
  (unit.presence === 'here' && unit.inForce !== undefined && unit.inForce.state !== 'in-force') ||
  (unit.vitals?.roomChanged ?? []).length > 0 ||
  (unit.presence === 'here' && unit.plan === undefined);
