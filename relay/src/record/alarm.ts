/** Pure. An alarm: raised, taken, closed. It goes along its chain until a person takes it, and only a person closes it. */

import type { ToldTo } from '@nattfrid/shared/desk/alarm-view';
import type { AlarmReport, Evidence } from '@nattfrid/shared/domain/alarm';
import type { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type Chain, type ChainEvent, chainMachine, type Doing, type Line, type Staffed } from './chain.ts';
import type { WhyVisit } from './visit.ts';

interface AlarmFacts {
  readonly alarm: AlarmId;
  readonly kind: AlarmReport['kind'];
  readonly unit: UnitId;
  readonly client: ClientAlias;
  /** By the unit's clock, as it was told. */
  readonly at: string;
  readonly receivedAt: Instant;
  readonly evidence: Evidence;
  /** By the unit's clock: it is over. A person closes it all the same. */
  readonly endedAt?: string;
  readonly look?: LookId;
  readonly visit?: VisitId;
  /** Somebody has set out for it, and is there. */
  readonly onTheWayAt?: Instant;
  readonly thereAt?: Instant;
  /** Had it, and has gone or done nothing with it. */
  readonly leftBy?: string;
  /** To whom it is told; absent in alarms from before an update. */
  readonly chain?: Chain;
  /**
   * Nobody is called for it: somebody is setting its unit up at this moment. It stands on the desk all the same, until a person closes it.
   */
  readonly quiet?: 'set-up';
  /** So many more of this kind have come from this unit, and stand behind this one. */
  readonly more?: number;
}

interface Taken {
  readonly by: string;
  /** Of the operator: a name may be that of two. Alarms from before an update have none. */
  readonly id?: string;
  readonly at: Instant;
}

export type Alarm =
  | { readonly name: 'none' }
  | { readonly name: 'raised'; readonly facts: AlarmFacts; readonly loud: 'told' | 'overdue' | 'visit' }
  | { readonly name: 'taken'; readonly facts: AlarmFacts; readonly taken: Taken }
  | {
      readonly name: 'closed';
      readonly facts: AlarmFacts;
      readonly taken: Taken;
      readonly closed: Taken;
      readonly verdict: Verdict;
    };

export type AlarmEvent =
  | {
      readonly type: 'reported';
      readonly unit: UnitId;
      readonly client: ClientAlias;
      readonly report: Omit<AlarmReport, 'camera'>;
      readonly at: Instant;
      /** By the action card of this event; absent: the usual one. */
      readonly line?: Line;
      readonly quiet?: AlarmFacts['quiet'];
      /** The teams in which somebody is; absent: not known. */
      readonly staffed?: Staffed;
    }
  /** `over`: also from whoever has it. */
  | ({ readonly type: 'taken'; readonly over?: true } & Taken)
  | ({ readonly type: 'closed'; readonly verdict: Verdict } & Taken)
  /** Another one stands behind it, and goes on. */
  | { readonly type: 'more' }
  /** The last that stands behind it is over. @param at by the clock of whoever told it */
  | { readonly type: 'more-over'; readonly at: string }
  | { readonly type: 'looked'; readonly look: LookId }
  | { readonly type: 'visit-made'; readonly visit: VisitId }
  /** Somebody goes there for it; whoever that is has it in hand. */
  | ({ readonly type: 'going'; readonly doing: Exclude<Doing, 'taken'> } & Taken)
  /** Its unit is no longer being set up: what is still so calls somebody from now on. */
  | { readonly type: 'aloud'; readonly at: Instant; readonly line?: Line; readonly staffed?: Staffed }
  /** The visit for it is done, and a person has yet to close it. */
  | { readonly type: 'visited' }
  /** Whoever has it in hand has gone, or may not answer it any more. @param at as that of a tick */
  | { readonly type: 'left'; readonly at: Instant }
  /** `staffed`: the teams in which somebody is; absent: not known. */
  | { readonly type: 'tick'; readonly at: Instant; readonly staffed?: Staffed };

export type AlarmEffect =
  | { readonly type: 'need-visit'; readonly why: WhyVisit }
  | { readonly type: 'tell'; readonly to: ToldTo }
  /** The way that needs no computer. */
  | { readonly type: 'fall-back' }
  | { readonly type: 'refuse'; readonly fault: Fault };

type Stepped = readonly [Alarm, readonly AlarmEffect[]];

/** How long an alarm may wait for somebody to take it: after `overdue` it is told louder, after `visit` somebody must go there. */
export interface Patience {
  readonly overdue: Duration;
  readonly visit: Duration;
  /** Taken, and nothing heard of it for so long: told again. Absent: never. */
  readonly again?: Duration;
  /** The same while somebody goes there. */
  readonly goingAgain?: Duration;
}

/** The chain where no action card says another: everybody, then louder, then the fallback. */
export const usualLine = ({ overdue, visit, again, goingAgain }: Patience): Line => ({
  steps: [{ to: 'everybody', within: overdue }],
  louderFor: milliseconds(Math.max(0, visit - overdue)),
  ...(again !== undefined && { again }),
  ...(goingAgain !== undefined && { goingAgain }),
});

