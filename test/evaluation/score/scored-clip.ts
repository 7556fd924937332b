/** Pure. Scores the alarms of one clip against its ground truth. */

import {
  type Bed,
  bedOf,
  type FallKind,
  fallKindOf,
  type Group,
  groupOf,
  type Leaving,
  leavingOf,
} from './ground-truth.ts';
import type { LabelledClip } from './labelled-clip.ts';

export interface ToldAlarm {
  readonly kind: string;
  readonly phase: string;
  /** Seconds of the recording. */
  readonly at: number;
  readonly code: string;
}
export type Played =
  | { readonly type: 'played'; readonly alarms: readonly ToldAlarm[] }
  /** The file is missing or broken; `why` is the last line of the replay. */
  | { readonly type: 'not-played'; readonly why: string };

/** apart: there is no ground truth, or the clip belongs in no figure. */
export type Outcome = 'right' | 'missed' | 'false' | 'twice' | 'off-time' | 'apart' | 'not-played';

export interface ScoredClip {
  readonly file: string;
  readonly group: Group;
  readonly source: string;
  readonly subject: string;
  readonly room: string;
  /** Only of falls. */
  readonly kind?: FallKind;
  readonly fall: {
    readonly outcome: Outcome;
    /** An alarm after the fall, or in a clip without one. */
    readonly alarmed: boolean;
    /** An alarm before the fall: a false alarm in a clip with a fall. */
    readonly early: boolean;
    /** Seconds from lying on the floor to the finding, where both are known. */
    readonly toFinding?: number;
  };
  readonly leftRoom: {
    readonly truth: Leaving['name'];
    readonly outcome: Outcome;
    readonly told: number;
    /** Seconds from the agreed time to the alarm; negative: before it. */
    readonly off?: number;
  };
  readonly notInBed: { readonly truth: Bed | 'no-bed-marked'; readonly outcome: Outcome; readonly told: boolean };
  readonly alarms: readonly ToldAlarm[];
  readonly why?: string;
}

/** The part of the plan that the score needs. */
export interface Agreed {
  readonly leftRoomAfterSeconds: number;
}

/** Tolerance around the agreed time; exits are labelled by eye, to half a second. */
export const onTimeSeconds = 3;

export function scoreClip(clip: LabelledClip, played: Played, agreed: Agreed): ScoredClip {
  const group = groupOf(clip);
  const told = played.type === 'played' ? played.alarms : [];
  const scored = {
    file: clip.file,
    group,
    source: clip.source_repo ?? 'source not told',
    subject: clip.subject ?? 'subject not told',
    room: clip.room ?? 'room not told',
    ...(clip.label === 'fall' && { kind: fallKindOf(clip) }),
    fall: fallOf(clip, group, told),
    leftRoom: leftRoomOf(clip, told, agreed),
    notInBed: notInBedOf(clip, told),
    alarms: told,
  };
  if (played.type === 'played') return scored;
  const outcome = 'not-played';
  return {
    ...scored,
    fall: { outcome, alarmed: false, early: false },
    leftRoom: { ...scored.leftRoom, outcome },
    notInBed: { ...scored.notInBed, outcome },
    why: played.why,
  };
}

const began = (told: readonly ToldAlarm[], name: string): readonly ToldAlarm[] =>
  told.filter(({ kind, phase }) => kind === name && phase === 'began');
const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;

function fallOf(clip: LabelledClip, group: Group, told: readonly ToldAlarm[]): ScoredClip['fall'] {
  const falls = began(told, 'fall');
  const from = clip.label === 'fall' ? (clip.fall_start_s ?? clip.on_floor_from_s ?? 0) : 0;
  const found = falls.find(({ at }) => at >= from);
  const alarmed = found !== undefined;
  const outcome =
    group === 'floor-fall'
      ? alarmed
        ? 'right'
        : 'missed'
      : group !== 'everyday'
        ? 'apart'
        : alarmed
          ? 'false'
          : 'right';
  const lying = clip.on_floor_from_s;
  return {
    outcome,
    alarmed,
    early: falls.some(({ at }) => at < from),
    ...(found && typeof lying === 'number' && { toFinding: tenths(found.at - lying) }),
  };
}

function leftRoomOf(clip: LabelledClip, alarms: readonly ToldAlarm[], agreed: Agreed): ScoredClip['leftRoom'] {
  const leaving = leavingOf(clip);
  const [first, ...more] = began(alarms, 'left-room');
  const told = first ? 1 + more.length : 0;
  switch (leaving.name) {
    case 'unknown':
      return { truth: 'unknown', outcome: 'apart', told };
    case 'stays':
    case 'empty':
      return { truth: leaving.name, outcome: told > 0 ? 'false' : 'right', told };
    case 'leaves': {
      if (!first) return { truth: 'leaves', outcome: 'missed', told };
      const off = leaving.at === undefined ? undefined : tenths(first.at - leaving.at - agreed.leftRoomAfterSeconds);
      const late = off !== undefined && Math.abs(off) > onTimeSeconds;
      const outcome = told > 1 ? 'twice' : late ? 'off-time' : 'right';
      return { truth: 'leaves', outcome, told, ...(off !== undefined && { off }) };
    }
  }
}

/** Only an alarm that is open at the end counts: one that ended when the person went to bed was right. */
function notInBedOf(clip: LabelledClip, alarms: readonly ToldAlarm[]): ScoredClip['notInBed'] {
  const ended = alarms.filter(({ kind, phase }) => kind === 'not-in-bed' && phase === 'ended').length;
  const told = began(alarms, 'not-in-bed').length > ended;
  if (!clip.bed_polygon_norm) return { truth: 'no-bed-marked', outcome: 'apart', told };
  const truth = bedOf(clip);
  switch (truth) {
    case 'up':
      return { truth, outcome: told ? 'right' : 'missed', told };
    case 'in-bed':
    case 'empty':
      return { truth, outcome: told ? 'false' : 'right', told };
    case 'on-bed':
    case 'unknown':
      return { truth, outcome: 'apart', told };
  }
}
