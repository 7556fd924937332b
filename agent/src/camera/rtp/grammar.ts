/** Pure. What the assembly of pictures has to know of a codec that has NAL units, and what it learns of a picture. */
import type { Codec } from '../../codec/codec.ts';

export interface Grammar<Sets> {
  readonly codec: Codec;
  /** `front`: it belongs to the slices behind it. */
  role(unit: Uint8Array): 'slice' | 'front' | 'other';
  /** A unit may begin at this byte. */
  begins(bytes: Uint8Array, at: number): boolean;
  isFirstSlice(slice: Uint8Array): boolean;
  /** Later pictures may refer to the one of this slice; only its header is looked at. */
  isReference(header: Uint8Array, sets: Sets): boolean;
  /** A picture may be two fields, each with a first slice. */
  mayHaveFields(sets: Sets): boolean;
  remember(sets: Sets, units: readonly Uint8Array[]): Sets;
  /** @returns undefined where no slice is among the units */
  read(sets: Sets, units: readonly Uint8Array[]): Picture | undefined;
  /** No picture that others may refer to was in so many lost packets. */
  follows(last: Picture, next: Picture, lost: number, beat: Beat): boolean;
}

export interface Picture {
  readonly begins: Begins | undefined;
  readonly reference: boolean;
  /** Where it stands in the order of the references (`frame_num`), or of all pictures, which wraps at `wraps`. */
  readonly place: { readonly at: number; readonly wraps: number } | undefined;
  /** It needs a picture from before `key`; `always`: which no decoder has, wherever it began. */
  leads(key: Picture): 'no' | 'yes' | 'always';
  /** The access unit; undefined: a beginning without parameter sets. */
  data(begins: boolean): Uint8Array | undefined;
}

/** Here a decoder can begin. */
export interface Begins {
  readonly wholeAfter: number;
  /** The stream says or proves it; else it is believed where nothing better ever comes. */
  readonly sure: boolean;
  /** No picture after it needs one from before it: an IDR picture. */
  readonly closed: boolean;
}

/** By how much the place of whole pictures grows, and how often it has in succession. */
export interface Beat {
  readonly step: number;
  readonly times: number;
}
