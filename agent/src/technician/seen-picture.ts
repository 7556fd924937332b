/** Pure. What is kept of a picture while a camera is checked: figures about it, and nothing that is in it. */
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Codec } from '../codec/codec.ts';
import type { Size } from '../codec/size.ts';

export interface SeenPicture {
  /** Since the first picture, by a clock that never steps. */
  readonly arrived: Duration;
  /** From when it was taken, as the unit dates it, to its arrival. */
  readonly age: Duration;
  readonly codec: Codec;
  readonly key: boolean;
  /** Of the coded picture. */
  readonly bytes: number;
  /** Taken before a picture that came before it: a B picture. */
  readonly outOfOrder: boolean;
  /** Of a key picture. */
  readonly size?: Size | undefined;
}
