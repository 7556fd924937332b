/** Pure. Fingerprint of a public key in figures that two people can compare: on the unit's label, on the console, over the telephone. */

/**
 * SHA-256 of the key, as five groups of five digits (83 bits): finding a second key with the same figures is infeasible.
 * @param publicKey 32 bytes
 * @returns «04417 88120 …»
 */
export async function fingerprint(publicKey: Uint8Array<ArrayBuffer>): Promise<string> {
  const words = new TextEncoder().encode('nattfrid v1 fingerprint\0');
  const all = new Uint8Array(words.length + publicKey.length);
  all.set(words);
  all.set(publicKey, words.length);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
  const number = digest.subarray(0, 16).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const digits = (number % 10n ** 25n).toString().padStart(25, '0');
  return (digits.match(/.{5}/g) ?? []).join(' ');
}
