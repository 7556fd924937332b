/** Pure. The type of a WebCrypto key, as Node's and the browser's types share it. */
export type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export interface CryptoKeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}
