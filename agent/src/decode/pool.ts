/** Lends frames and takes each back exactly once; says when one is given back twice or was never given back. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Frame } from './frame.ts';

export interface Pool {
  /** @param width even @param height even */
  lend(width: number, height: number, at: Instant): LentFrame;
  /** Lent and not yet given back. */
  readonly out: number;
  /** Given back twice, or thrown away without being given back. */
  readonly mistakes: number;
}

/** A frame with its pixels in one block, as the decoder fills it: Y, U, V without gaps. */
export interface LentFrame extends Frame {
  readonly i420: Uint8Array;
}

/** After it was given back a frame has no pixels: whoever reads on sees nothing, and not somebody else's picture. */
const nothing = new Uint8Array(0);

/** @param kept how many blocks of memory wait for their next use. */
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
        y: pixels.subarray(0, size),
        u: pixels.subarray(size, size * 1.25),
        v: pixels.subarray(size * 1.25),
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
