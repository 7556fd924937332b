/**
 * Pure. What keeps a unit dark whatever its plan says: a stop, a pause, the switch on the unit itself, a technician at it. Each can only take
 * away: there is no halt, and no order of halts, by which more may be seen than without it.
 */
import type { HaltId } from '@nattfrid/shared/domain/ids';
import type { HaltWord } from '@nattfrid/shared/domain/look';
import type { Plan } from '@nattfrid/shared/domain/plan';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { days } from '@nattfrid/shared/time/duration';
import { type Instant, instant, parseInstant } from '@nattfrid/shared/time/instant';
import {
  type HaltAnswer,
  type HaltLetter,
  longestPauseDays,
  mostHalts,
  type WhyStopped,
} from '@nattfrid/shared/wire/halt-letter';

/** No plan of this version or of a lower one counts any more. */
export interface Stop {
  readonly halt: HaltId;
  readonly planVersion: number;
  readonly why: WhyStopped;
}

export interface Pause {
  readonly halt: HaltId;
  readonly from: Instant;
  readonly until: Instant;
}

/** What a technician has said at the unit. */
export type AtTheUnit =
  | { readonly type: 'nothing' }
  | { readonly type: 'stopped' }
  | { readonly type: 'paused'; readonly until: Instant };

/** Off: it may watch. A unit without one has it off. */
export type SwitchState = 'off' | 'on' | 'unreadable';

export interface Halts {
  readonly stop: Stop | undefined;
  readonly pauses: readonly Pause[];
  readonly atTheUnit: AtTheUnit;
  readonly privacySwitch: SwitchState;
}

export type Halted =
  | { readonly why: WhyStopped | 'privacy-switch' | 'switch-unreadable' | 'technician' }
  | { readonly why: 'paused'; readonly until: Instant };

export type HaltEvent =
  /** `newest`: the version of the newest plan that the unit has. */
  | {
      readonly type: 'letter';
      readonly letter: HaltLetter;
      readonly newest: number | undefined;
      readonly at: Instant;
    }
  | { readonly type: 'at-the-unit'; readonly now: AtTheUnit }
  | { readonly type: 'switch'; readonly now: SwitchState };

export type HaltEffect = { readonly type: 'answer'; readonly answer: HaltAnswer };

/** Beside a stop. */
const mostPauses = mostHalts - 1;

export const haltMachine: Machine<Halts, HaltEvent, HaltEffect> = {
  initial: { stop: undefined, pauses: [], atTheUnit: { type: 'nothing' }, privacySwitch: 'off' },
  step(state, event) {
    switch (event.type) {
      case 'letter':
        return told(state, event);
      case 'at-the-unit':
        return [same(state.atTheUnit, event.now) ? state : { ...state, atTheUnit: event.now }, []];
      case 'switch':
        return [state.privacySwitch === event.now ? state : { ...state, privacySwitch: event.now }, []];
    }
  },
};

const same = (one: AtTheUnit, other: AtTheUnit): boolean =>
  one.type === 'paused' ? other.type === 'paused' && one.until === other.until : one.type === other.type;

function told(state: Halts, { letter, newest = 0, at }: Extract<HaltEvent, { type: 'letter' }>) {
  const { halt } = letter;
  const yes = (next: Halts) =>
    [next, [{ type: 'answer', answer: { type: 'taken', halt, letter: letter.type } }]] as const;
  const no = (why: Extract<HaltAnswer, { type: 'refused' }>['why']) =>
    [state, [{ type: 'answer', answer: { type: 'refused', halt, why, version: newest } }]] as const;
  switch (letter.type) {
    case 'stop':
      // What was signed after it is not what was taken back.
      if (letter.planVersion < newest) return no('newer-plan');
      // An older one says less: the floor only rises.
      if (state.stop && state.stop.planVersion > letter.planVersion) return yes(state);
      return yes({ ...state, stop: { halt, planVersion: letter.planVersion, why: letter.why } });
    case 'pause': {
      const pause = { halt, from: parseInstant(letter.from), until: parseInstant(letter.until) };
      if (!(pause.until > pause.from)) return no('not-sane');
      if (pause.until - pause.from > days(longestPauseDays)) return no('too-long');
      const others = state.pauses.filter((one) => one.halt !== halt && one.until > at);
      return others.length >= mostPauses ? no('too-many') : yes({ ...state, pauses: [...others, pause] });
    }
    case 'pause-over':
      return yes(
        state.pauses.some((one) => one.halt === halt)
          ? { ...state, pauses: state.pauses.filter((one) => one.halt !== halt) }
          : state,
      );
  }
}

/** Why nothing may be watched nor shown under this plan now; undefined: no halt forbids it. */
export function haltedNow(halts: Halts, plan: Pick<Plan, 'version'> | undefined, at: Instant): Halted | undefined {
  const { stop, pauses, atTheUnit, privacySwitch } = halts;
  if (stop && (plan?.version ?? 0) <= stop.planVersion) return { why: stop.why };
  if (privacySwitch !== 'off') return { why: privacySwitch === 'on' ? 'privacy-switch' : 'switch-unreadable' };
  if (atTheUnit.type === 'stopped') return { why: 'technician' };
  const ends = [
    ...pauses.filter(({ from, until }) => from <= at && at < until).map(({ until }) => until),
    ...(atTheUnit.type === 'paused' && at < atTheUnit.until ? [atTheUnit.until] : []),
  ];
  return ends.length > 0 ? { why: 'paused', until: instant(Math.max(...ends)) } : undefined;
}

/** When the next pause begins; undefined: none is to come. */
export function nextPause({ pauses }: Halts, at: Instant): Instant | undefined {
  const begins = pauses.map(({ from }) => from).filter((from) => from > at);
  return begins.length > 0 ? instant(Math.min(...begins)) : undefined;
}

/** What whoever asks for a look is told. */
export function wordFor({ why }: Halted): HaltWord | 'plan-expired' {
  switch (why) {
    case 'consent-withdrawn':
    case 'paused':
    case 'privacy-switch':
      return why;
    case 'switch-unreadable':
    case 'technician':
      return 'privacy-switch';
    case 'plan-ended':
    case 'client-ended':
      return 'plan-expired';
  }
}

/** The ids of those that it has. */
export const heldHalts = ({ stop, pauses }: Halts): readonly HaltId[] => [
  ...(stop ? [stop.halt] : []),
  ...pauses.map(({ halt }) => halt),
];
