/** Pure. The plan that every clip is scored with: short waits, as each clip is held on its last picture for longer. */
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import type { Agreed } from './scored-clip.ts';

/** Seconds that the last picture of a clip is repeated. */
export const holdSeconds = 30;
export const persistenceSeconds = 15;
export const plan: AgreedAlarms = {
  fall: { persistenceSeconds },
  leftRoom: { afterMinutes: 0.25 },
  notInBed: { by: '00:00', until: '06:00' },
};
export const agreed: Agreed = { leftRoomAfterSeconds: 15 };
