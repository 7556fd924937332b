/** Pure. What all nights start from: a winter evening, the client in bed, and the agreed alarms. */
import type { Night } from './script.ts';

export const alarms: Night['alarms'] = {
  fall: { persistenceSeconds: 15 },
  leftRoom: { afterMinutes: 15 },
  notInBed: { by: '23:00', until: '06:00' },
  blind: { afterSeconds: 60 },
};
export const winter = { begins: '2026-01-12T22:00:00+01:00', first: { is: 'in-bed' }, alarms } as const;
