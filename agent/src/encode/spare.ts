/** A spare encoder, started and warm before it is needed: the program takes longer to start than a picture may be late. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type Encoder, openEncoder } from './encoder.ts';
import { type Shape, sameShape } from './shape.ts';

export interface SpareEncoder extends AsyncDisposable {
  /** Starts a spare for this step, in place of one for another step. It encodes a blank, and no picture. */
  prepare(shape: Shape): void;
  /** Whether the spare for this step has had time to start. */
  ripe(shape: Shape): boolean;
  /** The prepared encoder, or a fresh one; the taker's to close. */
  take(shape: Shape): Encoder;
}

/** Measured: 40 ms on an idle machine, 0.6 s on a busy one. */
const startsWithin: Duration = milliseconds(700);

export function spareEncoder(
  options: { readonly ffmpeg: string; readonly clock: Clock; readonly log: Logger },
  signal: AbortSignal,
): SpareEncoder {
  const { clock } = options;
  let spare: { readonly shape: Shape; readonly encoder: Encoder; readonly from: number; alive: boolean } | undefined;
  const ending = new Set<Promise<void>>();
  const close = (encoder: Encoder) => {
    const done = Promise.resolve(encoder[Symbol.asyncDispose]()).finally(() => ending.delete(done));
    ending.add(done);
  };
  const fits = (shape: Shape) => (spare?.alive && sameShape(spare.shape, shape) ? spare : undefined);
  return {
    prepare(shape) {
      if (fits(shape) || signal.aborted) return;
      if (spare) close(spare.encoder);
      const mine = { shape, encoder: openEncoder({ ...options, shape }, signal), from: clock.now(), alive: true };
      spare = mine;
      void mine.encoder.ended.then(() => {
        mine.alive = false;
      });
    },
    ripe(shape) {
      const here = fits(shape);
      return here !== undefined && clock.now() - here.from >= startsWithin;
    },
    take(shape) {
      const here = fits(shape);
      if (here) spare = undefined;
      return here?.encoder ?? openEncoder({ ...options, shape }, signal);
    },
    async [Symbol.asyncDispose]() {
      if (spare) close(spare.encoder);
      spare = undefined;
      await Promise.all(ending);
    },
  };
}
