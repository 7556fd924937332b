/** Pure. Whose visit it is: the team that the action card names, if somebody is in it, or the car on shift with the least to do. */
import type { TeamView } from '@nattfrid/shared/desk/night-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { isOnDuty } from '@nattfrid/shared/desk/work-load';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Crews {
  readonly teams: readonly TeamView[];
  /** Those in which somebody is. */
  readonly staffed: ReadonlySet<string>;
}

/**
 * @param load open visits of each team @param preferred in this order, by the action card
 * @param but not this one: it has an alarm
 * @returns undefined: nobody who goes to homes is on shift, and the visit is everybody's
 */
export function whichCar(
  { teams, staffed }: Crews,
  asked: {
    readonly organisation: Organisation;
    readonly load: ReadonlyMap<TeamId, number>;
    readonly preferred: readonly string[];
    readonly but?: TeamId | undefined;
    readonly now: Instant;
  },
): TeamId | undefined {
  const { organisation, load, preferred, but, now } = asked;
  const going = teams.filter(
    (one) =>
      one.organisation === organisation && one.team !== but && staffed.has(one.team) && isOnDuty(one.visits, now),
  );
  const named = preferred.flatMap((team) => going.find((one) => one.team === team) ?? []);
  if (named[0]) return named[0].team;
  // A desk goes nowhere, unless a card says that it does.
  return going
    .filter(({ kind }) => kind === 'car')
    .toSorted((a, b) => (load.get(a.team) ?? 0) - (load.get(b.team) ?? 0) || a.name.localeCompare(b.name, 'sv'))[0]
    ?.team;
}
