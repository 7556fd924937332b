/** Pure. Reads the bits of a parameter set or slice header: fixed lengths and Exponential Golomb codes (ITU-T H.264 and H.265, §7.2 and §9). */

export interface BitReader {
  /** Reads so many bits; returns the last 32 of them. @throws RangeError at the end of the bytes */
  fixed(count: number): number;
  /** Exponential Golomb codes, without and with a sign. @throws RangeError where one is longer than 32 bits */
  unsigned(): number;
  signed(): number;
}

/** @param nal bytes with emulation prevention, read up to `most` of them. @param from the first byte */
export const bitsOf = (nal: Uint8Array, from: number, most = nal.length): BitReader =>
  bitReader(withoutEmulation(nal.subarray(from, from + most)));

/** @returns undefined where the bytes end before what is read of them. */
export function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @param bytes without emulation prevention */
export function bitReader(bytes: Uint8Array): BitReader {
  let at = 0;
  const one = () => {
    const byte = bytes[at >> 3];
    if (byte === undefined) throw new RangeError('The parameter set is too short.');
    return (byte >> (7 - (at++ & 7))) & 1;
  };
  const fixed = (count: number) => {
    let value = 0;
    for (let bit = 0; bit < count; bit++) value = ((value << 1) | one()) >>> 0;
    return value;
  };
  const unsigned = () => {
    let zeros = 0;
    while (one() === 0) if (++zeros > 31) throw new RangeError('A number of the parameter set is too long.');
    return 2 ** zeros - 1 + fixed(zeros);
  };
  const signed = () => {
    const value = unsigned();
    return value % 2 === 0 ? -value / 2 : (value + 1) / 2;
  };
  return { fixed, unsigned, signed };
}

/** Removes the emulation prevention bytes (§7.4.1 of H.264, §7.4.2 of H.265). */
export function withoutEmulation(bytes: Uint8Array): Uint8Array {
  const plain = new Uint8Array(bytes.length);
  let zeros = 0;
  let size = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    plain[size++] = byte;
  }
  return plain.subarray(0, size);
}
