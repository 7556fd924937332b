/** Pure. The track of one person, and what one picture brings the tracker: measurements, detections, the scene's change. */
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import type { Joint } from '@nattfrid/shared/domain/observation';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { SceneChange } from './background.ts';
import type { Axis } from './body-axis.ts';
import type { Crop } from './crop.ts';
import type { Life } from './life.ts';
import type { PersonMask } from './person-mask.ts';
import type { PersonDetection } from './region-proposal.ts';

/** A pose that counts as a body. */
export interface Body {
  readonly box: Box;
  readonly poseConfidence: number;
  readonly joints: readonly Joint[];
  readonly nextCrop: Crop;
  readonly shape: PersonMask;
  readonly axis?: Axis;
}

/** What some looks made of a body that does not move. */
export interface Hypothesis {
  /** As the last of these looks had it. */
  readonly body: Body;
  readonly looks: number;
}

/** One run of the pose model: on a track, or on a proposed region. */
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
  /** NanoDet's person detections in this picture; `scanned`: in how many rotations it ran. */
  readonly detections: readonly PersonDetection[];
  readonly scanned: number;
  readonly exits: readonly Polygon[];
  readonly beds?: readonly Polygon[];
  /** Absent: nothing measures what lives, and nobody is doubted for lying still. */
  readonly life?: Life;
  /** Width / height of the picture. */
  readonly aspect: number;
}

export interface Anchor {
  readonly box: Box;
  readonly at: Instant;
  /** The motion itself was tracked, so that its end is known. */
  readonly followed?: true;
}

export interface Rest {
  /** Time of the last motion that was tracked. */
  readonly at: Instant;
  readonly axis?: Axis;
}

export interface Track {
  readonly id: number;
  readonly box: Box;
  /** Of the box's centre, in picture widths and heights a second. */
  readonly velocity: readonly [x: number, y: number];
  /** Box and time of the last motion, for gating: without motion the person cannot be elsewhere. */
  readonly anchor: Anchor;
  /** Tracked by motion alone, and come to rest here. */
  readonly rest?: Rest;
  /** A measurement was taller than wide; motion alone updates only such a track. */
  readonly wasUpright: boolean;
  /** Seconds for which the pose was convincing and the motion was its own. */
  readonly ownMotionFor: number;
  /** Born without motion in a learnt background: furniture, until it moves. */
  readonly bornStill: boolean;
  /** The crop for the next pose estimate. */
  readonly nextCrop?: Crop;
  /** The pose that is believed, for as long as nothing has moved there since. */
  readonly body?: Body;
  /** What the looks since the body last moved made of it, the most believed first. */
  readonly hypotheses?: readonly Hypothesis[];
  readonly bodyAt: Instant;
  readonly certainty: number;
  /** Its certainty was at least a half at some time; else the track is tentative. */
  readonly confirmed: boolean;
  readonly bornAt: Instant;
  readonly birthBox: Box;
  readonly seenAt: Instant;
  readonly measuredAt: Instant;
  /** Exponentially smoothed, of BlazePose and of NanoDet. */
  readonly poseConfidence: number;
  readonly detectionScore: number;
  /** Has moved, or stands before a learnt background: not a thing that was always there. */
  readonly moved: boolean;
  /** Breathes or stirs, or lies in a bed and is as long as a body: somebody, though never seen to come or move. */
  readonly lives: boolean;
  /** The track within whose box, or round whose box, it was born: of one body with it, until the two are seen apart. */
  readonly partOf?: number;
  /** The track in front of it. */
  readonly occludedBy?: { readonly track: number; readonly since: Instant };
  /** Seconds for which the box has shown the empty room while the track was not seen. */
  readonly emptyFor: number;
}

export interface Tracks {
  readonly at: Instant | undefined;
  readonly nextId: number;
  readonly tracks: readonly Track[];
}

export const secondsUnseen = (track: Track, at: Instant): number => (at - track.seenAt) / 1000;

/** Score from which a detection alone updates or starts a track. */
export const matchingScore = 0.3;

export const centre = ({ x, y, width, height }: Box): readonly [number, number] => [x + width / 2, y + height / 2];
