/** Pure. A visit that somebody must make: needed, on the way, there, done; it never goes back and never just goes away. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { AlarmId, ClientAlias, LookId, TeamId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';

export type WhyVisit = VisitView['why'];

/** What else one visit to a home is for. */
interface AlsoVisit {
  readonly why: WhyVisit;
  readonly at: Instant;
  readonly look?: LookId;
  readonly alarm?: AlarmId;
}

interface VisitFacts {
  readonly visit: VisitId;
  readonly unit: UnitId;
  readonly client: ClientAlias;
  readonly why: WhyVisit;
  readonly neededAt: Instant;
  readonly look?: LookId;
  readonly alarm?: AlarmId;
  readonly also?: readonly AlsoVisit[];
  /** Whose it is to go; absent: whoever can. */
  readonly team?: TeamId;
  /** Nobody has set out in time. */
  readonly overdue?: true;
  /** What was done to it, by the ids that consoles have given: one that is sent twice is done once. */
  readonly deeds?: readonly string[];
}

/** A visit has three steps; more ids than these are of somebody who does not know when to stop. */
const mostDeeds = 12;

/** More reasons than these say nothing new to whoever goes there. */
const mostReasons = 20;

interface Going {
  readonly facts: VisitFacts;
  readonly who: string;
  readonly onTheWayAt?: Instant;
  readonly thereAt?: Instant;
}

export type Visit =
  | { readonly name: 'none' }
  | { readonly name: 'needed'; readonly facts: VisitFacts }
  | ({ readonly name: 'on-the-way' } & Going)
  | ({ readonly name: 'there' } & Going)
  | ({ readonly name: 'done'; readonly doneAt: Instant; readonly outcome: string } & Going);

export type VisitMove =
  | { readonly to: 'on-the-way' }
  | { readonly to: 'there' }
  | { readonly to: 'done'; readonly outcome: string };

export type VisitEvent =
  | { readonly type: 'needed'; readonly facts: VisitFacts }
  /** Something else has happened in the home: it is the same visit. */
  | { readonly type: 'needed-also'; readonly also: AlsoVisit }
  /** Another team's, or nobody's. A car that is on the way and is given another one's visit back is on the way no longer. */
  | { readonly type: 'assigned'; readonly team: TeamId | undefined }
  /** Nobody has set out for too long. */
  | { readonly type: 'waited-too-long' }
  | {
      readonly type: 'moved';
      readonly move: VisitMove;
      readonly by: string;
      readonly at: Instant;
      readonly deed?: string | undefined;
      /** When it was pressed, where that was before it could be sent. */
      readonly pressedAt?: Instant | undefined;
    };

type VisitEffect = { readonly type: 'refuse'; readonly fault: Fault };

/** Steps may be skipped (a telephone call can settle it), never taken back. */
const order = { none: 0, needed: 1, 'on-the-way': 2, there: 3, done: 4 } as const;

export const visitMachine: Machine<Visit, VisitEvent, VisitEffect> = {
  initial: { name: 'none' },
  step(visit, event) {
    switch (event.type) {
      case 'needed':
        return visit.name === 'none' ? [{ name: 'needed', facts: event.facts }, []] : [visit, []];
      case 'needed-also':
        return [visit.name === 'none' || visit.name === 'done' ? visit : withReason(visit, event.also), []];
      case 'assigned':
        return assigned(visit, event.team);
      case 'waited-too-long':
        return [visit.name === 'needed' ? { ...visit, facts: { ...visit.facts, overdue: true } } : visit, []];
      case 'moved':
        return moved(visit, event);
    }
  },
};

type OpenVisit = Exclude<Visit, { name: 'none' | 'done' }>;

function withReason(visit: OpenVisit, also: AlsoVisit): OpenVisit {
  const { facts } = visit;
  const known = [facts, ...(facts.also ?? [])];
  const isKnown = known.some((one) => one.why === also.why && one.look === also.look && one.alarm === also.alarm);
  if (isKnown || known.length > mostReasons) return visit;
  return { ...visit, facts: { ...facts, also: [...(facts.also ?? []), also] } };
}