export function alarmMachine(patience: Patience): Machine<Alarm, AlarmEvent, AlarmEffect> {
  const usual = usualLine(patience);
  return {
    initial: { name: 'none' },
    step(alarm, event): Stepped {
      if (alarm.name === 'none')
        return event.type === 'reported'
          ? raised(event, usual)
          : refused(alarm, 'not-found', 'There is no such alarm.');
      switch (event.type) {
        case 'reported':
          return reported(alarm, event, usual);
        case 'taken':
          return taken(alarm, event);
        case 'closed':
          return closed(alarm, event);
        case 'more': {
          const { endedAt: _over, ...facts } = alarm.facts;
          return [{ ...alarm, facts: { ...facts, more: (facts.more ?? 0) + 1 } }, []];
        }
        case 'more-over':
          return [{ ...alarm, facts: { ...alarm.facts, endedAt: event.at } }, []];
        case 'looked':
          return [stillHeld({ ...alarm, facts: { ...alarm.facts, look: event.look } }), []];
        case 'visit-made':
          return [{ ...alarm, facts: { ...alarm.facts, visit: event.visit } }, []];
        case 'going':
          return going(alarm, event);
        case 'aloud':
          return aloud(alarm, event, usual);
        case 'visited':
          return [alarm.name === 'taken' ? held(alarm, 'taken') : alarm, []];
        case 'left':
          return alarm.name === 'taken' ? along(alarm, usual, { type: 'left', at: event.at }) : [alarm, []];
        case 'tick':
          return alarm.name === 'closed' ? [alarm, []] : along(alarm, usual, event);
      }
    },
  };
}

type Reported = Extract<AlarmEvent, { type: 'reported' }>;
type Known = Exclude<Alarm, { name: 'none' }>;

/** Whatever phase is heard of first raises it: an alarm that is already over has happened all the same. */
function raised(event: Reported, usual: Line): Stepped {
  const { report, unit, client, at } = event;
  const { alarm, kind, phase, evidence } = report;
  const { quiet } = event;
  const facts = { alarm, kind, unit, client, at: report.at, receivedAt: at, evidence, ...(quiet && { quiet }) };
  return begun(phase === 'ended' ? { ...facts, endedAt: report.at } : facts, event, usual);
}

/** To the first in the line at once, and where nobody is in it to the next. */
function begun(facts: AlarmFacts, event: Reported, usual: Line): Stepped {
  const { line = usual, at, staffed } = event;
  if (facts.quiet) return [{ name: 'raised', facts, loud: 'told' }, []];
  const begins = { type: 'begun', line, at, ...(staffed && { staffed }) } as const;
  return along({ name: 'raised', facts, loud: 'told' }, line, begins);
}

function reported(alarm: Known, event: Reported, usual: Line): Stepped {
  const { report, unit } = event;
  const { facts } = alarm;
  if (facts.unit !== unit || facts.kind !== report.kind)
    return refused(alarm, 'message-not-yours', 'An alarm by the name of an alarm of another unit or another kind.');
  switch (report.phase) {
    case 'began':
      return begunAgain(alarm, event, usual);
    case 'changed':
      return alarm.name === 'closed' ? [alarm, []] : [{ ...alarm, facts: { ...facts, evidence: report.evidence } }, []];
    case 'ended':
      return [{ ...alarm, facts: { ...facts, endedAt: report.at } }, []];
  }
}

/** A unit that was restarted finds the same event anew. An operator who has taken the alarm keeps it; a closed alarm needs a person again. */
function begunAgain(alarm: Known, event: Reported, usual: Line): Stepped {
  const { report, at } = event;
  const { evidence, at: told } = report;
  const { endedAt: _over, ...facts } = alarm.facts;
  if (alarm.name !== 'closed') return [{ ...alarm, facts: { ...facts, evidence } }, []];
  const {
    look: _look,
    visit: _visit,
    onTheWayAt: _way,
    thereAt: _there,
    leftBy: _left,
    chain: _chain,
    quiet: _quiet,
    ...known
  } = facts;
  const { quiet } = event;
  return begun({ ...known, at: told, receivedAt: at, evidence, ...(quiet && { quiet }) }, event, usual);
}

function aloud(alarm: Known, { at, line: own, staffed }: Extract<AlarmEvent, { type: 'aloud' }>, usual: Line): Stepped {
  const { quiet, ...facts } = alarm.facts;
  if (quiet !== 'set-up' || alarm.name === 'closed') return [alarm, []];
  const line = own ?? usual;
  const begins = { type: 'begun', line, at, ...(staffed && { staffed }) } as const;
  return along({ name: 'raised', facts, loud: 'told' }, line, begins);
}

/** By their ids where both are known: a name may be that of two. */
export const isSame = (one: Omit<Taken, 'at'>, other: Omit<Taken, 'at'>): boolean =>
  one.id !== undefined && other.id !== undefined ? one.id === other.id : one.by === other.by;

