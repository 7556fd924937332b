/** Pure. H.264 byte stream format: NAL units between start codes (ITU-T H.264 Annex B). */

export const nalTypes = { slice: 1, idr: 5, sei: 6, sps: 7, pps: 8, delimiter: 9 } as const;

/** @param nal a NAL unit without its start code; at least one byte. */
export const nalType = (nal: Uint8Array): number => (nal[0] ?? 0) & 31;

/** The NAL units of an access unit, without start codes and the zero bytes after them; views, not copies. */
export function nalUnits(data: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  let from = -1;
  for (let at = 0; at + 2 < data.length; at++) {
    if (data[at] !== 0 || data[at + 1] !== 0 || data[at + 2] !== 1) continue;
    if (from >= 0) addUnit(units, data, from, at);
    from = at + 3;
    at += 2;
  }
  if (from >= 0) addUnit(units, data, from, data.length);
  return units;
}

function addUnit(units: Uint8Array[], data: Uint8Array, from: number, end: number): void {
  let last = end;
  while (last > from && data[last - 1] === 0) last--;
  if (last > from) units.push(data.subarray(from, last));
}

/** NAL units as one block, a four byte start code in front of each. */
export function joinUnits(units: readonly Uint8Array[]): Uint8Array {
  const data = new Uint8Array(units.reduce((size, unit) => size + 4 + unit.length, 0));
  let at = 0;
  for (const unit of units) {
    data[at + 3] = 1;
    data.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return data;
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
