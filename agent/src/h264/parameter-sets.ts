/** Pure. Repeats a stream's parameter sets (SPS, PPS) in front of each keyframe, so that each keyframe can be decoded alone. */
import { bitsOf, readable } from '../codec/bits.ts';
import { trimmedSet } from '../codec/split-units.ts';
import { joinUnits, nalType, nalTypes, sameBytes } from './annex-b.ts';
import { readSlice } from './slice.ts';
import { readSps, type Sps } from './sps.ts';

/** The newest set of each id, 32 SPS and 256 PPS at most (§7.4.2): some cameras have several, and change between them. */
export interface ParameterSets {
  readonly sps?: ReadonlyMap<number, KnownSps>;
  readonly pps?: ReadonlyMap<number, KnownPps>;
}

interface KnownSps {
  readonly bytes: Uint8Array;
  /** Undefined: it cannot be read, and counts as id 0. */
  readonly read: Sps | undefined;
}

interface KnownPps {
  readonly bytes: Uint8Array;
  /** The id of its SPS. */
  readonly of: number;
}

/** One coded picture; a keyframe has its parameter sets in front. */
export interface AccessUnit {
  readonly key: boolean;
  readonly data: Uint8Array;
}

/** Bytes of a set; scaling lists take some hundred. */
const longest = 4096;

/** The sets, with those among these NAL units: copied, because the bytes may be on loan. */
export function rememberSets(sets: ParameterSets, units: readonly Uint8Array[]): ParameterSets {
  let known = sets;
  for (const unit of units) {
    if (unit.length > longest || !isSet(unit)) continue;
    const set = trimmedSet(unit);
    known = nalType(unit) === nalTypes.sps ? rememberSps(known, set) : rememberPps(known, set);
  }
  return known;
}

function rememberSps(sets: ParameterSets, unit: Uint8Array): ParameterSets {
  const read = readSps(unit);
  const id = read?.id ?? 0;
  const old = sets.sps?.get(id);
  if (old && sameBytes(old.bytes, unit)) return sets;
  return { ...sets, sps: new Map(sets.sps).set(id, { bytes: unit.slice(), read }) };
}

function rememberPps(sets: ParameterSets, unit: Uint8Array): ParameterSets {
  const bits = bitsOf(unit, 1, 12);
  const [id = 0, of = 0] = readable(() => [bits.unsigned(), bits.unsigned()]) ?? [];
  const known = id < 256 && of < 32 ? { id, of } : { id: 0, of: 0 };
  const old = sets.pps?.get(known.id);
  if (old && sameBytes(old.bytes, unit)) return sets;
  return { ...sets, pps: new Map(sets.pps).set(known.id, { bytes: unit.slice(), of: known.of }) };
}

const isSlice = (unit: Uint8Array): boolean => nalType(unit) === nalTypes.slice || nalType(unit) === nalTypes.idr;
const isSet = (unit: Uint8Array): boolean => nalType(unit) === nalTypes.sps || nalType(unit) === nalTypes.pps;

/** The SPS of a slice, if it is known and can be read. */
export function spsOf(sets: ParameterSets, slice: Uint8Array): Sps | undefined {
  const pps = sets.pps?.get(readSlice(slice)?.set ?? -1);
  return pps && sets.sps?.get(pps.of)?.read;
}

/**
 * These units as one block with all known sets in front, the active ones first: a decoder may look at the first of each alone.
 * @returns undefined where there are no sets
 */
export function withSets(sets: ParameterSets, units: readonly Uint8Array[]): Uint8Array | undefined {
  if (!sets.sps?.size || !sets.pps?.size) return undefined;
  const slice = units.find(isSlice);
  const id = slice && readSlice(slice)?.set;
  const active = (id !== undefined && sets.pps.get(id)) || ([...sets.pps.values()].at(-1) as KnownPps);
  const activeSps = sets.sps.get(active.of) ?? [...sets.sps.values()].at(-1);
  const others = [...sets.sps.values()].filter((one) => one !== activeSps);
  const dependent = [...sets.pps.values()].filter((one) => one !== active && sets.sps?.has(one.of));
  const front = [activeSps as KnownSps, active, ...others, ...dependent].map((one) => one.bytes);
  return joinUnits([...front, ...units.filter((unit) => !isSet(unit) && nalType(unit) !== nalTypes.delimiter)]);
}

/** @returns undefined where no slice is among the units, or where a keyframe has no parameter sets yet */
export function accessUnit(sets: ParameterSets, units: readonly Uint8Array[]): AccessUnit | undefined {
  if (!units.some(isSlice)) return undefined;
  const key = units.some((unit) => nalType(unit) === nalTypes.idr);
  const data = key ? withSets(sets, units) : joinUnits(units.filter((unit) => nalType(unit) !== nalTypes.delimiter));
  return data && { key, data };
}
