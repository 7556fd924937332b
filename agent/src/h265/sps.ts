/** Pure. Parses an H.265 sequence parameter set (ITU-T H.265 §7.3.2.2): profile, level, size, reordering. */
import { type BitReader, bitsOf, readable } from '../codec/bits.ts';
import { h265Type, h265Types } from './nal.ts';

export interface H265Sps {
  /** sps_seq_parameter_set_id, 0 to 15, and the id of its VPS. */
  readonly id: number;
  readonly vps: number;
  readonly profile: number;
  /** general_level_idc: 30 times the level. */
  readonly level: number;
  /** Size of the picture in pixels, after the cropping that the set asks for. */
  readonly width: number;
  readonly height: number;
  /** sps_max_num_reorder_pics: pictures that may come before their turn, 0 to 16. */
  readonly reorderDepth: number;
  /** sps_max_dec_pic_buffering_minus1: pictures that a later one may refer to. */
  readonly references: number;
  /** Bits of the order count in a slice header, 4 to 16. */
  readonly orderBits: number;
  /** separate_colour_plane_flag */
  readonly separatePlanes: boolean;
  /** The highest temporal layer; nothing refers to its sub-layer non-reference pictures. */
  readonly highestLayer: number;
}

/** @param nal the NAL unit, without start code. @returns undefined where the bytes are no parameter set. */
export function readH265Sps(nal: Uint8Array): H265Sps | undefined {
  if (nal.length < 15 || h265Type(nal) !== h265Types.sps) return undefined;
  return readable(() => read(bitsOf(nal, 2)));
}

function read(bits: BitReader): H265Sps | undefined {
  const vps = bits.fixed(4);
  const highestLayer = bits.fixed(3);
  bits.fixed(1);
  const { profile, level } = readProfile(bits, highestLayer);
  const id = bits.unsigned();
  const chroma = bits.unsigned();
  const separatePlanes = chroma === 3 && bits.fixed(1) === 1;
  const [fullWidth, fullHeight] = [bits.unsigned(), bits.unsigned()];
  const [left, right, top, bottom] = bits.fixed(1)
    ? [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()]
    : [0, 0, 0, 0];
  const [cropX, cropY] = [chroma === 1 || chroma === 2 ? 2 : 1, chroma === 1 ? 2 : 1];
  const width = fullWidth - (left + right) * cropX;
  const height = fullHeight - (top + bottom) * cropY;
  bits.unsigned();
  bits.unsigned();
  const orderBits = bits.unsigned() + 4;
  let [references, reorderDepth] = [0, 0];
  for (let layer = bits.fixed(1) ? 0 : highestLayer; layer <= highestLayer; layer++) {
    references = bits.unsigned();
    reorderDepth = bits.unsigned();
    bits.unsigned();
  }
  if (width < 8 || height < 8 || width > 16384 || height > 16384 || chroma > 3 || highestLayer > 6) return undefined;
  if (id > 15 || orderBits > 16 || references > 16 || reorderDepth > references) return undefined;
  return { id, vps, profile, level, width, height, reorderDepth, references, orderBits, separatePlanes, highestLayer };
}

/** profile_tier_level (§7.3.3). */
function readProfile(bits: BitReader, layers: number) {
  bits.fixed(3);
  const profile = bits.fixed(5);
  bits.fixed(80);
  const level = bits.fixed(8);
  const given = Array.from({ length: layers }, () => [bits.fixed(1), bits.fixed(1)]);
  if (layers > 0) bits.fixed(2 * (8 - layers));
  for (const [hasProfile, hasLevel] of given) bits.fixed((hasProfile ? 88 : 0) + (hasLevel ? 8 : 0));
  return { profile, level };
}
