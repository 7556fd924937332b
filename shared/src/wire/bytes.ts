/** Pure. Bytes as text on the wire: base64url without padding (RFC 4648 §5). */
import { z } from 'zod';

export const Base64Url = z
  .string()
  .max(200_000)
  .regex(/^[A-Za-z0-9_-]*$/, 'base64url without padding');

export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws where the text is not base64url; check with the schema first. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}
