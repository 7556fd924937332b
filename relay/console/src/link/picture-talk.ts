/** Pure. The messages between the page and its picture worker; none carries the private key. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Lacking } from './lacking.ts';
import type { OtherNotice } from './picture-notice.ts';

export type ToWorker =
  | { readonly type: 'prepare' }
  | {
      readonly type: 'watch';
      readonly look: LookId;
      readonly address: string;
      readonly unitKey: string;
      /** The unit has said yes; else `allowed` follows. */
      readonly isAllowed: boolean;
    }
  | { readonly type: 'allowed' }
  /** The page has drawn its picture, and can take another. */
  | { readonly type: 'drawn' }
  | { readonly type: 'end' };

/** A decoded picture; the page closes it once it is drawn. */
export type Drawable = VideoFrame | ImageBitmap;

export type FromWorker =
  | { readonly type: 'prepared'; readonly operatorKey: string }
  | { readonly type: 'lacking'; readonly what: Lacking }
  | { readonly type: 'opened'; readonly width: number; readonly height: number }
  /** `taken`: ms by the unit's clock; undefined where the picture has no time. */
  | { readonly type: 'picture'; readonly frame: Drawable; readonly taken: number | undefined }
  | { readonly type: 'no-picture'; readonly why: string }
  | { readonly type: 'picture-again' }
  /** What the unit says of the picture besides. */
  | { readonly type: 'notice'; readonly notice: OtherNotice }
  /** Mobile data of the look so far, and now; from the unit, every two seconds. */
  | { readonly type: 'usage'; readonly bytes: number; readonly kbits: number }
  | { readonly type: 'link-lost' }
  /** The seal or the signature is wrong: the worker stops. */
  | { readonly type: 'untrusted'; readonly code: FaultCode };
