/**
 * Pure. From NAL units to pictures, for every codec that has them. A picture ends at the marker, at a new RTP time, or before a slice that
 * begins another. Where a marker turns out to stand behind each slice, or each slice to have a time of its own, the picture that was given
 * too early is given once more, whole, and markers, or times, no longer count. What is missing, and what that costs: `judge.ts`.
 */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Chain, itemsOf } from '../../codec/chain.ts';
import { splitUnits } from '../../codec/split-units.ts';
import type { Depacketized } from './depacketized.ts';
import type { Grammar } from './grammar.ts';
import { type Judged, judge, leaveOut, nothingJudged } from './judge.ts';
import { largestUnit, overhead, type Unpacked } from './unpack.ts';

/** The picture that is being put together. */
interface Unit {
  /** Its slices and what stands in front of them; the newest is a slice. */
  readonly slices: Chain<Uint8Array> | undefined;
  readonly hasFirst: boolean;
  readonly size: number;
  readonly loss: 'none' | 'harmless' | 'needed';
}

interface Front {
  readonly units: Chain<Uint8Array> | undefined;
  readonly size: number;
}

export interface Assembling<Sets> {
  readonly sets: Sets;
  /** Of the picture that is being put together. */
  readonly timestamp: number | undefined;
  /** Of the newest packets: another one where the times of slices lie. */
  readonly newest: number | undefined;
  readonly unit: Unit;
  /** Units in front of the next slice. */
  readonly front: Front;
  /** How it was before the last picture was given, by what it ended, and whether it was a key. */
  readonly given:
    | { readonly before: Assembling<Sets>; readonly by: 'marker' | 'time'; readonly key: boolean }
    | undefined;
  readonly markersLie: boolean;
  readonly timesLie: boolean;
  readonly judged: Judged;
  /** Packets that were lost right in front of the next. */
  readonly justLost: number;
  /** The camera gives pictures the same time: a loss within one time may be of several. */
  readonly sharedTimes: boolean;
  readonly lastTime: number | undefined;
}

const noUnit: Unit = { slices: undefined, hasFirst: false, size: 0, loss: 'none' };
const noFront: Front = { units: undefined, size: 0 };
const isPending = ({ unit }: Assembling<unknown>): boolean => unit.slices !== undefined || unit.loss !== 'none';

