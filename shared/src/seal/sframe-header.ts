/** Pure. The header of an SFrame (RFC 9605 §4.3): key id and counter. */

interface SframeHeader {
  readonly kid: bigint;
  readonly ctr: bigint;
  /** In bytes, 1 to 17. */
  readonly length: number;
}

const largest = 2n ** 64n - 1n;

/** One configuration byte (X, K, Y, C), then the key id and the counter, each in as few bytes as it fits. */
export function writeSframeHeader(kid: bigint, ctr: bigint): Uint8Array<ArrayBuffer> {
  if (kid < 0n || kid > largest || ctr < 0n || ctr > largest) throw new RangeError('A key id or counter has 64 bits.');
  const [kidBits, kidBytes] = field(kid);
  const [ctrBits, ctrBytes] = field(ctr);
  return Uint8Array.of((kidBits << 4) | ctrBits, ...kidBytes, ...ctrBytes);
}

/** @returns undefined where it is truncated, or not in the shortest form (§4.3) */
export function readSframeHeader(bytes: Uint8Array): SframeHeader | undefined {
  const config = bytes[0];
  if (config === undefined) return undefined;
  const kid = value(bytes, 1, config >> 4);
  if (!kid) return undefined;
  const ctr = value(bytes, kid.end, config & 15);
  if (!ctr) return undefined;
  return { kid: kid.value, ctr: ctr.value, length: ctr.end };
}

/** Four bits: 0xxx is the value itself (0 to 7), 1xxx says that xxx + 1 bytes follow. */
function field(value: bigint): readonly [number, readonly number[]] {
  if (value < 8n) return [Number(value), []];
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 255n));
  return [8 | (bytes.length - 1), bytes];
}

function value(bytes: Uint8Array, start: number, bits: number): { value: bigint; end: number } | undefined {
  if (bits < 8) return { value: BigInt(bits), end: start };
  const end = start + (bits & 7) + 1;
  if (end > bytes.length) return undefined;
  let value = 0n;
  for (const byte of bytes.subarray(start, end)) value = (value << 8n) | BigInt(byte);
  const shortest = value >= 8n && (end - start === 1 || bytes[start] !== 0);
  return shortest ? { value, end } : undefined;
}
