/** Pure. From RTP payloads to NAL units, for every codec that has them: whole, aggregated, and in fragments. */
import { type Chain, itemsOf, joinedBytes } from '../../codec/chain.ts';
import type { Ordered } from './reorder.ts';

/** What one payload is, by the rules of its codec. */
export type Payload =
  /** `torn`: the header of one whose size does not fit. */
  | { readonly type: 'units'; readonly units: readonly Uint8Array[]; readonly torn?: Uint8Array }
  | {
      readonly type: 'fragment';
      /** The unit's own header, rebuilt. */
      readonly header: Uint8Array;
      readonly starts: boolean;
      readonly ends: boolean;
      readonly body: Uint8Array;
      /** Of a beginning: its decoding order number, which some cameras repeat in the fragments behind it. */
      readonly order?: Uint8Array;
    }
  /** A unit that nobody understands, or nothing at all: passed over. */
  | { readonly type: 'other' };

export type ReadPayload = (payload: Uint8Array) => Payload;

export type Unpacked =
  /** So many packets are missing here. */
  | { readonly type: 'lost'; readonly many: number }
  /** What follows belongs to this RTP time. */
  | { readonly type: 'time'; readonly timestamp: number }
  /** A whole unit, copied. */
  | { readonly type: 'unit'; readonly unit: Uint8Array }
  /** Of a unit only a part came. */
  | { readonly type: 'torn'; readonly header: Uint8Array }
  /** The marker: the picture is complete, if the camera is honest. */
  | { readonly type: 'end' };

export interface Unpacking {
  readonly open: Open | undefined;
  /** Something is missing: fragments are passed over up to the next beginning. `telling`: not told yet. */
  readonly passing: 'no' | 'telling' | 'told';
  /** The camera never sets an end bit: its marker ends the unit as well. */
  readonly endless: boolean;
  /** Where decoding order numbers stand: by the rules in a unit's first fragment alone, or in each. */
  readonly orders: 'unknown' | 'first' | 'each';
}

interface Open {
  readonly header: Uint8Array;
  readonly order: Uint8Array | undefined;
  readonly parts: Chain<Uint8Array>;
  readonly size: number;
  /** Its last fragment came with the marker, and without an end bit. */
  readonly marked: boolean;
}

/** Bytes, more than a 4K keyframe; a server that never ends a unit must not fill the memory. */
export const largestUnit = 8 * 1024 * 1024;
/** Bytes by which each piece counts for more than it holds. */
export const overhead = 256;

/** Nothing before it is known: the first packet may be from the middle of a unit. */
export const nothingUnpacked: Unpacking = {
  ...{ open: undefined, passing: 'telling', endless: false },
  orders: 'unknown',
};

/** @param own the packet is the track's: others only count */
export function unpack(
  state: Unpacking,
  { packet, missing }: Ordered,
  own: boolean,
  read: ReadPayload,
): readonly [Unpacking, readonly Unpacked[]] {
  const told: Unpacked[] = [];
  let now = state;
  if (missing !== 0) {
    now = tear(now, told);
    told.push({ type: 'lost', many: missing === 'unknown' ? 1 : missing });
  }
  if (!own || packet.payload.length === 0) return [now, told];
  const payload = read(packet.payload);
  if (payload.type === 'other') return [now, told];
  // Nothing is missing: a fragment that is no beginning goes on with the unit, whatever else its header and time say.
  const goesOn = now.open !== undefined && payload.type === 'fragment' && !payload.starts;
  if (!goesOn) {
    if (now.open) now = close({ ...now, endless: now.endless || now.open.marked }, told);
    told.push({ type: 'time', timestamp: packet.timestamp });
  }
  if (payload.type === 'units') {
    for (const unit of payload.units) told.push({ type: 'unit', unit: unit.slice() });
    if (payload.torn) told.push({ type: 'torn', header: payload.torn.slice() });
    now = { ...now, passing: 'no' };
  } else now = takeFragment(now, payload, packet.marker, told);
  if (packet.marker && now.open && now.endless) now = close(now, told);
  if (packet.marker && !now.open) told.push({ type: 'end' });
  return [now, told];
}

function takeFragment(
  before: Unpacking,
  payload: Payload & { readonly type: 'fragment' },
  marked: boolean,
  told: Unpacked[],
): Unpacking {
  const { header, starts, ends } = payload;
  const [state, body] = withoutOrder(before, payload);
  if (!starts && state.passing !== 'no') {
    if (state.passing === 'telling') told.push({ type: 'torn', header });
    return { ...state, passing: ends ? 'no' : 'told' };
  }
  const size = (state.open?.size ?? 0) + body.length + overhead;
  if (size > largestUnit) return { ...tear(state, told), passing: 'told' };
  // Without a start bit and with nothing missing it has only been left out.
  const parts = { item: body.slice(), before: state.open?.parts ?? { item: header, before: undefined } };
  const order = state.open ? state.open.order : payload.order;
  const open = { header: state.open?.header ?? header, order, parts, size, marked };
  return ends ? close({ ...state, open, passing: 'no' }, told) : { ...state, open, passing: 'no' };
}

/**
 * A camera that repeats the order number does so in each fragment: one that does not begin with it shows that it is none, and the first
 * of all decides until then.
 */
function withoutOrder(
  state: Unpacking,
  { starts, body }: Payload & { readonly type: 'fragment' },
): readonly [Unpacking, Uint8Array] {
  const order = state.open?.order;
  if (starts || !order || state.orders === 'first') return [state, body];
  const repeats = body[0] === order[0] && body[1] === order[1];
  return repeats ? [{ ...state, orders: 'each' }, body.subarray(2)] : [{ ...state, orders: 'first' }, body];
}

function close(state: Unpacking, told: Unpacked[]): Unpacking {
  if (state.open) told.push({ type: 'unit', unit: joinedBytes(itemsOf(state.open.parts)) });
  return { ...state, open: undefined };
}

function tear(state: Unpacking, told: Unpacked[]): Unpacking {
  if (state.open) told.push({ type: 'torn', header: state.open.header });
  return { ...state, open: undefined, passing: 'telling' };
}
