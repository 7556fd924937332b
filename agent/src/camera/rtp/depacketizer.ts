/** Pure. The depacketizer of a track, by its codec: RTP packets in, whole pictures out. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { rememberSets } from '../../h264/parameter-sets.ts';
import { type Depacketized, type DepacketizeState, h264Depacketizer } from './h264-depacketize.ts';
import type { RtpPacket } from './packet.ts';
import type { VideoTrack } from './track.ts';

/** All packets of the track's channel, in the order in which they arrived; those of another payload type are passed over. */
export type Depacketizer = Machine<DepacketizeState, RtpPacket, Depacketized>;

export function depacketizer(track: VideoTrack): Depacketizer {
  const { initial, step } = h264Depacketizer(rememberSets({}, track.sets));
  return {
    initial,
    step: (state, packet) => (packet.payloadType === track.payload ? step(state, packet) : [state, []]),
  };
}
