/** Pure. What is known of one bed, and the state that is told of it. */
import type { BedStateName } from '@nattfrid/shared/domain/evidence-code';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type Breath, noBreath } from './breathing.ts';
import type { Identity } from './identity.ts';

export type WhyBed =
  /** in-bed */
  | 'seen-lying'
  | 'went-in'
  | 'stirs'
  | 'looks-taken'
  /** on-edge */
  | 'seen-sitting'
  /** not-in-bed */
  | 'left'
  | 'seen-elsewhere'
  /** unknown */
  | 'nothing-seen'
  | 'not-watched'
  | 'lies-still'
  | 'looks-empty';

export interface BedState {
  readonly name: BedStateName;
  readonly since: Instant | undefined;
  readonly why: WhyBed;
}

/** What the looks of a bed have said so far. */
export interface Seems {
  /** Since the bed has been watched without a break. */
  readonly from: Instant;
  /** Since when it is taken for taken. */
  readonly since?: Instant | undefined;
  /** When something in it lived, while nobody was up. */
  readonly livedAt?: Instant | undefined;
  /** When it last looked as if somebody lay in it, and when anybody was up. */
  readonly lookedTakenAt?: Instant | undefined;
  readonly upAt?: Instant | undefined;
  /** How much it has looked so at most, since it is taken for taken. */
  readonly most?: number | undefined;
}

export interface Bed {
  readonly state: BedState;
  /** Whoever went in, also those who are not seen any more. */
  readonly inIt: readonly Identity[];
  /** Whoever sat on it when somebody did last. */
  readonly sat: readonly Identity[];
  /** When it moved last, since the beds have been watched without a break. */
  readonly stirredAt?: Instant | undefined;
  /** Its recent stirs, each some seconds apart. */
  readonly stirs: readonly Instant[];
  readonly bulgeFor: Duration;
  readonly breath: Breath;
  /** Somebody turned up at it, and is up, who was not known to lie there. */
  readonly risen: boolean;
  readonly emptyFor: Duration;
  /** What its looks alone say of it. */
  readonly seems?: Seems;
}

export const newBed: Bed = {
  state: { name: 'unknown', since: undefined, why: 'nothing-seen' },
  inIt: [],
  sat: [],
  stirs: [],
  bulgeFor: milliseconds(0),
  breath: noBreath,
  risen: false,
  emptyFor: milliseconds(0),
};

/** After so long without a look that what was known before counts no more. */
export const forgotten = (at: Instant): Bed => ({
  ...newBed,
  state: { name: 'unknown', since: at, why: 'not-watched' },
});
