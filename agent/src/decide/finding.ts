/** Pure. What a detector found: something began, changed or ended, with its evidence. */
import type { AlarmKind, Evidence } from '@nattfrid/shared/domain/alarm';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Finding {
  readonly phase: 'began' | 'changed' | 'ended';
  readonly kind: Exclude<AlarmKind, 'unit-silent'>;
  readonly at: Instant;
  readonly evidence: Evidence;
}
