/** Pure. What can happen to the look on one camera, and what then has to be done. */
import type { LookId, VisitId } from '@nattfrid/shared/domain/ids';
import type { LookEnd, Refusal, Verdict } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { Joined, Look, LookFacts, Operator } from '../record/look.ts';
import type { WhyVisit } from '../record/visit.ts';

export type LookEvent =
  | { readonly type: 'planned'; readonly facts: LookFacts }
  | { readonly type: 'opened'; readonly by: Operator; readonly operatorKey?: string; readonly at: Instant }
  /** The unit was not connected when the relay called it. */
  | { readonly type: 'unreachable'; readonly at: Instant }
  /** The operator's console knows another key of this unit, so the unit is not asked. */
  | { readonly type: 'untrusted'; readonly by: Operator; readonly at: Instant }
  | { readonly type: 'answered'; readonly answer: LookAnswer; readonly at: Instant }
  | { readonly type: 'joined'; readonly by: Joined }
  | { readonly type: 'left'; readonly by: Operator }
  /** The operator would rather have the person shown in this mode. */
  | { readonly type: 'wished'; readonly by: Operator; readonly mode: Mode; readonly at: Instant }
  /** The unit was not connected when the relay passed the wish on. */
  | { readonly type: 'wish-lost' }
  /** The unit has lost its link or its power: its gate is shut by now, and stays so. */
  | { readonly type: 'unit-gone' }
  | { readonly type: 'first-picture'; readonly at: Instant }
  | {
      readonly type: 'closed';
      readonly by: Operator;
      readonly at: Instant;
      readonly why?: 'operator-closed' | 'key-changed';
    }
  | {
      readonly type: 'verdict';
      readonly verdict: Verdict;
      readonly by: Operator;
      readonly at: Instant;
      /** A fresh id, used where the verdict leads to a retry. */
      readonly retry: LookId;
    }
  /** The look's visit has been made, its alarm has been closed, or the look that leads is over. */
  | { readonly type: 'settled'; readonly at: Instant }
  | { readonly type: 'visit-made'; readonly visit: VisitId }
  /** A newer plan does not contain the look. */
  | { readonly type: 'unplanned'; readonly at: Instant }
  /** The home is stopped or paused: nothing of it is shown any more, and no look of it is due. */
  | { readonly type: 'halted'; readonly why: 'consent-withdrawn' | 'paused' | 'plan-changed'; readonly at: Instant }
  /** It was taken off the list before anybody had opened it, and is agreed again: a new plan, or a pause that is over sooner. */
  | { readonly type: 'agreed-again'; readonly facts: LookFacts; readonly at: Instant }
  /** The relay's wall clock was set (negative: back): what counts from a moment before counts from the same moment still. */
  | { readonly type: 'clock-set'; readonly by: Duration }
  | { readonly type: 'tick'; readonly at: Instant };

export type LookEffect =
  | { readonly type: 'call' }
  /** `operatorKey` names the opening that ends: a close that arrives late must not end the next one. */
  | { readonly type: 'close'; readonly why: LookEnd; readonly operatorKey?: string }
  /** The pass lets pictures through to this colleague, and the unit is asked. */
  | { readonly type: 'admit'; readonly joined: Joined }
  /** The pass stops the pictures to this colleague, and the unit is told. */
  | { readonly type: 'dismiss'; readonly joined: Joined }
  | { readonly type: 'need-visit'; readonly why: WhyVisit }
  /** Its unit does not know the console: it is due as before, for another console or until a colleague has confirmed this one. */
  | { readonly type: 'put-back'; readonly why: Refusal }
  | { readonly type: 'retry'; readonly facts: LookFacts }
  | { readonly type: 'alarm-verdict'; readonly verdict: Verdict; readonly by: Operator }
  | Refuse;

export interface Refuse {
  readonly type: 'refuse';
  readonly fault: Fault;
}

export interface LookTimes {
  readonly answerWithin: Duration;
  readonly firstPictureWithin: Duration;
}

export type Stepped = readonly [Look, readonly LookEffect[]];
export type In<Name extends Look['name']> = Extract<Look, { name: Name }>;
export type Of<Type extends LookEvent['type']> = Extract<LookEvent, { type: Type }>;

export const refusal = (code: 'not-found' | 'not-now' | 'not-allowed', words: string): Refuse => ({
  type: 'refuse',
  fault: new Fault(code, words),
});

/** A look that refuses an event stays as it is. */
export const refuse = (look: Look, ...why: Parameters<typeof refusal>): Stepped => [look, [refusal(...why)]];
