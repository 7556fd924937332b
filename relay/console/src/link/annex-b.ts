/** Pure. Where the parts of a coded picture begin and end (ITU-T H.264, annex B): each with the start code in front of it. */
export function nalUnits(bytes: Uint8Array): readonly Uint8Array[] {
  const starts: number[] = [];
  for (let at = 0; at + 2 < bytes.length; at++)
    if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1)
      starts.push(at > 0 && bytes[at - 1] === 0 ? at - 1 : at);
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1] ?? bytes.length));
}
