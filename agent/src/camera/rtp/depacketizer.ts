/** Pure. The depacketizer of a track: RTP packets as they arrive in, whole pictures out, of whichever codec really comes. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Codec } from '../../codec/codec.ts';
import { splitUnits } from '../../codec/split-units.ts';
import { rememberSets } from '../../h264/parameter-sets.ts';
import type { Depacketized, Oddity } from './depacketized.ts';
import { h264Depacketizer } from './h264-depacketize.ts';
import { h264Grammar } from './h264-pictures.ts';
import { h265Depacketizer } from './h265-depacketize.ts';
import { h265Grammar } from './h265-pictures.ts';
import { jpegDepacketizer } from './jpeg-depacketize.ts';
import type { OwnedPacket } from './nal-depacketize.ts';
import type { RtpPacket } from './packet.ts';
import { codecIn } from './recognise.ts';
import { type ArrivedPacket, isNear, type Reordering, reorder } from './reorder.ts';
import type { VideoTrack } from './track.ts';

export interface DepacketizeState {
  readonly ordering: Reordering;
  /** The payload type whose packets are taken. */
  readonly payload: number;
  /** Whose packets these are; undefined before the first. */
  readonly source: number | undefined;
  /** The last packets of another type, while none of the track's has come. */
  readonly strange: readonly RtpPacket[];
  readonly codec: Codec;
  /** The state of the codec's own depacketizer. */
  readonly inner: unknown;
  readonly told: readonly Oddity[];
}

/** All packets of the track's channel, in the order in which they arrived, also those of other types and those without payload. */
export type Depacketizer = Machine<DepacketizeState, ArrivedPacket, Depacketized>;

/** Packets of one other type, and none of the track's, after which that type is taken for the track's: the description is wrong. */
const enoughStrange = 8;
/** Static payload types below are sound (RFC 3551 §6). */
const firstVideo = 24;

/** At most 40 MB of state, whatever comes: see `NalState`, `Reordering`. */
export function depacketizer(track: VideoTrack): Depacketizer {
  const machine = machinesFor(track);
  const initial: DepacketizeState = {
    ...{ ordering: reorder.initial, payload: track.payload, source: undefined, strange: [] },
    ...{ codec: track.codec, inner: machine[track.codec].initial, told: [] },
  };

  const inOrder = (before: DepacketizeState, packet: ArrivedPacket, told: Depacketized[]): DepacketizeState => {
    const [ordering, ordered] = reorder.step(before.ordering, packet);
    let state = { ...before, ordering };
    for (const one of ordered) {
      const own = one.packet.payloadType === state.payload;
      const found = own && state.codec !== 'mjpeg' ? codecIn(one.packet.payload) : undefined;
      if (found && found !== state.codec) {
        state = odd(state, `${found}-behind-${state.codec as 'h264'}` as Oddity, told);
        state = { ...state, codec: found, inner: machine[found].initial };
      }
      const [next, more] = machine[state.codec].step(state.inner, { ...one, own });
      state = { ...state, inner: next };
      for (const each of more) {
        if (each.type === 'odd') state = odd(state, each.what, told);
        else told.push(each);
      }
    }
    return state;
  };

  return {
    initial,
    step(before, packet) {
      const told: Depacketized[] = [];
      // The track's own type comes back to its right where it comes after all.
      const { payloadType } = packet;
      const own = payloadType === before.payload || payloadType === track.payload;
      if (own)
        return [inOrder({ ...before, payload: payloadType, source: packet.source, strange: [] }, packet, told), told];
      // Packets of another sender have numbers of their own.
      if (before.source !== undefined)
        return [
          packet.source === before.source && isNear(before.ordering, packet) ? inOrder(before, packet, told) : before,
          told,
        ];
      if (packet.payloadType < firstVideo || packet.payload.length === 0) return [before, told];
      const same = before.strange[0]?.payloadType === packet.payloadType;
      const strange = [...(same ? before.strange : []), { ...packet, payload: packet.payload.slice() }];
      if (strange.length < enoughStrange) return [{ ...before, strange }, told];
      let state = odd(
        { ...before, payload: packet.payloadType, source: packet.source, strange: [] },
        'other-payload-type',
        told,
      );
      for (const one of strange) state = inOrder(state, one, told);
      return [state, told];
    },
  };
}

function odd(state: DepacketizeState, what: Oddity, told: Depacketized[]): DepacketizeState {
  if (state.told.includes(what)) return state;
  told.push({ type: 'odd', what });
  return { ...state, told: [...state.told, what] };
}

/** Sets of the description may have start codes in them, or be several in one; those of another codec are nothing. */
function machinesFor({ sets, donl }: VideoTrack): Readonly<Record<Codec, Machine<unknown, OwnedPacket, Depacketized>>> {
  const split = (begins: typeof h264Grammar.begins) => sets.flatMap((one) => splitUnits(one, begins));
  return {
    h264: h264Depacketizer(rememberSets({}, split(h264Grammar.begins))),
    h265: h265Depacketizer(split(h265Grammar.begins), donl),
    mjpeg: jpegDepacketizer,
  };
}
