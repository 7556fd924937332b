/** Pure. Parses the beginning of an H.264 slice header (ITU-T H.264 §7.3.3): which set, which kind, where in the order. */
import { type BitReader, bitsOf, readable } from '../codec/bits.ts';
import { nalType, nalTypes } from './annex-b.ts';
import type { Sps } from './sps.ts';

export interface Slice {
  /** pic_parameter_set_id: the set that is active. */
  readonly set: number;
  /** An I or SI slice: nothing in it refers to another picture. */
  readonly intra: boolean;
  /** A B slice. */
  readonly bidirectional: boolean;
}

/** Bytes that hold all that is read here. */
const head = 24;

/** @returns undefined where the bytes are too few */
export const readSlice = (nal: Uint8Array): Slice | undefined => readable(() => kindOf(bitsOf(nal, 1, head)));

function kindOf(bits: BitReader): Slice {
  bits.unsigned();
  const type = bits.unsigned() % 5;
  return { set: bits.unsigned(), intra: type === 2 || type === 4, bidirectional: type === 1 };
}

export interface SliceOrder {
  /** frame_num: one more for each picture that later ones may refer to. */
  readonly frameNum: number;
  /** pic_order_cnt_lsb: the order in which pictures are shown; undefined where the stream counts by another rule. */
  readonly order: number | undefined;
}

/** @returns undefined where the bytes are too few */
export function readOrder(nal: Uint8Array, sps: Sps): SliceOrder | undefined {
  return readable(() => {
    const bits = bitsOf(nal, 1, head);
    kindOf(bits);
    if (sps.separatePlanes) bits.fixed(2);
    const frameNum = bits.fixed(sps.frameNumBits);
    if (!sps.framesOnly && bits.fixed(1)) bits.fixed(1);
    if (nalType(nal) === nalTypes.idr) bits.unsigned();
    return { frameNum, order: sps.orderBits > 0 ? bits.fixed(sps.orderBits) : undefined };
  });
}

/** first_mb_in_slice is 0: the slice begins a picture, or one of its fields. */
export const isFirstSlice = (nal: Uint8Array): boolean => ((nal[1] ?? 0) & 128) !== 0;
