/** Pure. What one moment says of a unit: whether it is heard, and whether its camera, clock and plan are as they should be. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { Counted } from '../store/unit-hours-table.ts';

/** Its plan governs, or it rests because somebody has said so. */
const governed: readonly string[] = ['in-force', 'paused', 'stopped'];

/** @returns undefined: it has never been heard of, and nothing is counted */
export function sampleOf({ presence, vitals, inForce, plan, clockOffBySeconds }: UnitView): Counted | undefined {
  if (presence === 'expected') return undefined;
  // Of one that is not there, nothing else is known.
  if (presence === 'silent' || !vitals) return { samples: 1, heard: 0, camera: 0, clock: 0, plan: 0 };
  const sees = vitals.camera === 'connected' && vitals.cannotSee === undefined && vitals.cannotLook === undefined;
  return {
    samples: 1,
    heard: 1,
    camera: Number(sees || vitals.camera === 'resting'),
    clock: Number(clockOffBySeconds === undefined),
    plan: Number(inForce ? governed.includes(inForce.state) : plan !== undefined),
  };
}
