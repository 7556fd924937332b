/** Pure. A cleared picture as bytes, or the reason why there is none. */
import type { NoPicture } from '@nattfrid/shared/domain/look';
import type { Instant } from '@nattfrid/shared/time/instant';

export type Coded =
  | {
      readonly type: 'coded';
      readonly at: Instant;
      readonly key: boolean;
      /** One access unit, Annex B; SPS and PPS in front of each key picture. */
      readonly data: Uint8Array;
    }
  | { readonly type: 'no-picture'; readonly at: Instant; readonly why: NoPicture };
