/**
 * Pure. From NAL units to pictures that can be shown, for every codec that has them: where a picture ends, and what a loss costs.
 *
 * A picture ends at the marker, at a new RTP time, or before a slice that begins another. Where a marker turns out to stand behind each
 * slice, the picture that was given too early is given once more, whole, and markers no longer count.
 *
 * A loss costs as little as can be proved, and never shows what was not sent:
 * - a picture of which a part is missing is left out. If no other refers to it, that is all;
 * - if others may refer to it, nothing is shown up to the next picture at which a decoder can begin;
 * - where packets are missing between whole pictures, the next one's place in the order of the references tells whether a picture was in
 *   them: if not (padding, messages, a repeated packet), they cost nothing.
 */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Chain, itemsOf } from '../../codec/chain.ts';
import type { Codec } from '../../codec/codec.ts';
import { splitUnits } from '../../codec/split-units.ts';
import type { CodedPicture, Depacketized } from './depacketized.ts';
import { largestUnit, overhead, type Unpacked } from './unpack.ts';

/** What the assembly has to know of a codec. */
export interface Grammar<Sets> {
  readonly codec: Codec;
  /** `front`: it belongs to the slices behind it. */
  role(unit: Uint8Array): 'slice' | 'front' | 'other';
  /** A unit may begin at this byte. */
  begins(bytes: Uint8Array, at: number): boolean;
  isFirstSlice(slice: Uint8Array): boolean;
  /** Later pictures may refer to the one of this slice; only its header is looked at. */
  isReference(header: Uint8Array, sets: Sets): boolean;
  /** A picture may be two fields, each with a first slice. */
  mayHaveFields(sets: Sets): boolean;
  remember(sets: Sets, units: readonly Uint8Array[]): Sets;
  read(sets: Sets, units: readonly Uint8Array[]): Picture | undefined;
  /** No picture that others may refer to was in so many lost packets. */
  follows(last: Picture, next: Picture, lost: number, beat: Beat): boolean;
}

export interface Picture {
  readonly begins: Begins | undefined;
  readonly reference: boolean;
  /** Where it stands in the order of the references (`frame_num`), or of all pictures, which wraps at `wraps`. */
  readonly place: { readonly at: number; readonly wraps: number } | undefined;
  /** It needs a picture from before `key`; `always`: which no decoder has, wherever it began. */
  leads(key: Picture): 'no' | 'yes' | 'always';
  /** The access unit; undefined: a beginning without parameter sets. */
  data(begins: boolean): Uint8Array | undefined;
}

/** Here a decoder can begin. */
export interface Begins {
  readonly wholeAfter: number;
  /** The stream says or proves it; else it is believed where nothing better ever comes. */
  readonly sure: boolean;
  /** No picture after it needs one from before it: an IDR picture. */
  readonly closed: boolean;
}

/** By how much the place of whole pictures grows, and how often it has in succession. */
export interface Beat {
  readonly step: number;
  readonly times: number;
}

interface Unit {
  readonly slices: Chain<Uint8Array> | undefined;
  readonly hasFirst: boolean;
  readonly size: number;
  readonly loss: 'none' | 'harmless' | 'needed';
}

export interface Assembling<Sets> {
  readonly sets: Sets;
  readonly timestamp: number | undefined;
  /** What is being put together, and units in front of the next slice. */
  readonly unit: Unit;
  readonly front: Chain<Uint8Array> | undefined;
  readonly frontSize: number;
  /** What the last marker has ended. */
  readonly given: (Unit & { readonly key: boolean }) | undefined;
  readonly markersLie: boolean;
  /** Nothing can be shown up to a beginning. `always`: nothing ever could. */
  readonly blind: 'no' | 'yes' | 'always';
  /** Packets that were lost since the last picture that was given, but for those within one that is left out, and the last of them. */
  readonly lost: number;
  readonly justLost: number;
  /** The camera gives pictures the same time: a loss within one time may be of several. */
  readonly sharedTimes: boolean;
  readonly lastTime: number | undefined;
  readonly last: Picture | undefined;
  readonly beat: Beat;
  readonly key: Picture | undefined;
  /** A decoder that got every picture so far began at the last key. */
  readonly beganAtKey: boolean;
  /** Pictures that others may refer to, until a refresh is complete. */
  readonly refreshing: number;
  /** Pictures that came while no sure beginning ever did. */
  readonly waited: number;
}

