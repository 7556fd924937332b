/** Pure. Parses an H.264 sequence parameter set (ITU-T H.264 §7.3.2.1.1 and Annex E): profile, level, size, reordering. */
import { type BitReader, bitsOf, readable } from '../codec/bits.ts';

export interface Sps {
  /** seq_parameter_set_id, 0 to 31. */
  readonly id: number;
  readonly profile: number;
  readonly level: number;
  /** Size of the picture in pixels, after the cropping that the set asks for. */
  readonly width: number;
  readonly height: number;
  /** Pictures of reordering (max_num_reorder_frames); undefined where the set does not say; 0 for baseline profiles. */
  readonly reordered: number | undefined;
  /** Pictures that may come before their turn, 0 to 16: as the set says, else as many as its level and reference frames allow. */
  readonly reorderDepth: number;
  /** max_num_ref_frames: pictures that a later one may refer to. */
  readonly references: number;
  /** Bits of frame_num, and of the order count in a slice header (0: it has none). */
  readonly frameNumBits: number;
  readonly orderBits: number;
  /** frame_mbs_only_flag: no pictures of two fields. */
  readonly framesOnly: boolean;
  /** separate_colour_plane_flag */
  readonly separatePlanes: boolean;
}

/** @param nal the NAL unit, without start code. @returns undefined where the bytes are no parameter set. */
export function readSps(nal: Uint8Array): Sps | undefined {
  if (nal.length < 4 || ((nal[0] ?? 0) & 0x9f) !== 7) return undefined;
  return readable(() => read(nal));
}

const highProfiles = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

function read(nal: Uint8Array): Sps | undefined {
  const bits = bitsOf(nal, 1);
  const profile = bits.fixed(8);
  const constraints = bits.fixed(8);
  const level = bits.fixed(8);
  const id = bits.unsigned();
  const { chroma, separatePlanes } = highProfiles.includes(profile)
    ? readHigh(bits)
    : { chroma: 1, separatePlanes: false };
  const frameNumBits = bits.unsigned() + 4;
  const orderBits = readOrderCount(bits);
  const references = bits.unsigned();
  bits.fixed(1);
  const columns = bits.unsigned() + 1;
  const rows = bits.unsigned() + 1;
  const framesOnly = bits.fixed(1);
  if (!framesOnly) bits.fixed(1);
  bits.fixed(1);
  const [left, right, top, bottom] = bits.fixed(1)
    ? [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()]
    : [0, 0, 0, 0];
  const [cropX, cropY] = [chroma === 1 || chroma === 2 ? 2 : 1, (chroma === 1 ? 2 : 1) * (2 - framesOnly)];
  const width = columns * 16 - (left + right) * cropX;
  const height = rows * 16 * (2 - framesOnly) - (top + bottom) * cropY;
  if (width < 16 || height < 16 || width > 16384 || height > 16384) return undefined;
  if (id > 31 || frameNumBits > 16 || orderBits > 16) return undefined;
  const reordered = profile === 66 ? 0 : readReordered(bits);
  const most = columns * rows * (2 - framesOnly);
  const bound = orderBits === 0 || references <= 1 ? 0 : Math.min(references, storedFrames(level, constraints, most));
  return {
    ...{ id, profile, level, width, height, reordered, references, frameNumBits },
    ...{ orderBits: Math.max(orderBits, 0), framesOnly: framesOnly === 1, separatePlanes },
    reorderDepth: Math.min(reordered ?? bound, 16),
  };
}

/** MaxDpbMbs of each level (table A-1), level 1b as 9. */
const storedBlocks: Readonly<Record<number, number>> = {
  ...{ 9: 396, 10: 396, 11: 900, 12: 2376, 13: 2376, 20: 2376, 21: 4752, 22: 8100, 30: 8100, 31: 18000, 32: 20480 },
  ...{ 40: 32768, 41: 32768, 42: 34816, 50: 110400, 51: 184320, 52: 184320, 60: 696320, 61: 696320, 62: 696320 },
};

/** MaxDpbFrames (§A.3.1): what max_num_reorder_frames is where the set does not say it (§E.2.1). */
function storedFrames(level: number, constraints: number, blocks: number): number {
  const known = level === 11 && (constraints & 16) !== 0 ? 9 : level;
  return Math.min(Math.floor((storedBlocks[known] ?? 696320) / blocks), 16);
}

function readHigh(bits: BitReader) {
  const chroma = bits.unsigned();
  const separatePlanes = chroma === 3 && bits.fixed(1) === 1;
  bits.unsigned();
  bits.unsigned();
  bits.fixed(1);
  const lists = bits.fixed(1) ? (chroma === 3 ? 12 : 8) : 0;
  for (let list = 0; list < lists; list++) {
    const given = bits.fixed(1);
    if (given) skipScaling(bits, list < 6 ? 16 : 64);
  }
  return { chroma, separatePlanes };
}

function skipScaling(bits: BitReader, size: number): void {
  for (let index = 0, last = 8, next = 8; index < size; index++) {
    if (next !== 0) next = (last + bits.signed() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

/** @returns bits of the order count; -1: by another rule (type 1); 0: pictures come in the order in which they are shown (type 2) */
function readOrderCount(bits: BitReader): number {
  const type = bits.unsigned();
  if (type === 0) return bits.unsigned() + 4;
  if (type !== 1) return 0;
  bits.fixed(1);
  bits.signed();
  bits.signed();
  // 255 at most (§7.4.2.1.1).
  for (let left = Math.min(bits.unsigned(), 256); left > 0; left--) bits.signed();
  return -1;
}

/** Reads the bitstream restriction at the end of the VUI; most encoders write it, some cameras do not, or end the set before it. */
function readReordered(bits: BitReader): number | undefined {
  return readable(() => readRestriction(bits));
}

function readRestriction(bits: BitReader): number | undefined {
  if (!bits.fixed(1)) return undefined;
  if (bits.fixed(1) && bits.fixed(8) === 255) bits.fixed(32);
  if (bits.fixed(1)) bits.fixed(1);
  if (bits.fixed(1)) {
    bits.fixed(4);
    if (bits.fixed(1)) bits.fixed(24);
  }
  if (bits.fixed(1)) {
    bits.unsigned();
    bits.unsigned();
  }
  if (bits.fixed(1)) bits.fixed(65);
  const nal = bits.fixed(1);
  if (nal) skipReference(bits);
  const vcl = bits.fixed(1);
  if (vcl) skipReference(bits);
  if (nal || vcl) bits.fixed(1);
  bits.fixed(1);
  if (!bits.fixed(1)) return undefined;
  bits.fixed(1);
  for (let field = 0; field < 4; field++) bits.unsigned();
  return bits.unsigned();
}

/** The parameters of the hypothetical reference decoder (§E.1.2). */
function skipReference(bits: BitReader): void {
  const count = bits.unsigned() + 1;
  bits.fixed(8);
  // 32 at most; more is rubbish, whose end the bits find.
  for (let index = 0; index < count; index++) {
    bits.unsigned();
    bits.unsigned();
    bits.fixed(1);
  }
  bits.fixed(20);
}
