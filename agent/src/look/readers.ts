/** Pure. Those who may see an open look's pictures: whoever opened it, and colleagues who have joined. */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';

export interface Reader {
  readonly operator: OperatorAlias;
  /** X25519, 32 bytes: this operator's console's public key. Pictures are sealed for it anew, under a key of its own. */
  readonly operatorKey: Uint8Array<ArrayBuffer>;
}

export interface Readers {
  /** The one who opened it first. */
  all(): readonly Reader[];
  onChange(told: () => void): Disposable;
}

/** For a look that nobody joins. */
export const onlyReader = (reader: Reader): Readers => ({
  all: () => [reader],
  onChange: () => ({ [Symbol.dispose]: () => {} }),
});
