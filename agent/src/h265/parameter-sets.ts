/** Pure. The parameter sets of an H.265 stream (VPS, SPS, PPS) by their ids, and in front of each picture where a decoder can begin. */
import { bitsOf, readable } from '../codec/bits.ts';
import { trimmedSet } from '../codec/split-units.ts';
import { joinUnits, sameBytes } from '../h264/annex-b.ts';
import { h265Type, h265Types, isH265Slice, isIrap } from './nal.ts';
import { type H265Sps, readH265Sps } from './sps.ts';

/** The newest set of each id, 16 VPS, 16 SPS and 64 PPS at most (§7.4.3). */
export interface H265Sets {
  readonly vps: ReadonlyMap<number, Uint8Array>;
  readonly sps: ReadonlyMap<number, { readonly bytes: Uint8Array; readonly read: H265Sps | undefined }>;
  readonly pps: ReadonlyMap<number, H265Pps>;
}

export interface H265Pps {
  readonly bytes: Uint8Array;
  /** The id of its SPS. */
  readonly of: number;
  /** pic_output_flag is in each slice header, and so many bits that mean nothing. */
  readonly outputFlag: boolean;
  readonly extraBits: number;
}

export const noH265Sets: H265Sets = { vps: new Map(), sps: new Map(), pps: new Map() };
/** Bytes of a set. */
const longest = 4096;

/** The sets, with those among these NAL units: copied, because the bytes may be on loan. */
export function rememberH265Sets(sets: H265Sets, units: readonly Uint8Array[]): H265Sets {
  let known = sets;
  for (const one of units) {
    const type = h265Type(one);
    if (one.length > longest || one.length < 3 || type < h265Types.vps || type > h265Types.pps) continue;
    const unit = trimmedSet(one);
    if (type === h265Types.vps) {
      const id = (unit[2] ?? 0) >> 4;
      if (!isKnown(known.vps.get(id), unit)) known = { ...known, vps: new Map(known.vps).set(id, unit.slice()) };
    } else if (type === h265Types.sps) {
      const read = readH265Sps(unit);
      const id = read?.id ?? 0;
      if (isKnown(known.sps.get(id)?.bytes, unit)) continue;
      known = { ...known, sps: new Map(known.sps).set(id, { bytes: unit.slice(), read }) };
    } else if (type === h265Types.pps) {
      const { id, pps } = readPps(unit);
      if (!isKnown(known.pps.get(id)?.bytes, unit)) known = { ...known, pps: new Map(known.pps).set(id, pps) };
    }
  }
  return known;
}

const isKnown = (old: Uint8Array | undefined, unit: Uint8Array): boolean => old !== undefined && sameBytes(old, unit);

function readPps(unit: Uint8Array): { readonly id: number; readonly pps: H265Pps } {
  const bytes = unit.slice();
  const unread = { id: 0, pps: { bytes, of: 0, outputFlag: false, extraBits: 0 } };
  const read = readable(() => {
    const bits = bitsOf(unit, 2, 12);
    const [id, of] = [bits.unsigned(), bits.unsigned()];
    bits.fixed(1);
    return { id, pps: { bytes, of, outputFlag: bits.fixed(1) === 1, extraBits: bits.fixed(3) } };
  });
  return read && read.id < 64 && read.pps.of < 16 ? read : unread;
}

/** The PPS that a slice segment names, and its SPS. */
export function activeSets(sets: H265Sets, slice: Uint8Array) {
  const id = readable(() => {
    const bits = bitsOf(slice, 2, 12);
    bits.fixed(isIrap(h265Type(slice)) ? 2 : 1);
    return bits.unsigned();
  });
  const pps = id === undefined ? undefined : sets.pps.get(id);
  return { pps, sps: pps && sets.sps.get(pps.of) };
}

/**
 * These units as one block with all known sets in front, the active ones first.
 * @returns undefined where one of the three is not known
 */
export function withH265Sets(sets: H265Sets, units: readonly Uint8Array[]): Uint8Array | undefined {
  const slice = units.find(isH265Slice);
  const active: Partial<ReturnType<typeof activeSets>> = slice ? activeSets(sets, slice) : {};
  const vps = sets.vps.get(active.sps?.read?.vps ?? -1) ?? [...sets.vps.values()].at(-1);
  const sps = active.sps ?? [...sets.sps.values()].at(-1);
  const pps = active.pps ?? [...sets.pps.values()].at(-1);
  if (!vps || !sps || !pps) return undefined;
  const others = [
    ...[...sets.vps.values()].filter((one) => one !== vps),
    ...[...sets.sps.values()].filter((one) => one !== sps).map((one) => one.bytes),
    ...[...sets.pps.values()].filter((one) => one !== pps && sets.sps.has(one.of)).map((one) => one.bytes),
  ];
  const isSet = (unit: Uint8Array) => h265Type(unit) >= h265Types.vps && h265Type(unit) <= h265Types.pps;
  return joinUnits([vps, sps.bytes, pps.bytes, ...others, ...units.filter((unit) => !isSet(unit))]);
}
