/** Pure. A name that the same facts always give, so that nothing is made twice after a restart (UUID version 8, RFC 9562 §5.8). */
import { createHash } from 'node:crypto';

/** @param facts joined by a sign that none of them holds */
export function derivedId(...facts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(facts.join('\n')).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
