/** Pure. The one client of the stand-in home, and the unit in it. */
import type { UnitId } from '@nattfrid/shared/domain/ids';

export const unit = 'enhet-1' as UnitId;
export const alias = 'Björken 3';
