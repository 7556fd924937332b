/** Pure. A cleared picture: drawn from the perception, and raw pixels only as far as the agreed mode lets them show. Only this folder can make one. */
import type { HardToSee, NoPicture } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';

declare const cleared: unique symbol;

/** 640 x 360, planar 4:2:0 in one block: 640·360 bytes of Y, then 320·180 of U, then of V. */
export interface ClearedPicture {
  readonly [cleared]: true;
  readonly type: 'picture';
  readonly at: Instant;
  readonly mode: Mode;
  readonly width: 640;
  readonly height: 360;
  readonly i420: Uint8Array;
  /** The warning that the viewer is shown. */
  readonly hard?: HardToSee | undefined;
  /** Somebody is surely in it, and can be made out. */
  readonly person: boolean;
}

/** The anonymiser fails closed: no picture, and the reason. */
export interface NothingCleared {
  readonly type: 'no-picture';
  readonly at: Instant;
  readonly why: NoPicture;
}

export type Cleared = ClearedPicture | NothingCleared;
