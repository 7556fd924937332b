/**
 * Pure. What a telephone keeps of a car's visits for where there is no link: which home, why, since when, how far; of those that somebody
 * has asked the way to, address and key. No name, no telephone number of a person, no picture; not longer than a shift.
 */
import type { TeamView } from '@nattfrid/shared/desk/night-view';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { type Duration, hours, minutes } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { ownTeams } from '../state/at-work.ts';
import type { Known } from '../state/desk.ts';
import { isSelf, type Self } from '../state/self.ts';

/** How one gets in: what was read of the visit card, and needed to get there. */
export interface WayIn {
  readonly address: string;
  readonly keyInformation?: string | undefined;
}

export interface KeptVisit
  extends Pick<VisitView, 'visit' | 'client' | 'why' | 'state' | 'neededAt' | 'onTheWayAt' | 'thereAt' | 'overdue'> {
  readonly wayIn?: WayIn;
}

export interface CarList {
  /** Whose: of the operator. */
  readonly by: string;
  readonly keptAt: Instant;
  /** How far the relay's clock was ahead of this browser's. */
  readonly ahead: Duration;
  /** In the order in which they are driven to. */
  readonly visits: readonly KeptVisit[];
  /** Of desks: whom to call. */
  readonly desks: readonly { readonly name: string; readonly telephone: string }[];
}

/** Longer than any shift. */
export const keptFor = hours(12);
/** It is kept anew so often though nothing has changed in it: it is over some hours after it was kept. */
export const keptAnew = minutes(10);

/** @param now by this browser's clock */
export const isOver = ({ keptAt }: CarList, now: Instant): boolean => now - keptAt > keptFor || now < keptAt - hours(1);

const under = { there: 0, 'on-the-way': 1, needed: 2, done: 3 } as const;
const urgency = {
  'alarm-not-taken': 0,
  'help-needed': 0,
  'not-seen-twice': 1,
  'technical-fault': 2,
  'no-supervision': 3,
} as const;

/** What one is doing first; then the most urgent; then the oldest. A visit that nobody has been named for is everybody's. */
export function visitsOfCar({ visits, night }: Known, self: Self): readonly VisitView[] {
  const own = new Set(ownTeams(night, self).map(({ team }) => team));
  return [...visits.values()]
    .filter(({ state, who, team }) => {
      if (state === 'done') return false;
      if (state !== 'needed') return isSelf(self, who) || (team !== undefined && own.has(team));
      return team === undefined || own.has(team);
    })
    .sort(
      (a, b) =>
        under[a.state] - under[b.state] || urgency[a.why] - urgency[b.why] || a.neededAt.localeCompare(b.neededAt),
    );
}

/** The desks that can be called, in the order of the teams. */
export const desksToCall = (teams: readonly TeamView[]): CarList['desks'] =>
  teams.flatMap(({ kind, name, telephone }) => (kind === 'desk' && telephone ? [{ name, telephone }] : []));

/**
 * @param waysIn as somebody has read them since the page was opened
 * @returns undefined: nothing is kept, for whoever is here is not on shift in a car
 */
export function carListOf(
  desk: Known,
  self: Self,
  waysIn: ReadonlyMap<string, WayIn>,
  now: Instant,
): CarList | undefined {
  if (self.id === undefined) return undefined;
  const inCar = ownTeams(desk.night, self).some(({ kind }) => kind === 'car');
  // Where there are no teams nobody is on shift, and the patrol drives all the same.
  if (!inCar && !(self.role === 'night-patrol' && desk.night.teams.length === 0)) return undefined;
  return {
    by: self.id,
    keptAt: now,
    ahead: desk.ahead,
    visits: visitsOfCar(desk, self).map((one) => kept(one, waysIn.get(one.client))),
    desks: desksToCall(desk.night.teams),
  };
}

function kept(visit: VisitView, wayIn: WayIn | undefined): KeptVisit {
  const { visit: id, client, why, state, neededAt, onTheWayAt, thereAt, overdue } = visit;
  return {
    visit: id,
    client,
    why,
    state,
    neededAt,
    ...(onTheWayAt && { onTheWayAt }),
    ...(thereAt && { thereAt }),
    ...(overdue && { overdue }),
    ...(wayIn && { wayIn }),
  };
}
