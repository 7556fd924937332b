/** Pure. A frame: raw pixels on loan, given back exactly once. Only decode, perceive, decide and anonymise may name it. */
import type { Instant } from '@nattfrid/shared/time/instant';

/** Planar 4:2:0, BT.601 limited range as decoded: y is width × height, u and v half in both directions (rounded up). */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** At most 640 wide and 480 high, even in both; keeps the camera's aspect. Disposing gives the pixels back to the pool. */
export interface Frame extends Pixels, Disposable {
  readonly type: 'frame';
  readonly at: Instant;
}
