/** Draws H.264 and H.265 units bit by bit: parameter sets, and slices with nothing but a header. */

/** `u` so many bits of a value; a bare number: Exponential Golomb; `s`: signed. */
export type Bits = readonly (number | readonly [value: number, bits: number] | { readonly s: number })[];

export function bitsToBytes(bits: Bits): number[] {
  let text = '';
  for (const one of bits) {
    if (Array.isArray(one)) text += one[0].toString(2).padStart(one[1], '0').slice(-one[1]);
    else {
      const value = typeof one === 'number' ? one : (one as { s: number }).s;
      const code = (typeof one === 'number' ? value : value > 0 ? 2 * value - 1 : -2 * value) + 1;
      const binary = code.toString(2);
      text += '0'.repeat(binary.length - 1) + binary;
    }
  }
  text += '1';
  return (text.match(/.{1,8}/g) ?? []).map((eight) => Number.parseInt(eight.padEnd(8, '0'), 2));
}

/** Emulation prevention (§7.4.1). */
function escaped(bytes: readonly number[]): number[] {
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte <= 3 && out.at(-1) === 0 && out.at(-2) === 0) out.push(3);
    out.push(byte);
  }
  return out;
}

const unit = (header: readonly number[], bits: Bits, tail: readonly number[] = []): Uint8Array =>
  Uint8Array.from([...header, ...escaped([...bitsToBytes(bits), ...tail])]);

export interface DrawnSps {
  readonly id?: number;
  readonly references?: number;
  readonly interlaced?: boolean;
  readonly columns?: number;
  readonly level?: number;
  readonly orderType?: 0 | 2;
  /** max_num_reorder_frames, where the set has a VUI. */
  readonly reordered?: number;
}

/** Main profile, 640x480, four bits of frame_num and six of the order count. */
export function h264Sps(given: DrawnSps = {}): Uint8Array {
  const { id = 0, references = 1, interlaced = false, columns = 40, level = 30, orderType = 0, reordered } = given;
  const restriction: Bits = [[0b0000000, 7], [0, 1], [1, 1], [1, 1], 0, 0, 0, 0, reordered ?? 0, 4];
  return unit(
    [0x67, 77, 0, level],
    [
      ...[id, 0, orderType, ...(orderType === 0 ? [2] : []), references],
      ...([[0, 1], columns - 1, (interlaced ? 15 : 30) - 1, [interlaced ? 0 : 1, 1]] as Bits),
      ...(interlaced ? ([[0, 1]] as Bits) : []),
      ...([
        [1, 1],
        [0, 1],
      ] as Bits),
      ...(reordered === undefined ? ([[0, 1]] as Bits) : ([[1, 1], ...restriction] as Bits)),
    ],
  );
}

export const h264Pps = (id = 0, sps = 0): Uint8Array =>
  unit([0x68], [id, sps, [0, 1], [0, 1], 0, 0, 0, [0, 3], 0, 0, 0, [0, 3]]);

export interface DrawnSlice {
  readonly type?: 'I' | 'P' | 'B';
  readonly first?: number;
  readonly pps?: number;
  readonly frame?: number;
  readonly order?: number;
  readonly reference?: boolean;
  readonly idr?: boolean;
  readonly size?: number;
}

/** A slice with a header, and as many bytes as wanted behind it. */
export function h264Slice(given: DrawnSlice = {}): Uint8Array {
  const {
    idr = false,
    type = idr ? 'I' : 'P',
    first = 0,
    pps = 0,
    frame = 0,
    order = 0,
    reference = true,
    size = 4,
  } = given;
  const kind = { P: 5, B: 6, I: 7 }[type];
  const header = (reference ? 0x60 : 0) | (idr ? 5 : 1);
  const bits: Bits = [first, kind, pps, [frame, 4], ...(idr ? [0] : []), [order, 6]];
  return unit(
    [header],
    bits,
    Array.from({ length: size }, (_, at) => 0x80 | (at & 63)),
  );
}

/** A recovery point after so many frames (§D.1.8). */
export function h264Recovery(frames: number): Uint8Array {
  const body = bitsToBytes([frames, [1, 1], [0, 1], [0, 2]]);
  return Uint8Array.from([0x06, 6, body.length, ...body, 0x80]);
}

export const h265Vps = Uint8Array.from([
  0x40, 1, 0x0c, 1, 0xff, 0xff, 1, 0x60, 0, 0, 3, 0, 0x90, 0, 0, 3, 0, 0, 3, 0, 60, 0x95, 0x98, 9,
]);

/** Main profile, one layer, eight bits of order count. */
export const h265Sps = ({ id = 0, references = 2, reordered = 0, width = 640, height = 480 } = {}): Uint8Array =>
  unit(
    [0x42, 1],
    [
      ...([
        [0, 4],
        [0, 3],
        [1, 1],
        [1, 8],
        [0x60000000, 32],
        [0x90000000, 32],
        [0, 16],
        [93, 8],
      ] as Bits),
      ...([id, 1, width, height, [0, 1], 0, 0, 4, [1, 1], references, reordered, 0] as Bits),
      ...([0, 3, 0, 3, 0, 0, [0, 1]] as Bits),
    ],
  );

export const h265Pps = (id = 0, sps = 0): Uint8Array =>
  unit([0x44, 1], [id, sps, [0, 1], [0, 1], [0, 3], [0, 1], [0, 1]]);

/** A slice segment: `type` as in table 7-1. */
export function h265Slice(type: number, { first = true, order = 0, kind = 1, pps = 0, layer = 0 } = {}): Uint8Array {
  const irap: Bits = type >= 16 && type <= 23 ? [[0, 1]] : [];
  const isIdr = type === 19 || type === 20;
  const rest: Bits = first ? [pps, kind, ...(isIdr ? [] : ([[order, 8]] as Bits))] : [pps, [5, 9]];
  return unit([type << 1, layer + 1], [[first ? 1 : 0, 1], ...irap, ...rest], [0xaa, 0xbb, 0xcc]);
}

/** A recovery point after so many pictures (H.265 §D.2.8). */
export function h265Recovery(pictures: number): Uint8Array {
  const body = bitsToBytes([{ s: pictures }, [1, 1], [0, 1]]);
  return Uint8Array.from([39 << 1, 1, 6, body.length, ...body, 0x80]);
}
