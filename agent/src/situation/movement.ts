/** Pure. Whether a body moves in a picture (frame differencing, thresholded from both sides). */
import type { PictureState } from '@nattfrid/shared/domain/observation';

/** Shares of the picture: less is noise; more is a change of light. */
const [least, light] = [0.001, 0.5];

/** False also where nothing measured the movement. */
export const somethingMoves = ({ moving = 0 }: PictureState): boolean => moving >= least && moving < light;
