/** Pure. Writes a JPEG file round the coded data of a picture (RFC 2435 appendix B; JFIF 1.02; ITU-T T.81 annex B). */
import { joinedBytes } from '../codec/chain.ts';
import type { Size } from '../codec/size.ts';
import { huffmanTables } from './tables.ts';

export interface JpegLayout {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Chroma has half the width, or half the width and height. */
  readonly sampling: '4:2:2' | '4:2:0';
  /** One to four, in zigzag order: 64 bytes, or 128 where a value has 16 bits. */
  readonly quantizers: readonly Uint8Array[];
  /** Blocks between two restart markers; 0: there are none. */
  readonly restartEvery: number;
}

const segment = (kind: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = joinedBytes(parts);
  return joinedBytes([Uint8Array.of(0xff, kind, (body.length + 2) >> 8, (body.length + 2) & 255), body]);
};
const start = Uint8Array.of(0xff, 0xd8);
const end = Uint8Array.of(0xff, 0xd9);
/** «JFIF», version 1.02, square pixels, no small picture. */
const jfif = segment(0xe0, Uint8Array.of(0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0));
const huffman = segment(0xc4, ...huffmanTables);
const scan = segment(0xda, Uint8Array.of(3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0));

/** @param parts the coded data, with or without an end marker */
export function jpegFile(layout: JpegLayout, parts: readonly Uint8Array[]): Uint8Array {
  const { width, height, sampling, quantizers, restartEvery } = layout;
  const tables = quantizers.map((table, index) =>
    segment(0xdb, Uint8Array.of(table.length > 64 ? 16 | index : index), table),
  );
  const second = quantizers.length > 1 ? 1 : 0;
  const luma = sampling === '4:2:2' ? 0x21 : 0x22;
  const frame = Uint8Array.of(
    ...[8, height >> 8, height & 255, width >> 8, width & 255],
    ...[3, 1, luma, 0, 2, 0x11, second, 3, 0x11, second],
  );
  const restart = restartEvery > 0 ? [segment(0xdd, Uint8Array.of(restartEvery >> 8, restartEvery & 255))] : [];
  const last = parts.at(-1);
  const ended = last !== undefined && last.at(-2) === 0xff && last.at(-1) === 0xd9;
  const head = [start, jfif, ...tables, ...restart, segment(0xc0, frame), huffman, scan];
  return joinedBytes([...head, ...parts, ...(ended ? [] : [end])]);
}

/** @returns the size that a file's or a header's frame segment says (SOF0 to SOF2); undefined where there is none */
export function jpegSize(bytes: Uint8Array): Size | undefined {
  let at = bytes[0] === 0xff && bytes[1] === 0xd8 ? 2 : 0;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const kind = bytes[at + 1] ?? 0;
    const word = (index: number) => ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
    if (kind >= 0xc0 && kind <= 0xc2) return { height: word(at + 5), width: word(at + 7) };
    at += kind === 0xff ? 1 : 2 + word(at + 2);
  }
  return undefined;
}
