/** Pure. Parses the beginning of an H.265 slice segment header (ITU-T H.265 §7.3.6.1). */
import { bitsOf, readable } from '../codec/bits.ts';
import { h265Type, isIdr, isIrap } from './nal.ts';
import type { H265Pps } from './parameter-sets.ts';
import type { H265Sps } from './sps.ts';

export interface H265Slice {
  /** An I slice: nothing in it refers to another picture. */
  readonly intra: boolean;
  /** slice_pic_order_cnt_lsb: the order in which pictures are shown; 0 for an IDR picture. */
  readonly order: number;
}

/** first_slice_segment_in_pic_flag */
export const isFirstSegment = (nal: Uint8Array): boolean => ((nal[2] ?? 0) & 128) !== 0;

/** @param nal the first slice segment of a picture. @returns undefined where it is not, or its bytes are too few */
export function readH265Slice(nal: Uint8Array, sps: H265Sps, pps: H265Pps): H265Slice | undefined {
  if (!isFirstSegment(nal)) return undefined;
  return readable(() => {
    const bits = bitsOf(nal, 2, 24);
    const type = h265Type(nal);
    bits.fixed(isIrap(type) ? 2 : 1);
    bits.unsigned();
    bits.fixed(pps.extraBits);
    const kind = bits.unsigned();
    if (pps.outputFlag) bits.fixed(1);
    if (sps.separatePlanes) bits.fixed(2);
    return { intra: kind === 2, order: isIdr(type) ? 0 : bits.fixed(sps.orderBits) };
  });
}
