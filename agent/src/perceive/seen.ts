/** A frame and what was made of it: the observation in figures, the shapes of the people, the change against the room. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { Frame } from '../decode/frame.ts';

/** How much of each cell belongs to this person: 0 to 255, row by row over `region` (which may reach outside the picture). */
export interface Shape {
  readonly track: number;
  readonly region: Box;
  readonly width: number;
  readonly height: number;
  readonly mask: Uint8Array;
}

/** The picture against the remembered room, in cells over the whole picture, row by row. */
export interface Change {
  readonly width: number;
  readonly height: number;
  /** 0: as remembered, 255: certainly different. */
  readonly changed: Uint8Array;
  /** 0: nothing is remembered here, 255: remembered for long and without a person in front. */
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
