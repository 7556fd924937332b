/** Pure. Timeline of a staged night: which sprites play when, changes of the light, gaps, and beside them the ground truth. */
import type { BedStateName } from '@nattfrid/shared/domain/evidence-code';

/** From this second of the night on, the layer plays an animation and then holds its last picture; undefined: the layer is empty. */
export interface Cue {
  readonly layer: 'client' | 'nurse0' | 'nurse1' | 'pet' | 'heap' | 'aside' | 'aid' | 'chair';
  readonly animation: string | undefined;
  readonly from: number;
}
/** Seconds of the night. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface LightChange extends Span {
  readonly by: 'lamp' | 'colour' | 'curtain' | 'headlights' | 'television' | 'insects' | 'web' | 'covered' | 'lost';
}
/** Ground truth: an alarm of this kind is due between `from` and `by`; up to `to` an alarm of the kind belongs to the same event. */
export interface WantedAlarm extends Span {
  readonly event: string;
  readonly kind: 'fall' | 'left-room' | 'not-in-bed' | 'blind';
  readonly by: number;
}
/** Ground truth from this second on. */
export interface TrueBedState {
  readonly from: number;
  readonly is: Exclude<BedStateName, 'unknown'>;
}
/** Each list is in the order of `from`. */
export interface NightTimeline {
  readonly cues: readonly Cue[];
  readonly lights: readonly LightChange[];
  /** Movement, or a decision that is pending: shown at the full frame rate. */
  readonly busy: readonly Span[];
  readonly wanted: readonly WantedAlarm[];
  readonly bed: readonly TrueBedState[];
}
