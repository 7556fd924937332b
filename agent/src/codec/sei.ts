/** Pure. Messages in a unit of supplemental enhancement information (ITU-T H.264 §7.3.2.3, H.265 §7.3.5): finds the recovery point. */
import { type BitReader, bitReader, readable, withoutEmulation } from './bits.ts';

const recoveryPoint = 6;
/** Bytes of a unit that are looked at; what stands behind is the maker's own. */
const most = 512;

/**
 * What a recovery point says (H.264 §D.1.8, H.265 §D.2.8).
 * @param header bytes of the NAL unit's header. @param read reads the message. @returns undefined where there is none
 */
export function recoveryPointIn<Value>(
  nal: Uint8Array,
  header: number,
  read: (bits: BitReader) => Value,
): Value | undefined {
  const bytes = withoutEmulation(nal.subarray(header, header + most));
  let at = 0;
  const number = (): number => {
    let value = 0;
    while (bytes[at] === 255) value += bytes[at++] as number;
    return value + (bytes[at++] ?? 0);
  };
  while (at + 2 < bytes.length) {
    const type = number();
    const size = number();
    if (type === recoveryPoint) return readable(() => read(bitReader(bytes.subarray(at, at + size))));
    at += size;
  }
  return undefined;
}
