/** Pure. Splits what a camera takes for one NAL unit and is several, with start codes between them (Annex B of ITU-T H.264 and H.265). */

const startCode = Uint8Array.of(0, 0, 1);

/**
 * In a unit the bytes 0, 0, 1 cannot stand (§7.4.1 of H.264), so that where they stand the camera has put a byte stream in.
 * @param begins whether a unit may begin at this index. @returns views, without start codes and the zero bytes round them
 */
export function splitUnits(bytes: Uint8Array, begins: (bytes: Uint8Array, at: number) => boolean): Uint8Array[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found = all.indexOf(startCode);
  if (found < 0) return bytes.length > 0 ? [bytes] : [];
  const units: Uint8Array[] = [];
  let from = 0;
  for (; found >= 0; found = all.indexOf(startCode, found + 3)) {
    if (!begins(bytes, found + 3)) continue;
    add(units, bytes, from, found);
    from = found + 3;
  }
  add(units, bytes, from, bytes.length);
  return units;
}

function add(units: Uint8Array[], bytes: Uint8Array, from: number, end: number): void {
  let last = end;
  while (last > from && bytes[last - 1] === 0) last--;
  if (last > from) units.push(bytes.subarray(from, last));
}

/** A parameter set as it should be: without zero bytes behind it, and with emulation prevention. */
export function trimmedSet(set: Uint8Array): Uint8Array {
  let end = set.length;
  while (end > 0 && set[end - 1] === 0) end--;
  return withEmulation(set.subarray(0, end));
}

/**
 * Puts emulation prevention in (§7.4.1 of H.264) where a camera has left it out of a parameter set, so that nobody takes what is in it for
 * a start code. Where it is in, nothing changes.
 */
function withEmulation(set: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  let zeros = 0;
  for (const byte of set) {
    if (zeros >= 2 && byte < 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return bytes.length === set.length ? set : Uint8Array.from(bytes);
}
