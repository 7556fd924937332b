/** Pure. A packet: one coded picture (access unit) as the camera sent it, with the time it was taken. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Codec } from '../codec/codec.ts';

export interface Packet {
  readonly type: 'packet';
  /** When the picture was taken, as well as can be known: from its arrival for a live camera, start + recording time for a file. */
  readonly at: Instant;
  readonly codec: Codec;
  /** A decoder can begin here (IDR, CRA, BLA, recovery point), and the parameter sets stand in front of it in `data`. */
  readonly key: boolean;
  /** Of a key: whoever begins here may show pictures only after so many more (a rolling refresh). Absent: it is whole itself. */
  readonly wholeAfter?: number;
  /** It refers to a picture before the last key: whoever began at that key leaves it out. */
  readonly leading?: true;
  /** To be decoded and not to be shown: something that it may be built on is missing. */
  readonly unsure?: true;
  /**
   * One access unit, Annex B (start codes). Empty: the decoder repeats the last picture pixel by pixel (a held recording; encoding the
   * picture again gives other pixels).
   */
  readonly data: Uint8Array;
}