const nothing: Unit = { slices: undefined, hasFirst: false, size: 0, loss: 'none' };
/** Pictures without a sure beginning after which one that is not sure is taken: a camera that knows no others. */
const patience = 250;

export function assembler<Sets>(grammar: Grammar<Sets>, sets: Sets): Machine<Assembling<Sets>, Unpacked, Depacketized> {
  type State = Assembling<Sets>;
  const initial: State = {
    ...{ sets, timestamp: undefined, unit: nothing, front: undefined, frontSize: 0, given: undefined },
    ...{
      markersLie: false,
      blind: 'always',
      lost: 0,
      justLost: 0,
      last: undefined,
      beat: { step: 0, times: 0 },
      key: undefined,
    },
    ...{ beganAtKey: false, refreshing: 0, waited: 0, sharedTimes: false, lastTime: undefined },
  };

  const tear = (state: State, header: Uint8Array): State => {
    const loss = state.unit.loss === 'needed' || grammar.isReference(header, state.sets) ? 'needed' : 'harmless';
    return { ...state, unit: { ...state.unit, loss } };
  };

  const addSlice = (before: State, slice: Uint8Array, told: Depacketized[]): State => {
    let state = before;
    const first = grammar.isFirstSlice(slice);
    if (first && state.unit.hasFirst && !grammar.mayHaveFields(state.sets)) state = complete(state, told);
    if (!first && !state.unit.slices) state = withoutBeginning(state, slice);
    const { unit } = state;
    const size = unit.size + state.frontSize + slice.length + overhead;
    if (size > largestUnit)
      return { ...tear({ ...state, unit: { ...nothing, hasFirst: unit.hasFirst, loss: unit.loss } }, slice) };
    let slices = unit.slices;
    for (const item of [...itemsOf(state.front), slice]) slices = { item, before: slices };
    return {
      ...{ ...state, front: undefined, frontSize: 0 },
      unit: { ...unit, slices, size, hasFirst: unit.hasFirst || first },
    };
  };

  /** The first slice that came is not the picture's first: its marker stood too early, or the beginning was lost. */
  const withoutBeginning = (state: State, slice: Uint8Array): State => {
    const { given } = state;
    if (!given) return state.lost > 0 || state.blind === 'always' ? tear(state, slice) : state;
    const again = { ...state, markersLie: true, given: undefined, unit: { ...given } };
    // A picture that others refer to has gone to the decoder in part, and cannot be taken back; a key begins anew.
    return given.key ? again : tear(again, slice);
  };

  const addFront = (state: State, unit: Uint8Array): State => {
    const frontSize = state.frontSize + unit.length + overhead;
    if (frontSize > largestUnit) return { ...state, front: undefined, frontSize: 0 };
    return { ...state, front: { item: unit, before: state.front }, frontSize };
  };

  const complete = (before: State, told: Depacketized[]): State => {
    const { unit } = before;
    const units = itemsOf(unit.slices);
    const sets = grammar.remember(before.sets, units);
    const sharedTimes = before.sharedTimes || before.lastTime === before.timestamp;
    const state: State = { ...before, sets, unit: nothing, sharedTimes, lastTime: before.timestamp };
    if (unit.loss !== 'none') return leaveOut(state, unit.loss === 'needed', told);
    const picture = grammar.read(state.sets, units);
    return picture ? judge(state, picture, told) : state;
  };

  /** What stood in front of a picture that is lost is lost with it, but for parameter sets: a recovery point means that picture alone. */
  const forgetFront = (state: State): State => {
    const sets = grammar.remember(state.sets, itemsOf(state.front));
    return { ...state, sets, front: undefined, frontSize: 0 };
  };

  const leaveOut = (state: State, needed: boolean, told: Depacketized[]): State => {
    if (state.blind !== 'always') told.push({ type: 'damaged', needsKey: needed || state.blind === 'yes' });
    return { ...state, blind: needed && state.blind === 'no' ? 'yes' : state.blind };
  };

  const judge = (before: State, picture: Picture, told: Depacketized[]): State => {
    let state = before;
    const { begins } = picture;
    const taken = begins && (begins.sure || state.waited >= patience) ? begins : undefined;
    const doubtful = state.lost > 0 && state.blind === 'no' && !taken?.closed;
    if (doubtful && !(state.last && grammar.follows(state.last, picture, state.lost, state.beat)))
      state = leaveOut(state, true, told);
    if (!begins?.sure && state.blind === 'always') state = { ...state, waited: Math.min(state.waited + 1, patience) };
    if (state.blind !== 'no' && !taken) return state;
    const data = picture.data(taken !== undefined);
    if (!data) return state;
    const beginsNow = state.blind !== 'no';
    const leading = taken || !state.key ? 'no' : picture.leads(state.key);
    if (leading === 'always' || (leading === 'yes' && state.beganAtKey)) return state;
    const refreshing = refreshLeft(state, picture, taken?.wholeAfter, beginsNow);
    told.push({
      ...{ type: 'picture' as const, codec: grammar.codec, timestamp: state.timestamp as number },
      ...{ key: taken !== undefined, data },
      ...(taken && taken.wholeAfter > 0 && { wholeAfter: taken.wholeAfter }),
      ...(leading === 'yes' && { leading: true as const }),
      ...(refreshing > 0 && { unsure: true as const }),
    });
    return {
      ...{ ...state, blind: 'no', lost: 0, last: picture, refreshing, beat: beatOf(state, picture) },
      ...(taken && { key: picture, beganAtKey: beginsNow }),
    };
  };

  return {
    initial,
    step(state, event) {
      const told: Depacketized[] = [];
      switch (event.type) {
        case 'lost': {
          const torn = state.unit.slices ? tear(state, itemsOf(state.unit.slices)[0] as Uint8Array) : state;
          return [{ ...torn, lost: state.lost + event.many, justLost: event.many, given: undefined }, told];
        }
        case 'time': {
          if (state.timestamp === event.timestamp) {
            const within = isPending(state) && !state.sharedTimes ? state.justLost : 0;
            return [state.justLost === 0 ? state : { ...state, lost: state.lost - within, justLost: 0 }, told];
          }
          const torn = state.lost > 0 || state.unit.loss !== 'none';
          const rest = torn ? forgetFront(state) : state;
          const done = isPending(rest) ? complete(rest, told) : rest;
          return [{ ...done, timestamp: event.timestamp, given: undefined, justLost: 0 }, told];
        }
        case 'torn':
          return [grammar.role(event.header) === 'slice' ? tear(state, event.header) : state, told];
        case 'unit': {
          let next = state;
          for (const unit of splitUnits(event.unit, grammar.begins)) {
            if (((unit[0] ?? 0) & 128) !== 0) {
              // forbidden_zero_bit: the camera itself says that the unit is damaged.
              const header = Uint8Array.of((unit[0] ?? 0) & 127, ...unit.subarray(1, 3));
              if (grammar.role(header) === 'slice') next = tear(next, header);
              continue;
            }
            // Shorter ones are what stands in front of a start code: the header of a fragment, not of a unit.
            const role = unit.length < 3 ? 'other' : grammar.role(unit);
            if (role === 'slice') next = addSlice(next, unit, told);
            if (role === 'front') next = addFront(next, unit);
          }
          return [next, told];
        }
        case 'end': {
          if (state.markersLie || !isPending(state)) return [state, told];
          const { unit } = state;
          const done = complete(state, told);
          const picture = told.find((one): one is CodedPicture => one.type === 'picture');
          return [{ ...done, given: { ...unit, key: picture?.key ?? false } }, told];
        }
      }
    },
  };
}

const isPending = ({ unit }: Assembling<unknown>): boolean => unit.slices !== undefined || unit.loss !== 'none';

/** How many more pictures are not whole, this one counted: each that others may refer to brings the refresh on by one. */
function refreshLeft<Sets>(state: Assembling<Sets>, picture: Picture, wholeAfter: number | undefined, now: boolean) {
  const left = state.refreshing - (picture.reference ? 1 : 0);
  if (now) return wholeAfter ?? 0;
  return Math.max(Math.min(left, wholeAfter ?? left), 0);
}

function beatOf<Sets>({ last, beat, lost }: Assembling<Sets>, { place, begins }: Picture): Beat {
  if (!last?.place || !place || begins || lost > 0) return beat;
  const step = (place.at - last.place.at + place.wraps) % place.wraps;
  return { step, times: step === beat.step ? Math.min(beat.times + 1, 1000) : 0 };
}
