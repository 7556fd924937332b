/** Pure. Whether a body moves in a picture (frame differencing, thresholded from both sides). */
import type { PictureState } from '@nattfrid/shared/domain/observation';

/** Shares of the picture: less is noise; more is a change of light. Whoever walks past close to the camera moves a fifth of it. */
const [least, light] = [0.001, 0.3];

/** False also where nothing measured the movement. */
export const somethingMoves = ({ moving = 0 }: PictureState): boolean => moving >= least && moving < light;

export const lightChanges = ({ moving = 0 }: PictureState): boolean => moving >= light;

/** Of what moves, the share that must differ from the remembered room, where a body moves. */
const [flickering, ofBodies] = [0.05, 0.2];

/** Much moves, and nothing differs from the remembered room: bars of light roll through it, and shapes follow them. */
export const flickers = ({ moving = 0, changed, known }: PictureState): boolean =>
  known > 0.5 && moving >= flickering && changed < ofBodies * moving;
