/** Pure. A coded picture (one H.264 access unit), or the reason why there is none. */
import type { HardToSee, NoPicture } from '@nattfrid/shared/domain/look';
import type { Instant } from '@nattfrid/shared/time/instant';

export type Coded =
  | {
      readonly type: 'coded';
      readonly at: Instant;
      readonly key: boolean;
      /** One access unit, Annex B; SPS and PPS in front of each keyframe. */
      readonly data: Uint8Array;
      /** The warning that the viewer is shown. */
      readonly hard?: HardToSee | undefined;
    }
  | { readonly type: 'no-picture'; readonly at: Instant; readonly why: NoPicture };
