/** Pure. What a depacketizer gives: coded pictures, and words about what could not be one. */
import type { Codec } from '../../codec/codec.ts';

export interface CodedPicture {
  readonly type: 'picture';
  readonly codec: Codec;
  /** RTP time. */
  readonly timestamp: number;
  /**
   * A decoder can begin here, with the parameter sets in front: an IDR picture, CRA or BLA, an I picture with a recovery point, or where a
   * rolling refresh begins (`wholeAfter`).
   */
  readonly key: boolean;
  /** One access unit: Annex B, or a JFIF file. */
  readonly data: Uint8Array;
  /** Of a key: whoever begins here may show pictures only after so many more. Absent: it is whole itself. */
  readonly wholeAfter?: number;
  /** It refers to a picture before the last key: whoever began at that key leaves it out (RASL, B pictures of an open group). */
  readonly leading?: true;
  /** To be decoded and not to be shown: something that it may be built on is missing, until a refresh is complete. */
  readonly unsure?: true;
}

export type Oddity = 'h265-behind-h264' | 'h264-behind-h265' | 'other-payload-type' | 'no-parameter-sets';

export type Depacketized =
  | CodedPicture
  /** Something is missing. `needsKey`: nothing can be shown up to the next picture at which a decoder can begin. */
  | { readonly type: 'damaged'; readonly needsKey: boolean }
  /** The key picture of this time was given too early: it comes once more, whole. */
  | { readonly type: 'part'; readonly timestamp: number }
  /** A manner worth a word, once each. */
  | { readonly type: 'odd'; readonly what: Oddity };
