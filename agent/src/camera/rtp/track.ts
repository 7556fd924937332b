/** Pure. A camera's video track: what its session description says of the packets to come. */
import type { Codec } from '../../codec/codec.ts';

export interface VideoTrack {
  readonly codec: Codec;
  /** RTP payload type. */
  readonly payload: number;
  /** RTP timestamps a second: 90000 where the description says nothing else. */
  readonly clockRate: number;
  /** Address for SETUP. */
  readonly control: string;
  /** Parameter sets in the description's order, start codes removed: H.264 SPS, PPS; H.265 VPS, SPS, PPS. Several of a kind are kept. */
  readonly sets: readonly Uint8Array[];
  /** H.265: each unit has a decoding order number in front of it (`sprop-max-don-diff` above 0, RFC 7798 §4.4). */
  readonly donl: boolean;
}
