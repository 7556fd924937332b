/** Pure. Whether a body moves in a picture (frame differencing, thresholded from both sides). */
import type { PictureState } from '@nattfrid/shared/domain/observation';

/** Shares of the picture: less is noise; more is a change of light. Whoever walks past close to the camera moves a fifth of it. */
const [least, light] = [0.001, 0.3];

/** False also where nothing measured the movement. */
export const somethingMoves = ({ moving = 0 }: PictureState): boolean => moving >= least && moving < light;

export const lightChanges = ({ moving = 0 }: PictureState): boolean => moving >= light;
