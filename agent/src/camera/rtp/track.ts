/** Pure. A camera's video track: what its session description says of the packets to come. */
import type { Codec } from '../../codec/codec.ts';

export interface VideoTrack {
  readonly codec: Codec;
  /** RTP payload type. */
  readonly payload: number;
  /** Address for SETUP. */
  readonly control: string;
  readonly sps: Uint8Array | undefined;
  readonly pps: Uint8Array | undefined;
}
