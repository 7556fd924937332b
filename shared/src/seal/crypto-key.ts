/** Pure. A key of WebCrypto, by the one name that the types of Node and of the browser can both give it. */
export type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export interface CryptoKeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}
