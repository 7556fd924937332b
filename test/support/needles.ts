/** Pure. Small pieces of pictures, to be looked for where no picture may be: whoever has kept any of it has kept some of these. */

const length = 24;
const step = 700;

/** @param bytes coded pictures @returns pieces of them that are nothing but picture: those with few different bytes are left out */
export function needlesOf(bytes: Uint8Array): readonly Buffer[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Buffer[] = [];
  for (let at = 64; at + length < all.length; at += step) {
    const piece = all.subarray(at, at + length);
    if (new Set(piece).size > 16) pieces.push(Buffer.from(piece));
  }
  return pieces;
}

/** How many of the needles are in there. */
export const found = (needles: readonly Buffer[], haystack: Uint8Array): number => {
  const hay = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  return needles.filter((needle) => hay.includes(needle)).length;
};
