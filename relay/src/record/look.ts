/** Pure. A look as a noun: what is known of it, and the states in which it can be. */
import type { LookFault } from '@nattfrid/shared/desk/look-view';
import type { ClientAlias, LookId, OperatorAlias, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { LookEnd, NoPicture, Reason, Refusal, Verdict } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface LookFacts {
  readonly look: LookId;
  readonly unit: UnitId;
  readonly client: ClientAlias;
  readonly reason: Reason;
  /**
   * plan: agreed for this time, so that a fault leads to a visit; alarm: the alarm stays until a person closes it; operator: extra;
   * beside: another camera of a home that is being looked into, for which the look that leads answers.
   */
  readonly origin: 'plan' | 'alarm' | 'operator' | 'beside';
  readonly attempt: number;
  readonly dueFrom: Instant;
  readonly dueUntil: Instant;
  /** When the agreed window as a whole closes: a retry fits in before that. */
  readonly closes: Instant;
  /** Agreed in the plan: how long after «not seen» to look again. */
  readonly retryAfter: Duration;
  readonly visit?: VisitId;
  /** The look that leads this one. */
  readonly beside?: LookId;
  /** Where this look has taken over the lead: the look on the list that led first, and could show nothing. */
  readonly tookOverFrom?: LookId;
}

export interface Operator {
  readonly id: string;
  readonly name: string;
}

/** A colleague who sees the look too. */
export interface Joined extends Operator {
  /** The unit's name for this colleague. */
  readonly alias: OperatorAlias;
}

/** Who has opened a look, and who has joined it. */
export interface Opened {
  readonly operator: Operator;
  readonly at: Instant;
  /** The public key that the console made for this opening; looks that were opened before an update have none. */
  readonly operatorKey?: string;
  readonly joined?: readonly Joined[];
  /** The last colleague whom the unit has not let in. */
  readonly notJoined?: { readonly name: string; readonly why: Refusal };
}

/** How the operator would rather have the person shown. `why` the unit refused; absent: the unit has not answered yet. */
interface Wish {
  readonly mode: Mode;
  readonly wishedAt: Instant;
  readonly why?: Refusal;
}

export interface Shown {
  readonly mode: Mode;
  /** The mode that the unit showed first, where it has been changed by a wish since. */
  readonly first?: Mode;
  readonly wish?: Wish;
  readonly until: Instant;
  /** The unit said yes. */
  readonly answeredAt: Instant;
  readonly firstPictureAt?: Instant;
  /** The unit says that somebody has been shown: one camera is enough by the plan. */
  readonly clientSeenAt?: Instant;
  readonly noPicture?: NoPicture;
}

export type Look =
  | { readonly name: 'none' }
  /** `refusal`: its unit did not know the console that asked last, so that nothing has come of it yet. */
  | { readonly name: 'due'; readonly facts: LookFacts; readonly refusal?: Refusal }
  | {
      readonly name: 'asked';
      readonly facts: LookFacts;
      readonly opened: Opened;
      /** Pictures come another way than words, and may overtake the unit's yes. */
      readonly firstPictureAt?: Instant;
    }
  | { readonly name: 'open'; readonly facts: LookFacts; readonly opened: Opened; readonly shown: Shown }
  | {
      readonly name: 'awaiting-verdict';
      readonly facts: LookFacts;
      readonly opened: Opened;
      readonly shown: Shown;
      readonly end: LookEnd;
    }
  | { readonly name: 'refused'; readonly facts: LookFacts; readonly opened: Opened; readonly refusal: Refusal }
  | {
      readonly name: 'failed';
      readonly facts: LookFacts;
      readonly fault: LookFault;
      readonly opened?: Opened;
      readonly noPicture?: NoPicture;
    }
  | {
      readonly name: 'done';
      readonly facts: LookFacts;
      readonly doneAt: Instant;
      readonly opened?: Opened;
      readonly shown?: Shown;
      readonly refusal?: Refusal;
      readonly fault?: LookFault;
      readonly noPicture?: NoPicture;
      readonly end?: LookEnd;
      readonly verdict?: { readonly verdict: Verdict; readonly by: string };
      readonly retry?: LookId;
    };

export type KnownLook = Exclude<Look, { name: 'none' }>;

/** When a picture was first handed to the operator's console; undefined where none was, or the look has come to nothing. */
export function firstPictureOf(look: KnownLook): Instant | undefined {
  if (look.name === 'asked') return look.firstPictureAt;
  return 'shown' in look ? look.shown?.firstPictureAt : undefined;
}

/** It shows the client, to the operator too: by the plan the home's other cameras need not be shown. */
export const isEnough = (look: KnownLook): boolean =>
  firstPictureOf(look) !== undefined && 'shown' in look && look.shown?.clientSeenAt !== undefined;

/** Pictures may pass only while a look is live. */
export const isLive = (look: Look): look is Extract<Look, { name: 'asked' | 'open' }> =>
  look.name === 'asked' || look.name === 'open';

const takenOffBy: readonly (LookEnd | undefined)[] = ['plan-changed', 'consent-withdrawn', 'paused'];
/** Nobody has opened it, and it has led to nothing: only its plan, or the home, was another one for a while. */
export const isTakenOff = (look: KnownLook): boolean =>
  look.name === 'done' && !look.opened && !look.facts.visit && takenOffBy.includes(look.end);
