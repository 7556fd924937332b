/** Pure. All clips that one run has scored, by condition, and their observations. */

import { agreed, plan } from './agreed-plan.ts';
import type { Light } from './condition.ts';
import { decideAgain } from './decide-again.ts';
import type { LabelledClip } from './labelled-clip.ts';
import type { Recorded } from './record.ts';
import { type ScoredClip, scoreClip } from './scored-clip.ts';

export interface ScoreRun {
  /** By the name of the condition. */
  readonly scored: ReadonlyMap<string, readonly ScoredClip[]>;
  readonly records: ReadonlyMap<Light, readonly Recorded[]>;
  readonly clips: readonly LabelledClip[];
  /** Entries of the index without a file. */
  readonly nameless: number;
}

/** Decides a clip anew from its observations. */
export const scoreAgain = (one: Recorded): ScoredClip =>
  scoreClip(one.clip, { type: 'played', alarms: decideAgain(one, plan) }, agreed);

/** The conditions without a variation. */
export const plain = (scored: ScoreRun['scored']): ScoreRun['scored'] =>
  new Map([...scored].filter(([name]) => name === 'clear' || name === 'grey' || name === 'night'));
