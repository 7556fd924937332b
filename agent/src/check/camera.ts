/** Pure. How the unit's camera is: chosen, connected, with a password of its own, and set as it should be. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { Vitals } from '@nattfrid/shared/wire/vitals';

export interface CameraReading {
  readonly isChosen: boolean;
  /** It opens to whoever knows its make. */
  readonly hasFactoryPassword: boolean;
  readonly vitals: Pick<Vitals, 'camera' | 'cameraFault' | 'cameraAdvice' | 'picturesPerSecond' | 'droppedPictures'>;
}

export function cameraCheck({ isChosen, hasFactoryPassword, vitals }: CameraReading): Check {
  const said = (state: Check['state'], code: string, figures?: Check['figures']): Check => ({
    ...{ name: 'camera', state, code },
    ...(figures && { figures }),
  });
  if (!isChosen) return said('fault', 'none-chosen');
  if (vitals.camera === 'lost' && vitals.cameraFault === 'camera-refused-login') return said('fault', 'login-refused');
  if (vitals.camera === 'lost') return said('fault', 'lost');
  if (hasFactoryPassword) return said('fault', 'factory-password');
  if (vitals.camera === 'resting') return said('well', 'resting');
  if (vitals.camera === 'connecting') return said('unknown', 'connected');
  const figures = { picturesPerSecond: vitals.picturesPerSecond };
  if ((vitals.cameraAdvice ?? []).length > 0) return said('advice', 'to-set-right', figures);
  return said('well', 'connected', figures);
}
