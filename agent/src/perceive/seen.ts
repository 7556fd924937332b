/** Pure. A frame with its perception: the observation in figures, the people's segmentation masks, the foreground. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { Frame } from '../decode/frame.ts';

/** Segmentation mask of one person: 0 to 255 for each cell, row by row over `region` (which may reach outside the picture). */
export interface Shape {
  readonly track: number;
  readonly region: Box;
  readonly width: number;
  readonly height: number;
  readonly mask: Uint8Array;
}

/** Foreground of the background subtraction, in cells over the whole picture, row by row. */
export interface Change {
  readonly width: number;
  readonly height: number;
  /** 0: as the background model, 255: certainly different. */
  readonly changed: Uint8Array;
  /** 0: the background is not learnt here, 255: learnt for long without a person in front. */
  readonly known: Uint8Array;
}

/** Owns its frame: disposing it gives the pixels back. */
export interface Seen extends Disposable {
  readonly type: 'seen';
  readonly frame: Frame;
  readonly observation: Observed;
  readonly shapes: readonly Shape[];
  readonly change: Change;
}
