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

/** The three planes that follow each other in memory, as ffmpeg's yuv420p has them; width and height are even. Nothing is copied. */
export const planesOf = (i420: Uint8Array, size: number) => ({
  y: i420.subarray(0, size),
  u: i420.subarray(size, size * 1.25),
  v: i420.subarray(size * 1.25, size * 1.5),
});

/** At most 640 wide and 480 high, even in both; keeps the camera's aspect. Disposing gives the pixels back to the pool. */
export interface Frame extends Pixels, Disposable {
  readonly type: 'frame';
  readonly at: Instant;
}
