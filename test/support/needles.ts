/** Pure. Byte sequences sampled from coded pictures, to be searched for where no picture may be stored. */

const length = 24;
const most = 200;

/** @param bytes coded pictures @returns sequences spread over them, without those that may be text or padding */
export function needlesOf(bytes: Uint8Array): readonly Buffer[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = Math.max(200, Math.floor(all.length / most));
  const pieces: Buffer[] = [];
  for (let at = 64; at + length < all.length; at += step) {
    const piece = all.subarray(at, at + length);
    if (isPicture(piece)) pieces.push(Buffer.from(piece));
  }
  return pieces;
}

/** High entropy, and not text. */
const isPicture = (piece: Buffer): boolean =>
  new Set(piece).size > 16 && piece.filter((byte) => byte < 32 || byte > 126).length >= 8;

/** @returns how many of the needles the haystack holds */
export const found = (needles: readonly Buffer[], haystack: Uint8Array): number => {
  const hay = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  return needles.filter((needle) => hay.includes(needle)).length;
};
