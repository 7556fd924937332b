/** By which card an alarm is told: the client's own for this event, else the organisation's line; neither: to everybody, as is usual. */
import type { ActionCard } from '@nattfrid/shared/care/action-card';
import type { CardFor, PlanForm } from '@nattfrid/shared/care/plan-form';
import type { NamedTeam } from '@nattfrid/shared/desk/night-view';
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';
import type { ClientAlias, TeamId, UnitId } from '@nattfrid/shared/domain/ids';
import { minutes } from '@nattfrid/shared/time/duration';
import { type Patience, usualLine } from '../record/alarm.ts';
import type { Line } from '../record/chain.ts';
import type { WhyVisit } from '../record/visit.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Db } from '../store/database.ts';
import { findUnit } from '../store/units-table.ts';
import type { VisitNeed } from '../visits/visits.ts';
import type { Teams } from './teams.ts';

/** The card that a client's plan in force has for an event; undefined: it has none. */
export type CardOf = (db: Db, client: ClientAlias, event: CardFor) => Promise<ActionCard | undefined>;

export interface Cards {
  line(db: Db, unit: UnitId, client: ClientAlias, kind: AlarmKind): Promise<Line | undefined>;
  /** Teams that are to go there, in the card's order. */
  preferred(db: Db, need: VisitNeed): Promise<readonly string[]>;
}

/** Which teams cards name, those that have been taken away among them. @param line of the organisation */
export function namedTeams(
  cards: ReadonlyMap<ClientAlias, PlanForm['cards']>,
  line: ActionCard | undefined,
  teams: ReadonlySet<string>,
): readonly NamedTeam[] {
  const named = new Map<TeamId, Set<ClientAlias>>();
  const inLine = new Set(teamsIn(line));
  for (const team of inLine) named.set(team, new Set());
  for (const [client, own] of cards)
    for (const team of Object.values(own).flatMap(teamsIn)) named.set(team, (named.get(team) ?? new Set()).add(client));
  return [...named].map(([team, clients]) => ({
    team,
    lost: !teams.has(team),
    clients: [...clients].toSorted().slice(0, mostShown),
    inLine: inLine.has(team),
  }));
}

const mostShown = 2000;
const teamsIn = (card: ActionCard | undefined): readonly TeamId[] =>
  (card?.steps ?? []).flatMap(({ to }) => (to === 'everybody' ? [] : [to]));

export function openCards(parts: {
  readonly cardOf: CardOf;
  readonly teams: Pick<Teams, 'line'>;
  readonly patience: Patience;
}): Cards {
  const { cardOf, teams, patience } = parts;
  async function card(db: Db, unit: UnitId, client: ClientAlias, event: CardFor): Promise<ActionCard | undefined> {
    const own = await cardOf(db, client, event);
    if (own) return own;
    const organisation = (await findUnit(db, unit))?.organisation;
    return organisation === undefined ? undefined : teams.line(db, organisation);
  }
  return {
    async line(db, unit, client, kind) {
      const found = await card(db, unit, client, eventOf[kind]);
      return found && lineOf(found, patience);
    },
    async preferred(db, { unit, client, why, alarm }) {
      const about = alarm && (await findAlarm(db, alarm));
      const found = await card(db, unit, client, about ? eventOf[about.facts.kind] : eventOfVisit[why]);
      return (found?.steps ?? []).map(({ to }) => to);
    },
  };
}

/** A card says in minutes who is told; how long after that, and what a takeover that comes to nothing is worth, is as usual. */
export const lineOf = ({ steps, words, fallback }: ActionCard, patience: Patience): Line => ({
  ...usualLine(patience),
  steps: steps.map(({ to, withinMinutes }) => ({ to, within: minutes(withinMinutes) })),
  ...(words && { think: words }),
  fallback,
});

const eventOf: Readonly<Record<AlarmKind, CardFor>> = {
  fall: 'fall',
  'left-room': 'leftRoom',
  'not-in-bed': 'notInBed',
  blind: 'technical',
  'camera-lost': 'technical',
  'unit-silent': 'technical',
};

const eventOfVisit: Readonly<Record<WhyVisit, CardFor>> = {
  'not-seen-twice': 'notSeen',
  'help-needed': 'notSeen',
  'technical-fault': 'technical',
  'no-supervision': 'technical',
  'alarm-not-taken': 'technical',
};
