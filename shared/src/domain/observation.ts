/** Pure. What was seen at one instant, in figures: the only thing detectors ever get to know. */
import type { Duration } from '../time/duration.ts';
import type { Instant } from '../time/instant.ts';
import type { Box } from './geometry.ts';

/** x, y in picture space; certainty 0 to 1. Order: the 33 BlazePose landmarks. */
export interface Joint {
  readonly x: number;
  readonly y: number;
  readonly certainty: number;
  /** Metres from the middle of the hips as the camera sees them: x right, y down, z away from the camera. Rough, above all z. */
  readonly world?: readonly [x: number, y: number, z: number];
}

export interface Person {
  /** The same person keeps the same number for as long as the tracker can follow. */
  readonly track: number;
  readonly box: Box;
  /** 0 to 1: how sure that this is a person at all. */
  readonly certainty: number;
  /** Absent: a place is taken, but its posture was not understood. */
  readonly joints?: readonly Joint[];
  /**
   * How long ago the models last truly saw this person here (0: in this picture); carried by the tracker since. 0 too while
   * nothing moves where their movement was followed to its end: nobody leaves without moving.
   */
  readonly unseenFor: Duration;
  /** The long axis of the body's shape, where a shape was found and is longer than across. */
  readonly axis?: {
    /** Degrees from the vertical in true proportions: 0 stands on end, 90 lies level. */
    readonly tilt: number;
    /** How many times longer than across, at least 1. */
    readonly elongation: number;
  };
}

/** A track that is told no more, and why: nobody vanishes without a reason. */
export interface Gone {
  readonly track: number;
  /** edge: moved out of the picture. empty: the place is again as the remembered room. merged: was another track all along. */
  readonly why: 'edge' | 'empty' | 'merged' | 'never-sure';
  /** The track that it was merged into. */
  readonly into?: number;
}

/** A pet or a piece of furniture, as the picture names it: at night often wrongly, so that a person confirms what hangs on it. */
export interface Thing {
  readonly kind: 'cat' | 'dog' | 'chair' | 'couch' | 'bed' | 'television';
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
}

/** How the picture itself is, for telling a blind camera from an empty room. All 0 to 1. */
export interface PictureState {
  readonly brightness: number;
  readonly contrast: number;
  /** Share of the picture that differs from the remembered room. */
  readonly changed: number;
  /** Share of the picture for which the room is remembered. */
  readonly known: number;
  /** Width / height in true proportions; shares of the picture alone have no angles. */
  readonly aspect: number;
  /** Differs by even one grey value from the picture before: a live sensor always does. */
  readonly alive: boolean;
  /** Share of the picture that moves, against the picture before. */
  readonly moving?: number;
  /** Share of the picture that is as bright as the sensor can tell: burnt out by a lamp or the sun. */
  readonly burnt?: number;
  /** How far both colour planes are from neutral, in the mean; an infrared picture has none. */
  readonly colour?: number;
  /** Of a cell, from one picture to the next. */
  readonly noise?: number;
  /** How much of the room's outlines stands where it always stood, in whatever light; absent: they are not known yet. */
  readonly alike?: number;
}

/** One bed of the room, under whatever lies on it. All 0 to 1. */
export interface BedSight {
  /** Share of the bed that differs from the bed as it is remembered. */
  readonly changed: number;
  /** Share that moves; 0 while the light of the whole room changes. */
  readonly moving: number;
  /** Share of the bed that is remembered in this light; under a half `changed` says little. */
  readonly known: number;
  /** Share in which something breathes or stirs, however little; absent: nothing measures it. */
  readonly lives?: number;
  /** How much it looks, seen by itself, as if somebody lay in it; absent: nobody has looked into it. Heaps of blankets reach a half. */
  readonly body?: number;
}

export type Observed = {
  readonly type: 'observed';
  readonly at: Instant;
  readonly persons: readonly Person[];
  /** Tracks that the observation before still told. */
  readonly gone?: readonly Gone[];
  /** Absent: nobody looked for things in this picture. Best first. */
  readonly things?: readonly Thing[];
  readonly picture: PictureState;
  /** In the order of the room's beds. */
  readonly beds?: readonly BedSight[];
};
/** Nobody looked between these instants: too slow, no picture came, or none that shows anything. Blindness is an event, not an absence. */
export type Gap = {
  readonly type: 'gap';
  readonly from: Instant;
  readonly at: Instant;
  readonly why: 'too-slow' | 'camera-lost' | 'corrupt' | 'useless';
};
export type Tick = { readonly type: 'tick'; readonly at: Instant };

export type Observation = Observed | Gap | Tick;
