/** Pure. The tables that JPEG over RTP leaves out: quantization by quality (RFC 2435 §4.2 and appendix A), Huffman codes (ITU-T T.81 §K.3). */

/** Luma, then chroma, of quality 50, in the zigzag order of a file. */
const usual = [
  ...[
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
  ],
  ...[
    60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113,
    121,
  ],
  ...[112, 100, 120, 92, 101, 103, 99],
  ...[17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, ...new Array<number>(48).fill(99)],
];

/** @param quality 1 to 99. @returns the two tables, 64 bytes each, one behind the other */
export function quantization(quality: number): Uint8Array {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - quality * 2;
  return Uint8Array.from(usual, (value) => Math.min(Math.max(Math.floor((value * scale + 50) / 100), 1), 255));
}

const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (one) => Number.parseInt(one, 16));

/** As in a file: class and destination, how many codes there are of each length from 1 to 16 bits, and what they stand for. */
export const huffmanTables: readonly Uint8Array[] = [
  hex('0000010501010101010100000000000000000102030405060708090a0b'),
  hex(
    `100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a2526
2728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5
a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa`.replaceAll(
      '\n',
      '',
    ),
  ),
  hex('0100030101010101010101010000000000000102030405060708090a0b'),
  hex(
    `11000201020404030407050404000102770001020311040521310612415107617113223281081442
91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a7374757677
78797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8
e9eaf2f3f4f5f6f7f8f9fa`.replaceAll('\n', ''),
  ),
];