function assigned(visit: Visit, team: TeamId | undefined): readonly [Visit, readonly VisitEffect[]] {
  if (visit.name === 'none') return [visit, [refuse('not-found', 'There is no such visit.')]];
  if (visit.name === 'there' || visit.name === 'done')
    return [visit, [refuse('not-now', `Somebody is there, or has been: this visit is ${visit.name}.`)]];
  if (visit.facts.team === team) return [visit, []];
  const { team: _before, ...rest } = visit.facts;
  return [{ name: 'needed', facts: { ...rest, ...(team && { team }) } }, []];
}

type Moved = Extract<VisitEvent, { type: 'moved' }>;

function moved(visit: Visit, event: Moved): readonly [Visit, readonly VisitEffect[]] {
  const { move, by, deed } = event;
  if (visit.name === 'none') return [visit, [refuse('not-found', 'There is no such visit.')]];
  // Its answer was lost on the way: it is done, and not refused for it.
  if (deed !== undefined && visit.facts.deeds?.includes(deed)) return [visit, []];
  if (order[move.to] <= order[visit.name])
    return [visit, [refuse('not-now', `This visit is already ${visit.name}. Reload to see what has happened.`)]];
  const { overdue: _waited, ...before } = visit.facts;
  const facts = deed === undefined ? before : { ...before, deeds: [...(before.deeds ?? []), deed].slice(-mostDeeds) };
  const at = whenPressed(visit, event);
  // The person on the way stays the one who goes, also where a colleague presses the next button.
  const going: Going = visit.name === 'needed' ? { facts, who: by } : { ...visit };
  const { onTheWayAt, thereAt, who } = going;
  const kept = {
    facts,
    who,
    ...(onTheWayAt !== undefined && { onTheWayAt }),
    ...(thereAt !== undefined && { thereAt }),
  };
  switch (move.to) {
    case 'on-the-way':
      return [{ ...kept, name: 'on-the-way', onTheWayAt: at }, []];
    case 'there':
      return [{ ...kept, name: 'there', thereAt: at }, []];
    case 'done':
      return [{ ...kept, name: 'done', doneAt: at, outcome: move.outcome }, []];
  }
}

/** Never before what has happened to the visit already, and never later than now: the clock of a phone may be wrong. */
function whenPressed(visit: Exclude<Visit, { name: 'none' }>, { at, pressedAt = at }: Moved): Instant {
  const going = visit.name === 'needed' ? undefined : visit;
  const last = going?.thereAt ?? going?.onTheWayAt ?? visit.facts.neededAt;
  return Math.min(at, Math.max(last, pressedAt)) as Instant;
}

const refuse = (code: 'not-found' | 'not-now', words: string): VisitEffect => ({
  type: 'refuse',
  fault: new Fault(code, words),
});

/** What the console is shown of it. */
export function visitView(visit: Exclude<Visit, { name: 'none' }>): VisitView {
  const { facts } = visit;
  const going = visit.name === 'needed' ? undefined : visit;
  return {
    visit: facts.visit,
    unit: facts.unit,
    client: facts.client,
    why: facts.why,
    state: visit.name,
    neededAt: printInstant(facts.neededAt),
    ...(facts.look && { look: facts.look }),
    ...(facts.alarm && { alarm: facts.alarm }),
    ...(facts.also && { also: facts.also.map(({ at, ...one }) => ({ ...one, at: printInstant(at) })) }),
    ...(facts.team && { team: facts.team }),
    ...(facts.overdue && { overdue: facts.overdue }),
    ...(going && { who: going.who }),
    ...(going?.onTheWayAt !== undefined && { onTheWayAt: printInstant(going.onTheWayAt) }),
    ...(going?.thereAt !== undefined && { thereAt: printInstant(going.thereAt) }),
    ...(visit.name === 'done' && { doneAt: printInstant(visit.doneAt), outcome: visit.outcome }),
  };
}
