/** Pure. Who is at work, as the desk knows it: one's own teams, who is in which, and whether an alarm is told to them. */
import type { AlarmView, ToldTo } from '@nattfrid/shared/desk/alarm-view';
import type { NightView, ShiftView, TeamView } from '@nattfrid/shared/desk/night-view';
import { isForTeams } from '@nattfrid/shared/desk/told-to';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import { isSelf, type Self } from './self.ts';

/** Cars first: whoever drives is in one. */
export function ownTeams({ teams, shifts }: NightView, self: Self): readonly TeamView[] {
  const own = new Set(shifts.filter((one) => isSelf(self, one.who, one.operatorId)).map(({ team }) => team));
  return teams.filter(({ team }) => own.has(team)).toSorted((a, b) => a.kind.localeCompare(b.kind));
}

export const crewOf = ({ shifts }: NightView, team: TeamId): readonly ShiftView[] =>
  shifts.filter((one) => one.team === team);

export const teamNamed = ({ teams }: NightView, team: ToldTo | undefined): TeamView | undefined =>
  teams.find((one) => one.team === team);

/** Whoever is in no team is told of all: nobody is left out because they forgot to start their shift. */
export const isToldTo = (alarm: AlarmView, own: readonly TeamView[]): boolean =>
  own.length === 0 ||
  isForTeams(
    alarm,
    own.map(({ team }) => team),
  );