function taken(alarm: Known, { type: _taken, over, ...by }: Extract<AlarmEvent, { type: 'taken' }>): Stepped {
  switch (alarm.name) {
    case 'raised':
      return [held({ name: 'taken', facts: alarm.facts, taken: by }, 'taken'), []];
    case 'taken':
      if (isSame(alarm.taken, by)) return [stillHeld(alarm), []];
      // Whoever had it is named on it, so that they see who has it now.
      if (over)
        return [held({ name: 'taken', facts: { ...alarm.facts, leftBy: alarm.taken.by }, taken: by }, 'taken'), []];
      return refused(alarm, 'not-now', `${alarm.taken.by} has already taken this alarm.`);
    case 'closed':
      return refused(alarm, 'not-now', `${alarm.closed.by} has already closed this alarm.`);
  }
}

function closed(alarm: Known, { type: _closed, verdict, ...by }: Extract<AlarmEvent, { type: 'closed' }>): Stepped {
  if (alarm.name === 'closed') return refused(alarm, 'not-now', `${alarm.closed.by} has already closed this alarm.`);
  const who = alarm.name === 'taken' ? alarm.taken : by;
  // A person who has not been seen may be in need: only «all well» ends without somebody going there.
  const isFine = verdict === 'all-well' || alarm.facts.quiet !== undefined;
  const effects: AlarmEffect[] = isFine ? [] : [{ type: 'need-visit', why: 'help-needed' }];
  const chain = chainOf(alarm);
  const facts = { ...alarm.facts, chain: chainMachine.step(chain, { type: 'closed' })[0] };
  return [{ name: 'closed', facts, taken: who, closed: by, verdict }, effects];
}

type Held = Extract<Alarm, { name: 'taken' }>;
type Open = Extract<Alarm, { name: 'raised' | 'taken' }>;

const chainOf = ({ facts }: Known): Chain => facts.chain ?? chainMachine.initial;

/** Something has been done about it: its wait begins anew. */
function held(alarm: Held, doing: Doing): Held {
  const [chain] = chainMachine.step(chainOf(alarm), { type: 'held', doing });
  return { ...alarm, facts: { ...alarm.facts, chain } };
}

function stillHeld(alarm: Known): Known {
  if (alarm.name !== 'taken') return alarm;
  const chain = chainOf(alarm);
  return chain.name === 'in-hand' && chain.since !== undefined ? held(alarm, chain.doing) : alarm;
}

/** Whoever sets out for an alarm that nobody has taken has taken it by that. */
function going(alarm: Known, { type: _going, doing, ...by }: Extract<AlarmEvent, { type: 'going' }>): Stepped {
  if (alarm.name === 'closed') return [alarm, []];
  const { facts } = alarm;
  const when = doing === 'on-the-way' ? { onTheWayAt: facts.onTheWayAt ?? by.at } : { thereAt: facts.thereAt ?? by.at };
  const taken = alarm.name === 'taken' ? alarm.taken : by;
  return [held({ name: 'taken', facts: { ...facts, ...when }, taken }, doing), []];
}

/** One step of its chain, and what that makes of the alarm. An alarm from before an update begins its chain anew. */
function along(alarm: Open, usual: Line, event: ChainEvent): Stepped {
  const { receivedAt, quiet } = alarm.facts;
  if (quiet) return [alarm, []];
  const chain = chainOf(alarm);
  const begins = chain.name === 'none' && event.type !== 'begun';
  const [first] = begins ? chainMachine.step(chain, { type: 'begun', line: usual, at: receivedAt }) : [chain];
  const [before] =
    begins && alarm.name === 'taken' ? chainMachine.step(first, { type: 'held', doing: 'taken' }) : [first];
  const [next, effects] = chainMachine.step(before, event);
  if (next === chain) return [alarm, []];
  let moved: Open = { ...alarm, facts: { ...alarm.facts, chain: next } };
  const follows: AlarmEffect[] = [];
  for (const effect of effects) {
    switch (effect.type) {
      case 'tell':
        follows.push(effect);
        break;
      case 'again': {
        const leftBy = moved.name === 'taken' ? moved.taken.by : moved.facts.leftBy;
        moved = { name: 'raised', facts: { ...moved.facts, ...(leftBy && { leftBy }) }, loud: 'told' };
        break;
      }
      case 'louder':
        moved = { name: 'raised', facts: moved.facts, loud: 'overdue' };
        break;
      case 'fall-back':
        moved = { name: 'raised', facts: moved.facts, loud: 'visit' };
        follows.push({ type: 'need-visit', why: 'alarm-not-taken' }, { type: 'fall-back' });
    }
  }
  return [moved, follows];
}

const refused = (alarm: Alarm, code: 'not-found' | 'not-now' | 'message-not-yours', words: string): Stepped => [
  alarm,
  [{ type: 'refuse', fault: new Fault(code, words) }],
];
