/** What we use of http_ece, which has no types of its own. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';
  export function encrypt(
    text: Buffer,
    params: {
      readonly version: 'aes128gcm';
      readonly privateKey: ECDH;
      readonly dh: string;
      readonly authSecret: string;
      readonly salt: string;
      readonly rs: number;
      readonly pad: number;
    },
  ): Buffer;
}
