/** Pure. One who is followed, and what a picture has to say of those who are. */
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import type { Joint } from '@nattfrid/shared/domain/observation';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { SceneChange } from './background.ts';
import type { Axis } from './body-axis.ts';
import type { Crop } from './crop.ts';
import type { PersonMask } from './person-mask.ts';
import type { PersonDetection } from './region-proposal.ts';

/** What BlazePose made of a place where it found a body. */
export interface Body {
  readonly box: Box;
  readonly poseConfidence: number;
  readonly joints: readonly Joint[];
  readonly nextCrop: Crop;
  readonly shape: PersonMask;
  readonly axis?: Axis;
}

/** One look at a place: of a track, or where nobody was followed. */
export type Measurement =
  | { readonly of: 'track'; readonly track: number; readonly poseConfidence: number; readonly body?: Body }
  | {
      readonly of: 'region';
      readonly box: Box;
      readonly score: number;
      readonly poseConfidence: number;
      readonly body?: Body;
    };

export interface TrackerInput {
  readonly at: Instant;
  readonly scene: SceneChange;
  readonly measurements: readonly Measurement[];
  /** What NanoDet saw in this picture; `scanned`: in how many turns it looked. */
  readonly detections: readonly PersonDetection[];
  readonly scanned: number;
  readonly exits: readonly Polygon[];
  /** Width / height of the picture. */
  readonly aspect: number;
}

export interface Anchor {
  readonly box: Box;
  readonly at: Instant;
  /** The movement itself was followed to its end, so that it is known when it ended. */
  readonly followed?: true;
}

export interface Rest {
  /** Of the last movement that was followed. */
  readonly at: Instant;
  readonly axis?: Axis;
}

export interface Track {
  readonly id: number;
  readonly box: Box;
  /** Of the box's middle, in pictures a second. */
  readonly velocity: readonly [x: number, y: number];
  /** Where the person was when they last moved: without a movement they cannot be elsewhere. */
  readonly anchor: Anchor;
  /** Followed by movement alone, and come to rest here: nobody leaves without moving. */
  readonly rest?: Rest;
  /** A model has seen this one taller than wide: who has never been up cannot come down. */
  readonly wasUp: boolean;
  /** Seconds for which what looked like a body also moved like one, of its own. */
  readonly stirredFor: number;
  /** Was found, without any movement, in a place that had been known without them: furniture, until it moves. */
  readonly fromNowhere: boolean;
  /** Where BlazePose should look next. */
  readonly nextCrop?: Crop;
  /** What was understood last, for as long as the place has not moved since. */
  readonly body?: Body;
  readonly bodyAt: Instant;
  readonly certainty: number;
  /** Was at some time at least a half certain. */
  readonly confirmed: boolean;
  /** The certainty that is not given up while nothing contradicts it. */
  readonly bornAt: Instant;
  readonly birthBox: Box;
  readonly seenAt: Instant;
  readonly measuredAt: Instant;
  /** Smoothed: presence by BlazePose, score by NanoDet. */
  readonly poseConfidence: number;
  readonly detectionScore: number;
  /** Has moved, or stands where the remembered room was: not a thing that was always there. */
  readonly moved: boolean;
  /** The one who came in front. */
  readonly occludedBy?: { readonly track: number; readonly since: Instant };
  /** Seconds for which the place has looked like the empty room while nobody was seen there. */
  readonly emptyFor: number;
}

export interface Tracks {
  readonly at: Instant | undefined;
  readonly nextId: number;
  readonly tracks: readonly Track[];
}

export const secondsUnseen = (track: Track, at: Instant): number => (at - track.seenAt) / 1000;

/** Score from which NanoDet's figure counts as having seen the person. */
export const matchingScore = 0.3;

export const centre = ({ x, y, width, height }: Box): readonly [number, number] => [x + width / 2, y + height / 2];
