/** Pure. One coded picture as the camera sent it, with the time it was taken. */
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Packet {
  readonly type: 'packet';
  /** When the picture was taken, as well as can be known: its arrival for a live camera, start + recording time for a file. */
  readonly at: Instant;
  readonly codec: 'h264';
  /** Needs no picture before it; parameter sets (SPS, PPS) stand in front of it in `data`. */
  readonly key: boolean;
  /**
   * One access unit, Annex B (start codes). Empty: nothing new, the decoder gives the last picture once more, pixel by
   * pixel (a held recording; encoding the same picture again would not give the same pixels).
   */
  readonly data: Uint8Array;
}
