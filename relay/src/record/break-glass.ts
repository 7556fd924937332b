/**
 * Pure. Break-glass: asked for by one person, granted by another within minutes, open for one client and a bounded time, over, reviewed.
 * Each step writes its line of the audit log before it holds.
 */
import {
  type Alike,
  answerWithin,
  type BreakGlassId,
  type BreakGlassReason,
  type BreakGlassWhat,
  openFor,
  type WhyOver,
} from '@nattfrid/shared/desk/break-glass';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Role } from '@nattfrid/shared/desk/role';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { after, type Instant } from '@nattfrid/shared/time/instant';

/** Somebody who is signed in, and where. */
export interface AtComputer {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: Organisation;
  readonly session: string;
  /** The browser, as far as it can be known again; undefined: it keeps nothing that tells. */
  readonly computer: string | undefined;
  /** Of its network, as the relay sees it. */
  readonly network: string;
}

export interface BreakGlassFacts {
  readonly access: BreakGlassId;
  readonly client: ClientAlias;
  /** Whose client it is. */
  readonly organisation: Organisation;
  readonly what: BreakGlassWhat;
  readonly reason: BreakGlassReason;
  readonly asker: AtComputer;
  readonly askedAt: Instant;
}

interface Granted {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly at: Instant;
  readonly alike: readonly Alike[];
}

/** Something that was read or done by it. */
interface Use {
  readonly at: Instant;
  readonly route: string;
  readonly subject: string;
}

interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Review extends Person {
  readonly at: Instant;
  readonly checked: 'in-order' | 'follow-up';
  readonly words?: string;
}

export type BreakGlass =
  | { readonly name: 'none' }
  | { readonly name: 'asked'; readonly facts: BreakGlassFacts }
  | {
      readonly name: 'open';
      readonly facts: BreakGlassFacts;
      readonly granted: Granted;
      readonly uses: readonly Use[];
    }
  | {
      readonly name: 'over';
      readonly facts: BreakGlassFacts;
      /** Absent: nobody has said yes. */
      readonly granted?: Granted;
      readonly uses: readonly Use[];
      readonly endedAt: Instant;
      readonly why: WhyOver;
      readonly by?: Person;
      readonly review?: Review;
    };

/** `now`: the instant that is now for what waits, by a clock that nobody sets; `at`: by the clock on the wall. */
export type BreakGlassEvent =
  | { readonly type: 'asked'; readonly facts: BreakGlassFacts }
  | { readonly type: 'granted'; readonly by: AtComputer; readonly at: Instant; readonly now: Instant }
  | { readonly type: 'declined'; readonly by: AtComputer; readonly at: Instant }
  | ({ readonly type: 'used' } & Use)
  /** @param by absent: the relay */
  | { readonly type: 'ended'; readonly why: WhyOver; readonly by?: Person; readonly at: Instant }
  /** The same person has signed in anew on the same computer, where it had been locked. */
  | { readonly type: 'moved'; readonly session: string }
  | { readonly type: 'tick'; readonly at: Instant; readonly now: Instant }
  | ({ readonly type: 'reviewed' } & Review);

type Lined = 'asked' | 'granted' | 'declined' | 'used' | 'ended' | 'reviewed';

export type BreakGlassEffect =
  | { readonly type: 'refuse'; readonly fault: Fault }
  /** A line of the audit log, on the disk with the step. @param by absent: the relay */
  | {
      readonly type: 'write';
      readonly what: `break-glass-${Lined}`;
      readonly by?: Person;
      readonly details: Readonly<Record<string, string>>;
    };

type Stepped = readonly [BreakGlass, readonly BreakGlassEffect[]];

/** More than anybody does with one home in half an hour. */
const mostUses = 100;

export const breakGlassMachine: Machine<BreakGlass, BreakGlassEvent, BreakGlassEffect> = {
  initial: { name: 'none' },
  step(state, event): Stepped {
    if (event.type === 'asked')
      return state.name === 'none' ? asked(event.facts) : refused(state, 'already-there', 'This has been asked for.');
    if (state.name === 'none') return refused(state, 'not-found', 'There is no such access.');
    switch (event.type) {
      case 'granted':
        return granted(state, event);
      case 'declined':
        if (state.name !== 'asked') return refused(state, 'not-now', 'This has been answered already.');
        return [
          over(state, { why: 'declined', by: event.by, at: event.at }),
          [line('declined', state.facts, {}, event.by)],
        ];
      case 'used':
        return used(state, event);
      case 'ended':
        return state.name === 'over'
          ? refused(state, 'not-now', 'This is over already.')
          : ended(state, event.why, event.at, event.by);
      case 'moved':
        if (state.name === 'over') return [state, []];
        return [{ ...state, facts: { ...state.facts, asker: { ...state.facts.asker, session: event.session } } }, []];
      case 'tick':
        return ticked(state, event);
      case 'reviewed':
        return reviewed(state, event);
    }
  },
};

