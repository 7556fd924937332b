/** Pure. Parses an H.264 sequence parameter set (ITU-T H.264 §7.3.2.1.1 and Annex E): profile, level, size, reordering. */

export interface Sps {
  readonly profile: number;
  readonly level: number;
  /** Size of the picture in pixels, after the cropping that the set asks for. */
  readonly width: number;
  readonly height: number;
  /** Pictures of reordering (max_num_reorder_frames); undefined where the set does not say; 0 for baseline profiles. */
  readonly reordered: number | undefined;
}

/** @param nal the NAL unit, without start code. @returns undefined where the bytes are no parameter set. */
export function readSps(nal: Uint8Array): Sps | undefined {
  if (nal.length < 4 || ((nal[0] ?? 0) & 0x9f) !== 7) return undefined;
  try {
    return read(nal);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const highProfiles = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

function read(nal: Uint8Array): Sps | undefined {
  const bits = bitReader(withoutEmulation(nal.subarray(1)));
  const profile = bits.fixed(8);
  bits.fixed(8);
  const level = bits.fixed(8);
  bits.unsigned();
  let chroma = 1;
  if (highProfiles.includes(profile)) chroma = readHigh(bits);
  bits.unsigned();
  readOrderCount(bits);
  bits.unsigned();
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
  return { profile, level, width, height, reordered: profile === 66 ? 0 : readReordered(bits) };
}

function readHigh(bits: BitReader): number {
  const chroma = bits.unsigned();
  if (chroma === 3) bits.fixed(1);
  bits.unsigned();
  bits.unsigned();
  bits.fixed(1);
  const lists = bits.fixed(1) ? (chroma === 3 ? 12 : 8) : 0;
  for (let list = 0; list < lists; list++) {
    const given = bits.fixed(1);
    if (given) skipScaling(bits, list < 6 ? 16 : 64);
  }
  return chroma;
}

function skipScaling(bits: BitReader, size: number): void {
  for (let index = 0, last = 8, next = 8; index < size; index++) {
    if (next !== 0) next = (last + bits.signed() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

function readOrderCount(bits: BitReader): void {
  const type = bits.unsigned();
  if (type === 0) bits.unsigned();
  if (type !== 1) return;
  bits.fixed(1);
  bits.signed();
  bits.signed();
  for (let left = bits.unsigned(); left > 0; left--) bits.signed();
}

/** Reads the bitstream restriction at the end of the VUI; most encoders write it, some cameras do not. */
function readReordered(bits: BitReader): number | undefined {
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
  for (let index = 0; index < count; index++) {
    bits.unsigned();
    bits.unsigned();
    bits.fixed(1);
  }
  bits.fixed(20);
}

interface BitReader {
  /** Reads so many bits; returns the last 32 of them. */
  fixed(count: number): number;
  /** Exponential Golomb codes (§9.1), without and with a sign. */
  unsigned(): number;
  signed(): number;
}

function bitReader(bytes: Uint8Array): BitReader {
  let at = 0;
  const one = () => {
    const byte = bytes[at >> 3];
    if (byte === undefined) throw new RangeError('The parameter set is too short.');
    return (byte >> (7 - (at++ & 7))) & 1;
  };
  const fixed = (count: number) => {
    let value = 0;
    for (let bit = 0; bit < count; bit++) value = ((value << 1) | one()) >>> 0;
    return value;
  };
  const unsigned = () => {
    let zeros = 0;
    while (one() === 0) if (++zeros > 31) throw new RangeError('A number of the parameter set is too long.');
    return 2 ** zeros - 1 + fixed(zeros);
  };
  const signed = () => {
    const value = unsigned();
    return value % 2 === 0 ? -value / 2 : (value + 1) / 2;
  };
  return { fixed, unsigned, signed };
}

/** Removes the emulation prevention bytes (§7.4.1). */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  const plain: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    plain.push(byte);
  }
  return Uint8Array.from(plain);
}
