/** Pure. Whether a look asks for the camera's large stream: where more than a silhouette is shown, its pixels are seen. */
import type { OpenLook } from './open-look.ts';

/** A silhouette is drawn, and not seen through: the small stream is enough. @param look undefined: none is open */
export const wantsLarge = (look: Pick<OpenLook, 'mode'> | undefined): boolean =>
  look !== undefined && look.mode !== 'silhouette';
