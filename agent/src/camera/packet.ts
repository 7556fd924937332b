/** Pure. A packet: one coded picture (access unit) as the camera sent it, with the time it was taken. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Codec } from '../codec/codec.ts';

export interface Packet {
  readonly type: 'packet';
  /** When the picture was taken, as well as can be known: from its arrival for a live camera, start + recording time for a file. */
  readonly at: Instant;
  readonly codec: Codec;
  /** A keyframe: it needs no picture before it, and its parameter sets (SPS, PPS) stand in front of it in `data`. */
  readonly key: boolean;
  /**
   * One access unit, Annex B (start codes). Empty: the decoder repeats the last picture pixel by pixel (a held recording; encoding the
   * picture again gives other pixels).
   */
  readonly data: Uint8Array;
}
