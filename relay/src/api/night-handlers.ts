/** What the routes of a staffed night do: teams, shifts, hand-over, and whose home is next. */
import { nightOf } from '@nattfrid/shared/desk/night-of';
import { isOnDuty, workLoad } from '@nattfrid/shared/desk/work-load';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, parseInstant } from '@nattfrid/shared/time/instant';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import type { AtHomes } from '../care/at-home.ts';
import type { Looks } from '../looks/looks.ts';
import type { Night } from '../night/night.ts';
import type { Present } from '../operators/operators.ts';
import type { NightFor } from '../organisations/seen.ts';
import type { Rounds } from '../round/round.ts';
import type { Store } from '../store/database.ts';
import { allUnits } from '../store/units-table.ts';
import { namedTeams } from '../teams/cards.ts';
import type { Teams } from '../teams/teams.ts';
import type { Visits } from '../visits/visits.ts';
import type { ApiHandlers } from './handler.ts';

export interface NightParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly alarms: Alarms;
  readonly visits: Visits;
  readonly looks: Looks;
  readonly teams: Teams;
  readonly rounds: Rounds;
  readonly night: Night;
  /** The action cards of all plans in force in an organisation. */
  readonly cards: AtHomes['cards'];
  /** What of the night somebody sees. */
  readonly nightFor: NightFor;
}

type Names =
  | 'teams'
  | 'addTeam'
  | 'changeTeam'
  | 'removeTeam'
  | 'namedTeams'
  | 'alarmLine'
  | 'setAlarmLine'
  | 'joinShift'
  | 'leaveShift'
  | 'handOver'
  | 'readHandover'
  | 'nextLook'
  | 'skipLook'
  | 'workLoad';

const measured = hours(12);

export const nightHandlers = (parts: NightParts): Pick<ApiHandlers, Names> => {
  const { store, clock, audit, looks, teams, rounds, night, nightFor } = parts;
  /** @returns the night as it is then, told to every console */
  const told = async (fault: Fault | undefined, who: Present) => fault ?? nightFor(who, await night.tell());
  /** Where that was the last team of whoever leaves, colleagues are told what they had in hand. */
  const left = async (fault: Fault | undefined, who: Present) =>
    fault ?? nightFor(who, await night.crewsChanged(teams.teamsOf(who.id).length === 0 ? who : undefined));

  return {
    teams: async ({ who }) => ({ teams: teams.all(who.organisation) }),
    async addTeam({ body, who }) {
      const team = await teams.add(who, body);
      await night.tell();
      return team;
    },
    async changeTeam({ params, body, who }) {
      const team = await teams.change(who, params.team, body);
      if (!(team instanceof Fault)) await night.crewsChanged();
      return team;
    },
    async removeTeam({ params, who }) {
      const fault = await teams.remove(who, params.team);
      if (!fault) await night.tell();
      return fault ?? {};
    },
    async namedTeams({ who: { organisation } }) {
      const own = new Set(teams.all(organisation).map(({ team }): string => team));
      return { named: namedTeams(parts.cards(organisation), await teams.line(store.db, organisation), own) };
    },
    async alarmLine({ who }) {
      const line = await teams.line(store.db, who.organisation);
      return line ? { line } : {};
    },
    async setAlarmLine({ body, who }) {
      return (await teams.setLine(who, body)) ?? { line: body };
    },
    async joinShift({ params, who }) {
      return (await teams.join(who, params.team)) ?? nightFor(who, await night.crewsChanged());
    },
    leaveShift: async ({ params, body, who }) => left(await teams.leave(who, params.team, body.note), who),
    handOver: async ({ params, body, who }) => told(await teams.handOver(who, params.team, body.note), who),
    readHandover: async ({ params, who }) => told(await teams.read(who, params.handover), who),
    async nextLook({ body, who }) {
      const own = teams.teamsOf(who.id);
      if (own.length > 0 && !own.some((team) => isOnDuty(team.looks, clock.now())))
        return new Fault('not-now', 'Your team makes no looks at this time of day. Another team does.');
      const reserved = await rounds.next(who, body.until ? parseInstant(body.until) : undefined);
      await night.tell();
      return reserved ? { reserved } : {};
    },
    async skipLook({ params, who }) {
      const fault = await rounds.skip(who, params.look);
      if (fault) return fault;
      await audit.write(who.name, 'look-skipped', params.look, { operator: who.id });
      await night.tell();
      return {};
    },
    async workLoad({ who: { organisation } }) {
      const now = clock.now();
      const own = new Set(
        (await allUnits(store.db)).flatMap((one) => (one.organisation === organisation ? [one.unit] : [])),
      );
      const views = await looks.onDesk(store.db, after(now, milliseconds(-measured)));
      const seen = views.filter(({ unit }) => own.has(unit));
      return { windows: workLoad(seen, nightOf(await night.view(store.db), organisation), now) };
    },
  };
};
