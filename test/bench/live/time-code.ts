/** Pure. Burnt-in time code of the test camera: the picture's number as a row of dark and light cells along the lower edge. */

/** A light and a dark reference cell, ten bits of number, four of checksum; page/reader.js reads the same layout. */
export const codeCells = 16;
export const codeHeight = 24;
/** Number of distinct codes. */
export const mostCodes = 1024;

/** @returns one byte of luminance a cell, left to right */
export function cellsOf(number: number): Uint8Array {
  const check = (number ^ (number >> 4) ^ (number >> 8) ^ 0b0110) & 15;
  const bits = [true, false];
  for (let bit = 9; bit >= 0; bit--) bits.push(((number >> bit) & 1) === 1);
  for (let bit = 3; bit >= 0; bit--) bits.push(((check >> bit) & 1) === 1);
  return Uint8Array.from(bits, (light) => (light ? 220 : 30));
}
