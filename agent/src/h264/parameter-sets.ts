/** Pure. Repeats a stream's parameter sets (SPS, PPS) in front of each keyframe, so that each keyframe can be decoded alone. */
import { joinUnits, nalType, nalTypes } from './annex-b.ts';

export interface ParameterSets {
  /** The newest of each; absent until the first. */
  readonly sps?: Uint8Array;
  readonly pps?: Uint8Array;
}

/** One coded picture; a keyframe has its parameter sets in front. */
export interface AccessUnit {
  readonly key: boolean;
  readonly data: Uint8Array;
}

/** The newest sets of these NAL units, copied, because the bytes may be on loan. */
export function rememberSets(sets: ParameterSets, units: readonly Uint8Array[]): ParameterSets {
  const sps = units.findLast((unit) => nalType(unit) === nalTypes.sps);
  const pps = units.findLast((unit) => nalType(unit) === nalTypes.pps);
  return { ...sets, ...(sps && { sps: sps.slice() }), ...(pps && { pps: pps.slice() }) };
}

/** @returns undefined where no slice is among the units, or where a keyframe has no parameter sets yet */
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
