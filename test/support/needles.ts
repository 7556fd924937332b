/** Pure. Small pieces of pictures, to be looked for where no picture may be: whoever has kept some of it has kept some of these. */

const length = 24;
const most = 200;

/** @param bytes coded pictures @returns pieces spread over them, leaving out what may be words or filling */
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

/** Many different bytes, and not those of a text. */
const isPicture = (piece: Buffer): boolean =>
  new Set(piece).size > 16 && piece.filter((byte) => byte < 32 || byte > 126).length >= 8;

/** How many of the needles are in there. */
export const found = (needles: readonly Buffer[], haystack: Uint8Array): number => {
  const hay = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  return needles.filter((needle) => hay.includes(needle)).length;
};
