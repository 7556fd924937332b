/** Pure. What prints a replay: the moments in their order, then the counts. */
import type { Moment } from '../recording/recording-run.ts';

export interface Printer {
  moment(moment: Moment): void;
  end(sums: { readonly frames: number; readonly seconds: number; readonly fps: number }): void;
}