type Known = Exclude<BreakGlass, { name: 'none' }>;

function asked(facts: BreakGlassFacts): Stepped {
  return [{ name: 'asked', facts }, [line('asked', facts, {}, facts.asker)]];
}

/** By two people at two computers, as far as that can be seen. */
function granted(state: Known, { by, at, now }: Extract<BreakGlassEvent, { type: 'granted' }>): Stepped {
  if (state.name !== 'asked') return refused(state, 'not-now', 'This has been answered already.');
  const { facts } = state;
  const { asker } = facts;
  if (now >= answerBy(facts)) return refused(state, 'not-now', 'It was asked for too long ago. Let it be asked anew.');
  if (by.id === asker.id)
    return refused(state, 'not-allowed', 'Somebody else grants it: nobody opens it for themselves.');
  if (by.session === asker.session || (by.computer !== undefined && by.computer === asker.computer))
    return refused(state, 'not-allowed', 'It was asked for on this computer. Somebody else grants it, at another one.');
  const alike: Alike[] = [
    ...(by.network === asker.network ? (['same-network'] as const) : []),
    ...(by.name === asker.name ? (['same-name'] as const) : []),
  ];
  const { id, name, role } = by;
  return [
    { name: 'open', facts, granted: { id, name, role, at, alike }, uses: [] },
    [line('granted', facts, { alike: alike.join(' ') || 'no' }, by)],
  ];
}

function used(state: Known, { type: _used, ...use }: Extract<BreakGlassEvent, { type: 'used' }>): Stepped {
  if (state.name !== 'open') return refused(state, 'not-allowed', 'This is not open any more.');
  if (state.uses.length >= mostUses) return refused(state, 'too-many-requests', 'It has been used too often.');
  const { route, subject } = use;
  return [
    { ...state, uses: [...state.uses, use] },
    [line('used', state.facts, { route, of: subject }, state.facts.asker)],
  ];
}

const answerBy = ({ askedAt }: BreakGlassFacts): Instant => after(askedAt, answerWithin);

/** When it ends by itself, as it stands. */
export const untilOf = (state: Exclude<Known, { name: 'over' }>): Instant =>
  state.name === 'asked' ? answerBy(state.facts) : after(state.granted.at, openFor);

function ticked(state: Known, { at, now }: Extract<BreakGlassEvent, { type: 'tick' }>): Stepped {
  if (state.name === 'over' || now < untilOf(state)) return [state, []];
  return ended(state, state.name === 'asked' ? 'not-answered' : 'time', at);
}

function ended(state: Exclude<Known, { name: 'over' }>, why: WhyOver, at: Instant, by?: Person): Stepped {
  return [over(state, { why, at, ...(by && { by }) }), [line('ended', state.facts, { why }, by)]];
}

function over(
  state: Exclude<Known, { name: 'over' }>,
  { why, at, by }: { readonly why: WhyOver; readonly at: Instant; readonly by?: Person },
): BreakGlass {
  const { facts } = state;
  const was = state.name === 'open' ? { granted: state.granted, uses: state.uses } : { uses: [] };
  return { name: 'over', facts, ...was, endedAt: at, why, ...(by && { by: { id: by.id, name: by.name } }) };
}

/** Whether a person has to look at it: one that has been open, and one that somebody has said no to. */
export const needsReview = (state: BreakGlass): boolean =>
  state.name === 'open' ||
  (state.name === 'over' && !state.review && (state.granted !== undefined || state.why === 'declined'));

function reviewed(
  state: Known,
  { type: _reviewed, ...review }: Extract<BreakGlassEvent, { type: 'reviewed' }>,
): Stepped {
  if (state.name !== 'over') return refused(state, 'not-now', 'It is not over yet. End it first.');
  if (!needsReview(state)) return refused(state, 'not-now', 'This has been looked at already, or was never open.');
  if (review.id === state.facts.asker.id || review.id === state.granted?.id)
    return refused(state, 'not-allowed', 'You have asked for it or granted it yourself: somebody else looks at it.');
  if (review.checked === 'follow-up' && !review.words)
    return refused(state, 'request-invalid', 'What is to be followed up needs a sentence that says what.');
  return [{ ...state, review }, [line('reviewed', state.facts, { checked: review.checked }, review)]];
}

function line(
  what: Lined,
  { access, what: opened, reason, organisation, asker }: BreakGlassFacts,
  more: Readonly<Record<string, string>>,
  by?: Person,
): BreakGlassEffect {
  const details = { access, what: opened, reason, asker: asker.name, organisation, operator: by?.id ?? asker.id };
  return { type: 'write', what: `break-glass-${what}`, ...(by && { by }), details: { ...details, ...more } };
}

const refused = (
  state: BreakGlass,
  code: 'already-there' | 'not-found' | 'not-now' | 'not-allowed' | 'too-many-requests' | 'request-invalid',
  words: string,
): Stepped => [state, [{ type: 'refuse', fault: new Fault(code, words) }]];
