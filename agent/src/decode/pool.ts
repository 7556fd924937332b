/** Frame buffer pool: lends frames, takes each back exactly once, and logs double and missing returns. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type Frame, planesOf } from './frame.ts';

export interface Pool {
  /** @param width even @param height even */
  lend(width: number, height: number, at: Instant): LentFrame;
  /** Lent and not yet given back. */
  readonly out: number;
  /** Frames given back twice, or garbage collected without being given back. */
  readonly mistakes: number;
}

/** A frame with its pixels in one block (I420: Y, U, V without gaps), as the decoder fills it. */
export interface LentFrame extends Frame {
  readonly i420: Uint8Array;
}

/** The pixels of a returned frame: a late reader sees nothing, and not another picture. */
const nothing = new Uint8Array(0);

/** @param kept free blocks that are kept for reuse */
export function openPool(log: Logger, kept = 16): Pool {
  let out = 0;
  let mistakes = 0;
  let free: Uint8Array[] = [];
  const mistake = (sentence: string) => {
    mistakes++;
    log.warn(sentence, { mistakes });
  };
  const lost = new FinalizationRegistry<undefined>(() => {
    out--;
    mistake('a frame was thrown away without being given back');
  });
  const block = (size: number): Uint8Array => {
    if (free[0] && free[0].length !== size) free = [];
    return free.pop() ?? new Uint8Array(size);
  };
  return {
    get out() {
      return out;
    },
    get mistakes() {
      return mistakes;
    },
    lend(width, height, at) {
      const size = width * height;
      const pixels = block(size * 1.5);
      const token = {};
      let lent = true;
      const frame = {
        type: 'frame' as const,
        at,
        width,
        height,
        i420: pixels,
        ...planesOf(pixels, size),
        [Symbol.dispose]() {
          if (!lent) return mistake('a frame was given back twice');
          lent = false;
          out--;
          lost.unregister(token);
          frame.i420 = frame.y = frame.u = frame.v = nothing;
          if (free.length < kept && (!free[0] || free[0].length === pixels.length)) free.push(pixels);
        },
      };
      out++;
      lost.register(frame, undefined, token);
      return frame;
    },
  };
}
