/** Pure. What was seen at one instant, in figures: the only thing detectors ever get to know. */
import type { Duration } from '../time/duration.ts';
import type { Instant } from '../time/instant.ts';
import type { Box } from './geometry.ts';

/** x, y in picture space; certainty 0 to 1. Order: the 33 BlazePose landmarks. */
export interface Joint {
  readonly x: number;
  readonly y: number;
  readonly certainty: number;
}

export interface Person {
  /** The same person keeps the same number for as long as the tracker can follow. */
  readonly track: number;
  readonly box: Box;
  /** 0 to 1: how sure that this is a person at all. */
  readonly certainty: number;
  /** Absent: a place is taken, but its posture was not understood. */
  readonly joints?: readonly Joint[];
  /** How long ago the models last truly saw this person here (0: in this picture); carried by the tracker since. */
  readonly unseenFor: Duration;
}

/** How the picture itself is, for telling a blind camera from an empty room. All 0 to 1. */
export interface PictureState {
  readonly brightness: number;
  readonly contrast: number;
  /** Share of the picture that differs from the remembered room. */
  readonly changed: number;
  /** Share of the picture for which the room is remembered. */
  readonly known: number;
  /** Differs by even one grey value from the picture before: a live sensor always does. */
  readonly alive: boolean;
}

export type Observed = {
  readonly type: 'observed';
  readonly at: Instant;
  readonly persons: readonly Person[];
  readonly picture: PictureState;
};
/** Nobody looked between these instants: too slow, or no picture came. Blindness is an event, not an absence. */
export type Gap = {
  readonly type: 'gap';
  readonly from: Instant;
  readonly at: Instant;
  readonly why: 'too-slow' | 'camera-lost' | 'corrupt';
};
export type Tick = { readonly type: 'tick'; readonly at: Instant };

export type Observation = Observed | Gap | Tick;
