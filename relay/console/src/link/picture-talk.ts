/** Pure. What the page and its picture worker say to each other. The private key never does the journey. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Lacking } from './lacking.ts';
import type { OtherNotice } from './picture-notice.ts';

export type ToWorker =
  | { readonly type: 'prepare' }
  | { readonly type: 'watch'; readonly look: LookId; readonly address: string; readonly unitKey: string }
  /** The page has drawn the picture that it was handed, and can take another. */
  | { readonly type: 'drawn' }
  | { readonly type: 'end' };

/** A decoded picture; closed by whoever has drawn it. */
export type Drawable = VideoFrame | ImageBitmap;

export type FromWorker =
  | { readonly type: 'prepared'; readonly operatorKey: string }
  | { readonly type: 'lacking'; readonly what: Lacking }
  | { readonly type: 'opened'; readonly width: number; readonly height: number }
  /** `taken`: when, by the unit's clock, where the picture says so. */
  | { readonly type: 'picture'; readonly frame: Drawable; readonly taken: number | undefined }
  | { readonly type: 'no-picture'; readonly why: string }
  | { readonly type: 'picture-again' }
  /** What the unit says of the picture besides. */
  | { readonly type: 'notice'; readonly notice: OtherNotice }
  /** What the look has cost in mobile data so far, and costs now: the unit says so every two seconds. */
  | { readonly type: 'usage'; readonly bytes: number; readonly kbits: number }
  | { readonly type: 'link-lost' }
  /** The seal or the signature does not hold: nothing more is shown. */
  | { readonly type: 'untrusted'; readonly code: FaultCode };