export function assembler<Sets>(grammar: Grammar<Sets>, sets: Sets): Machine<Assembling<Sets>, Unpacked, Depacketized> {
  type State = Assembling<Sets>;

  const tear = (state: State, header: Uint8Array): State => {
    const loss = state.unit.loss === 'needed' || grammar.isReference(header, state.sets) ? 'needed' : 'harmless';
    return { ...state, unit: { ...state.unit, loss } };
  };

  const addSlice = (before: State, slice: Uint8Array, told: Depacketized[]): State => {
    let state = before;
    const first = grammar.isFirstSlice(slice);
    if (first && state.unit.hasFirst && !grammar.mayHaveFields(state.sets))
      state = { ...complete(state, told), timestamp: state.newest };
    if (!first && !isPending(state)) state = withoutBeginning(state, slice, told);
    const { unit, front } = state;
    const size = unit.size + front.size + slice.length + overhead;
    if (size > largestUnit) return tear({ ...state, unit: { ...unit, slices: undefined, size: 0 } }, slice);
    let slices = unit.slices;
    for (const item of [...itemsOf(front.units), slice]) slices = { item, before: slices };
    return { ...state, front: noFront, unit: { ...unit, slices, size, hasFirst: unit.hasFirst || first } };
  };

  /** The first slice that came is not the picture's first: it was given too early, or the beginning was lost. */
  const withoutBeginning = (state: State, slice: Uint8Array, told: Depacketized[]): State => {
    const { given, judged } = state;
    if (!given) return judged.lost > 0 || judged.blind === 'always' ? tear(state, slice) : state;
    const markersLie = state.markersLie || given.by === 'marker';
    const timesLie = state.timesLie || given.before.timestamp !== state.timestamp;
    const again = { ...given.before, front: state.front, newest: state.newest, markersLie, timesLie };
    // A picture that others refer to has gone to the decoder in part, and cannot be taken back; a key begins anew.
    if (!given.key) return tear(again, slice);
    told.push({ type: 'part', timestamp: given.before.timestamp as number });
    return again;
  };

  const addFront = (state: State, item: Uint8Array): State => {
    const size = state.front.size + item.length + overhead;
    return { ...state, front: size > largestUnit ? noFront : { units: { item, before: state.front.units }, size } };
  };

  const complete = (before: State, told: Depacketized[]): State => {
    const { unit, timestamp } = before;
    const units = itemsOf(unit.slices);
    const known = grammar.remember(before.sets, units);
    const sharedTimes = before.sharedTimes || before.lastTime === timestamp;
    const state: State = { ...before, sets: known, unit: noUnit, sharedTimes, lastTime: timestamp };
    if (unit.loss !== 'none') return { ...state, judged: leaveOut(state.judged, unit.loss === 'needed', told) };
    const picture = grammar.read(known, units);
    return picture ? { ...state, judged: judge(state.judged, picture, grammar, timestamp as number, told) } : state;
  };

  /** What stood in front of a picture that is lost is lost with it, but for parameter sets: a recovery point means that picture alone. */
  const forgetFront = (state: State): State => ({
    ...state,
    sets: grammar.remember(state.sets, itemsOf(state.front.units)),
    front: noFront,
  });

  const lose = (state: State, many: number): State => {
    const torn = state.unit.slices ? tear(state, state.unit.slices.item) : state;
    return { ...torn, judged: { ...state.judged, lost: state.judged.lost + many }, justLost: many, given: undefined };
  };

  const goOn = (before: State, timestamp: number, told: Depacketized[]): State => {
    const state = { ...before, newest: timestamp };
    const { judged, justLost, unit } = state;
    if (state.timestamp === timestamp) {
      if (justLost === 0) return state;
      // Lost within one picture, which is left out for it: no other was in it.
      const within = isPending(state) && !state.sharedTimes ? justLost : 0;
      return { ...state, judged: { ...judged, lost: judged.lost - within }, justLost: 0 };
    }
    if (state.timesLie && isPending(state) && unit.loss === 'none') return { ...state, justLost: 0 };
    const rest = judged.lost > 0 || unit.loss !== 'none' ? forgetFront(state) : state;
    if (!isPending(rest)) return { ...rest, timestamp, justLost: 0 };
    return { ...give(rest, 'time', told), timestamp, justLost: 0 };
  };

  const give = (state: State, by: 'marker' | 'time', told: Depacketized[]): State => {
    const done = complete(state, told);
    const key = told.some((one) => one.type === 'picture' && one.key);
    return { ...done, given: { before: { ...state, given: undefined }, by, key } };
  };

  const add = (state: State, unit: Uint8Array, told: Depacketized[]): State => {
    const first = unit[0] ?? 0;
    if ((first & 128) !== 0) {
      // forbidden_zero_bit: the camera itself says that the unit is damaged.
      const header = Uint8Array.of(first & 127, ...unit.subarray(1, 3));
      return grammar.role(header) === 'slice' ? tear(state, header) : state;
    }
    // Shorter ones are what stands in front of a start code: the header of a fragment, not of a unit.
    const role = unit.length < 3 ? 'other' : grammar.role(unit);
    if (role === 'slice') return addSlice(state, unit, told);
    return role === 'front' ? addFront(state, unit) : state;
  };

  return {
    initial: {
      ...{ sets, timestamp: undefined, newest: undefined, unit: noUnit, front: noFront, given: undefined },
      ...{ markersLie: false, timesLie: false },
      ...{ judged: nothingJudged, justLost: 0, sharedTimes: false, lastTime: undefined },
    },
    step(state, event) {
      const told: Depacketized[] = [];
      switch (event.type) {
        case 'lost':
          return [lose(state, event.many), told];
        case 'time':
          return [goOn(state, event.timestamp, told), told];
        case 'torn':
          return [grammar.role(event.header) === 'slice' ? tear(state, event.header) : state, told];
        case 'unit': {
          let next = state;
          for (const unit of splitUnits(event.unit, grammar.begins)) next = add(next, unit, told);
          return [next, told];
        }
        case 'end':
          return [state.markersLie || !isPending(state) ? state : give(state, 'marker', told), told];
      }
    },
  };
}
