/** Pure. Whether anything but the light moves in a picture. */
import type { PictureState } from '@nattfrid/shared/domain/observation';

/** Shares of the picture: less is noise, more is the light. */
const [least, light] = [0.001, 0.5];

/** False where it was not looked for. */
export const somethingMoves = ({ moving = 0 }: PictureState): boolean => moving >= least && moving < light;
