/** Pure. Remembers the parameter sets of a stream and puts them in front of each key picture, so that any one can be decoded alone. */
import { joinUnits, nalType, nalTypes } from './annex-b.ts';

export interface ParameterSets {
  /** The newest of each; undefined until one was seen. */
  readonly sps?: Uint8Array;
  readonly pps?: Uint8Array;
}

/** An access unit with its parameter sets in front where it is a key picture; undefined where it holds no picture at all. */
export interface AccessUnit {
  readonly key: boolean;
  readonly data: Uint8Array;
}

/** Takes the newest sets out of NAL units (copied: the bytes may be on loan). */
export function rememberSets(sets: ParameterSets, units: readonly Uint8Array[]): ParameterSets {
  const sps = units.findLast((unit) => nalType(unit) === nalTypes.sps);
  const pps = units.findLast((unit) => nalType(unit) === nalTypes.pps);
  return { ...sets, ...(sps && { sps: sps.slice() }), ...(pps && { pps: pps.slice() }) };
}

/** @returns undefined where no slice is among the units, or where a key picture has no parameter sets yet. */
export function accessUnit(sets: ParameterSets, units: readonly Uint8Array[]): AccessUnit | undefined {
  const has = (type: number) => units.some((unit) => nalType(unit) === type);
  const key = has(nalTypes.idr);
  if (!key && !has(nalTypes.slice)) return undefined;
  const body = units.filter((unit) => nalType(unit) !== nalTypes.delimiter);
  if (!key) return { key, data: joinUnits(body) };
  const isSet = (unit: Uint8Array) => nalType(unit) === nalTypes.sps || nalType(unit) === nalTypes.pps;
  const rest = body.filter((unit) => !isSet(unit));
  const own = has(nalTypes.sps) && has(nalTypes.pps);
  if (own) return { key, data: joinUnits([...body.filter(isSet), ...rest]) };
  return sets.sps && sets.pps ? { key, data: joinUnits([sets.sps, sets.pps, ...rest]) } : undefined;
}
