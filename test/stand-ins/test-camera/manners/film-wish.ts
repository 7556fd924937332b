/** Pure. What the film of a manner is like: codec, order and kinds of its pictures. */
import type { Codec } from '@nattfrid/agent/codec/codec';

export interface FilmWish {
  /** H.264 by default. */
  readonly codec?: Codec;
  /** 10 by default. */
  readonly perSecond?: number;
  /** Pictures from one key picture to the next; as many as in a second by default. */
  readonly keyEvery?: number;
  /** Of one loop; 40 by default. */
  readonly pictures?: number;
  readonly size?: string;
  readonly bPictures?: number;
  readonly slices?: number;
  /** `open`: key pictures are no IDR pictures, but for the first. `refresh`: no key pictures, but a column that wanders. */
  readonly keys?: 'idr' | 'open' | 'refresh';
  /** Further arguments of the encoder. */
  readonly coding?: readonly string[];
}
