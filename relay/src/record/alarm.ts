/** Pure. An alarm: raised, taken, closed. It gets louder until a person takes it, and only a person closes it. */
import type { AlarmReport, Evidence } from '@nattfrid/shared/domain/alarm';
import type { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
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
    }
  | ({ readonly type: 'taken' } & Taken)
  /** Whoever has taken it may not answer it any more: it waits for somebody, as long as it has waited before. */
  | { readonly type: 'let-go' }
  | ({ readonly type: 'closed'; readonly verdict: Verdict } & Taken)
  /** Another one stands behind it, and goes on. */
  | { readonly type: 'more' }
  /** The last that stands behind it is over. @param at by the clock of whoever told it */
  | { readonly type: 'more-over'; readonly at: string }
  | { readonly type: 'looked'; readonly look: LookId }
  | { readonly type: 'visit-made'; readonly visit: VisitId }
  | { readonly type: 'tick'; readonly at: Instant };

export type AlarmEffect =
  | { readonly type: 'need-visit'; readonly why: WhyVisit }
  | { readonly type: 'refuse'; readonly fault: Fault };

type Stepped = readonly [Alarm, readonly AlarmEffect[]];

/** How long an alarm may wait for somebody to take it: after `overdue` it is told louder, after `visit` somebody must go there. */
export interface Patience {
  readonly overdue: Duration;
  readonly visit: Duration;
}

export function alarmMachine(patience: Patience): Machine<Alarm, AlarmEvent, AlarmEffect> {
  return {
    initial: { name: 'none' },
    step(alarm, event): Stepped {
      if (alarm.name === 'none')
        return event.type === 'reported' ? raised(event) : refused(alarm, 'not-found', 'There is no such alarm.');
      switch (event.type) {
        case 'reported':
          return reported(alarm, event);
        case 'taken':
          return taken(alarm, event);
        case 'closed':
          return closed(alarm, event);
        case 'let-go':
          return alarm.name === 'taken' ? [{ name: 'raised', facts: alarm.facts, loud: 'told' }, []] : [alarm, []];
        case 'more': {
          const { endedAt: _over, ...facts } = alarm.facts;
          return [{ ...alarm, facts: { ...facts, more: (facts.more ?? 0) + 1 } }, []];
        }
        case 'more-over':
          return [{ ...alarm, facts: { ...alarm.facts, endedAt: event.at } }, []];
        case 'looked':
          return [{ ...alarm, facts: { ...alarm.facts, look: event.look } }, []];
        case 'visit-made':
          return [{ ...alarm, facts: { ...alarm.facts, visit: event.visit } }, []];
        case 'tick':
          return ticked(alarm, event.at, patience);
      }
    },
  };
}

type Reported = Extract<AlarmEvent, { type: 'reported' }>;
type Known = Exclude<Alarm, { name: 'none' }>;

/** Whatever phase is heard of first raises it: an alarm that is already over has happened all the same. */
function raised({ report, unit, client, at }: Reported): Stepped {
  const { alarm, kind, phase, evidence } = report;
  const facts = { alarm, kind, unit, client, at: report.at, receivedAt: at, evidence };
  return [{ name: 'raised', facts: phase === 'ended' ? { ...facts, endedAt: report.at } : facts, loud: 'told' }, []];
}

function reported(alarm: Known, { report, unit, at }: Reported): Stepped {
  const { facts } = alarm;
  if (facts.unit !== unit || facts.kind !== report.kind)
    return refused(alarm, 'message-not-yours', 'An alarm by the name of an alarm of another unit or another kind.');
  switch (report.phase) {
    case 'began':
      return begunAgain(alarm, report, at);
    case 'changed':
      return alarm.name === 'closed' ? [alarm, []] : [{ ...alarm, facts: { ...facts, evidence: report.evidence } }, []];
    case 'ended':
      return [{ ...alarm, facts: { ...facts, endedAt: report.at } }, []];
  }
}

/** A unit that was restarted finds the same event anew. An operator who has taken the alarm keeps it; a closed alarm needs a person again. */
function begunAgain(alarm: Known, { evidence, at: told }: Reported['report'], at: Instant): Stepped {
  const { endedAt: _over, ...facts } = alarm.facts;
  if (alarm.name !== 'closed') return [{ ...alarm, facts: { ...facts, evidence } }, []];
  const { look: _look, visit: _visit, ...known } = facts;
  return [{ name: 'raised', facts: { ...known, at: told, receivedAt: at, evidence }, loud: 'told' }, []];
}

/** By their ids where both are known: a name may be that of two. */
export const isSame = (one: Omit<Taken, 'at'>, other: Omit<Taken, 'at'>): boolean =>
  one.id !== undefined && other.id !== undefined ? one.id === other.id : one.by === other.by;

function taken(alarm: Known, { type: _taken, ...by }: Extract<AlarmEvent, { type: 'taken' }>): Stepped {
  switch (alarm.name) {
    case 'raised':
      return [{ name: 'taken', facts: alarm.facts, taken: by }, []];
    case 'taken':
      return isSame(alarm.taken, by)
        ? [alarm, []]
        : refused(alarm, 'not-now', `${alarm.taken.by} has already taken this alarm.`);
    case 'closed':
      return refused(alarm, 'not-now', `${alarm.closed.by} has already closed this alarm.`);
  }
}

function closed(alarm: Known, { type: _closed, verdict, ...by }: Extract<AlarmEvent, { type: 'closed' }>): Stepped {
  if (alarm.name === 'closed') return refused(alarm, 'not-now', `${alarm.closed.by} has already closed this alarm.`);
  const who = alarm.name === 'taken' ? alarm.taken : by;
  // A person who has not been seen may be in need: only «all well» ends without somebody going there.
  const effects: AlarmEffect[] = verdict === 'all-well' ? [] : [{ type: 'need-visit', why: 'help-needed' }];
  return [{ name: 'closed', facts: alarm.facts, taken: who, closed: by, verdict }, effects];
}

function ticked(alarm: Known, at: Instant, patience: Patience): Stepped {
  if (alarm.name !== 'raised') return [alarm, []];
  const waited = at - alarm.facts.receivedAt;
  switch (alarm.loud) {
    case 'told':
      if (waited >= patience.overdue) return [{ ...alarm, loud: 'overdue' }, []];
      return [alarm, []];
    case 'overdue':
      if (waited >= patience.visit)
        return [{ ...alarm, loud: 'visit' }, [{ type: 'need-visit', why: 'alarm-not-taken' }]];
      return [alarm, []];
    case 'visit':
      return [alarm, []];
  }
}

const refused = (alarm: Alarm, code: 'not-found' | 'not-now' | 'message-not-yours', words: string): Stepped => [
  alarm,
  [{ type: 'refuse', fault: new Fault(code, words) }],
];
