/** Pure. H.264 RTP depacketizer (RFC 6184): single NAL units, STAP-A, FU-A; after a loss pictures are left out up to the next keyframe. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { nalType } from '../../h264/annex-b.ts';
import { type AccessUnit, accessUnit, type ParameterSets, rememberSets } from '../../h264/parameter-sets.ts';
import type { RtpPacket } from './packet.ts';

export interface DepacketizeState {
  readonly sets: ParameterSets;
  readonly sequence: number | undefined;
  /** RTP time of the access unit that is being assembled. */
  readonly timestamp: number | undefined;
  readonly units: readonly Uint8Array[];
  readonly fragments: readonly Uint8Array[];
  readonly size: number;
  /** Something of this access unit is missing. */
  readonly damaged: boolean;
  /** A picture was lost: pictures up to the next keyframe refer to it and are useless. */
  readonly awaitsKey: boolean;
}

export type Depacketized =
  | ({ readonly type: 'picture'; readonly timestamp: number } & AccessUnit)
  | { readonly type: 'damaged' };

/** Bytes, more than a 4K keyframe; a server that never ends a picture must not fill the memory. */
const largest = 8 * 1024 * 1024;
const packetTypes = { stapA: 24, fuA: 28 } as const;

export function h264Depacketizer(sets: ParameterSets = {}): Machine<DepacketizeState, RtpPacket, Depacketized> {
  return {
    initial: {
      sets,
      sequence: undefined,
      timestamp: undefined,
      units: [],
      fragments: [],
      size: 0,
      damaged: false,
      awaitsKey: true,
    },
    step(before, packet) {
      const events: Depacketized[] = [];
      let state = before;
      if (state.timestamp !== undefined && state.timestamp !== packet.timestamp) state = complete(state, events);
      state = { ...state, timestamp: packet.timestamp };
      const expected = state.sequence === undefined ? packet.sequence : (state.sequence + 1) & 0xffff;
      if (packet.sequence !== expected) state = damage(state, events);
      state = take({ ...state, sequence: packet.sequence }, packet.payload, events);
      return [packet.marker ? complete(state, events) : state, events];
    },
  };
}

function take(state: DepacketizeState, payload: Uint8Array, events: Depacketized[]): DepacketizeState {
  if (state.damaged) return state;
  const size = state.size + payload.length;
  const type = nalType(payload);
  // The first bit of a NAL unit is 0, always (ITU-T H.264 §7.4.1).
  if (size > largest || ((payload[0] as number) & 128) !== 0) return damage(state, events);
  if (type === packetTypes.fuA) return takeFragment({ ...state, size }, payload, events);
  if (state.fragments.length > 0) return damage(state, events);
  const units =
    type === packetTypes.stapA ? splitAggregate(payload) : type >= 1 && type <= 23 ? [payload.slice()] : undefined;
  return units ? { ...state, size, units: [...state.units, ...units] } : damage(state, events);
}

function takeFragment(state: DepacketizeState, payload: Uint8Array, events: Depacketized[]): DepacketizeState {
  const [indicator = 0, header = 0] = payload;
  const [starts, ends] = [(header & 128) !== 0, (header & 64) !== 0];
  if (payload.length < 3 || starts !== (state.fragments.length === 0)) return damage(state, events);
  const part = starts ? Uint8Array.of((indicator & 0xe0) | (header & 31), ...payload.subarray(2)) : payload.slice(2);
  const fragments = [...state.fragments, part];
  return ends ? { ...state, fragments: [], units: [...state.units, joined(fragments)] } : { ...state, fragments };
}

/** The NAL units of a STAP-A. @returns undefined where the sizes inside do not add up */
function splitAggregate(payload: Uint8Array): readonly Uint8Array[] | undefined {
  const units: Uint8Array[] = [];
  for (let at = 1; at < payload.length; ) {
    const size = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0);
    if (size === 0 || at + 2 + size > payload.length) return undefined;
    units.push(payload.slice(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return units;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Drops the rest of this access unit and all up to the next keyframe; parameter sets received so far are kept. */
function damage(state: DepacketizeState, events: Depacketized[]): DepacketizeState {
  if (!state.damaged) events.push({ type: 'damaged' });
  const sets = rememberSets(state.sets, state.units);
  return { ...state, sets, units: [], fragments: [], size: 0, damaged: true, awaitsKey: true };
}

function complete(state: DepacketizeState, events: Depacketized[]): DepacketizeState {
  const whole = state.fragments.length === 0 ? state : damage(state, events);
  const sets = rememberSets(whole.sets, whole.units);
  const unit = whole.damaged ? undefined : accessUnit(sets, whole.units);
  const shown = unit && (unit.key || !whole.awaitsKey);
  if (shown) events.push({ type: 'picture', timestamp: whole.timestamp as number, ...unit });
  const awaitsKey = whole.awaitsKey && !unit?.key;
  return { ...whole, sets, timestamp: undefined, units: [], fragments: [], size: 0, damaged: false, awaitsKey };
}
