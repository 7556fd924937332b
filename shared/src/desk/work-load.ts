/** Pure. Whether those on shift can make the looks of the coming windows: minutes of work against minutes that there are. */
import { windowAt } from '../domain/window.ts';
import { type Duration, hours, minutes, seconds } from '../time/duration.ts';
import { after, type Instant, instant, parseInstant, printInstant } from '../time/instant.ts';
import type { LookView } from './look-view.ts';
import type { Duty, NightView, WindowLoad } from './night-view.ts';
import { isOver, type Round, roundsOf } from './rounds.ts';

/** How far ahead it is told. */
const ahead = hours(12);
/** Until enough has been measured: Kramfors makes 30 looks in 15 minutes, and something is written after each. */
const usual = { look: seconds(30), between: seconds(30) };
/** Fewer than these say nothing. */
const enough = 10;
/** Whoever waits longer between two looks has done something else meanwhile. */
const longestBetween = minutes(5);

/** What one look takes: from opening to verdict, and from there to the next opening of the same operator; medians of what was measured. */
export function timePerLook(looks: Iterable<LookView>): Duration {
  const done = [...looks]
    .filter(({ reason, beside }) => reason.type === 'window' && beside === undefined)
    .flatMap(({ openedAt, verdictAt, operatorId, operator }) =>
      openedAt && verdictAt
        ? [{ who: operatorId ?? operator ?? '', from: parseInstant(openedAt), to: parseInstant(verdictAt) }]
        : [],
    )
    .sort((a, b) => a.from - b.from);
  const lasted = done.map(({ from, to }) => to - from);
  const between = done.flatMap(({ who, to }) => {
    const next = done.find((other) => other.who === who && other.from >= to);
    const gap = next && next.from - to;
    return gap !== undefined && gap <= longestBetween ? [gap] : [];
  });
  return (median(lasted, usual.look) + median(between, usual.between)) as Duration;
}

function median(measured: readonly number[], otherwise: Duration): number {
  if (measured.length < enough) return otherwise;
  const sorted = measured.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

export const isOnDuty = (duty: Duty, at: Instant): boolean =>
  duty === 'always' || (duty !== 'never' && windowAt(duty, at) !== undefined);

/** How many people are in teams that make looks at this moment; undefined: no team has been made, so nobody knows. */
export function lookersAt({ teams, shifts }: Pick<NightView, 'teams' | 'shifts'>, at: Instant): number | undefined {
  if (teams.length === 0) return undefined;
  const looking = new Set(teams.filter(({ looks }) => isOnDuty(looks, at)).map(({ team }) => team));
  return new Set(shifts.filter(({ team }) => looking.has(team)).map(({ operatorId }) => operatorId)).size;
}

/**
 * A window needs as many operators as the work of all that must be done within it fills (demand bound over the interval, as in
 * earliest-deadline-first scheduling): windows that lie inside another count for both. Second attempts are counted once they are
 * on the list, not before.
 */
export function workLoad(looks: readonly LookView[], night: NightView, now: Instant): readonly WindowLoad[] {
  const perLook = timePerLook(looks);
  const coming = roundsOf(looks, now).filter(({ from, until }) => until > now && from < after(now, ahead));
  return coming.map((round) => {
    const from = instant(Math.max(round.from, now));
    const inside = coming.filter((other) => Math.max(other.from, now) >= from && other.until <= round.until);
    const work = inside.reduce((sum, other) => sum + open(other), 0) * perLook;
    // A window that is about to close still has a second: no division by nothing.
    const needed = Math.ceil(work / Math.max(seconds(1), round.until - from));
    const operators = lookersAt(night, from);
    return {
      from: printInstant(from),
      until: printInstant(round.until),
      looks: open(round),
      minutes: Math.round((open(round) * perLook) / minutes(0.1)) / 10,
      needed,
      operators: operators ?? 0,
      short: operators !== undefined && needed > operators,
    };
  });
}

const open = ({ homes }: Round): number => homes.filter(({ state }) => !isOver(state)).length;
