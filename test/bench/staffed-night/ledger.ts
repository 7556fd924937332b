/** What must hold of a night when the morning comes, read out of the relay's own database, and where it does not. */
import { openToRead } from '@nattfrid/relay/store/database';
import { windowsBetween } from '@nattfrid/shared/domain/window';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { HeardCall } from '@nattfrid/stand-ins/gateway';
import type { Cut } from './faults.ts';
import type { AgreedHome } from './roster.ts';

export interface NightFigures {
  readonly looks: number;
  readonly agreed: number;
  readonly retries: number;
  readonly missed: number;
  readonly alarms: number;
  readonly visits: number;
  /** Minutes from an alarm to the person who took it, the median and the longest. */
  readonly taken: readonly [number, number];
  /** Minutes from a visit being needed to somebody being there, the median and the longest. */
  readonly there: readonly [number, number];
  readonly broken: readonly string[];
}

interface Look {
  readonly name: string;
  readonly facts: {
    readonly look: string;
    readonly client: string;
    readonly unit: string;
    readonly reason: { readonly type: string; readonly window?: string; readonly alarm?: string };
    readonly origin: string;
    readonly attempt: number;
    readonly dueFrom: number;
    readonly dueUntil: number;
    readonly closes: number;
    readonly visit?: string;
  };
  readonly opened?: { readonly at: number };
  readonly verdict?: { readonly verdict: string; readonly by: string };
  readonly fault?: string;
  readonly retry?: string;
}
interface Alarm {
  readonly name: string;
  readonly facts: {
    readonly alarm: string;
    readonly kind: string;
    readonly unit: string;
    readonly receivedAt: number;
    readonly visit?: string;
    readonly chain?: { readonly again?: number };
  };
  readonly taken?: { readonly at: number };
  readonly closed?: { readonly by: string };
  readonly verdict?: string;
}
interface Visit {
  readonly name: string;
  readonly facts: { readonly visit: string; readonly client: string; readonly neededAt: number; readonly why: string };
  readonly thereAt?: number;
  readonly doneAt?: number;
  readonly outcome?: string;
}

/** The relay was down. */
export interface Down {
  readonly from: Instant;
  readonly until: Instant;
}

/** What was done to the night, against which its records are held. */
export interface Told {
  /** Alarm > unit. */
  readonly falls: ReadonlyMap<string, string>;
  readonly cuts: readonly Cut[];
  readonly downs: readonly Down[];
  readonly line: {
    /** From an alarm to the gateway, where nobody takes it. */
    readonly lasts: Duration;
    readonly heard: readonly HeardCall[];
    /** The gateway could not be reached before that. */
    readonly gatewayBack: Instant;
  };
}

/** @param from, until the night, within which each agreed look must have been made or led to a visit */
export async function checkNight(
  database: string,
  homes: readonly AgreedHome[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
  told: Told,
): Promise<NightFigures> {
  const db = openToRead(database);
  const read = async <Row>(table: 'looks' | 'alarms' | 'visits') =>
    (await db.selectFrom(table).select('body').execute()).map(({ body }) => JSON.parse(body) as Row);
  const [looks, alarms, visits] = [await read<Look>('looks'), await read<Alarm>('alarms'), await read<Visit>('visits')];
  await db.destroy();
  const broken: string[] = [];
  const breaks = (holds: boolean, words: string) => void (holds || broken.push(words));
  const name = ({ facts }: Look) =>
    `${facts.client} ${facts.reason.window ?? 'larm'} ${printInstant(facts.dueFrom as Instant)}`;

  const agreed = homes.flatMap(({ client, windows }) =>
    windows.flatMap((window) =>
      windowsBetween(window, from, until).map(({ opens, closes }) => ({ client, window: window.id, opens, closes })),
    ),
  );
  const planned = looks.filter(
    ({ facts }) => facts.origin === 'plan' && facts.attempt === 1 && facts.dueFrom >= from && facts.dueFrom < until,
  );
  breaks(planned.length === agreed.length, `${planned.length} looks for ${agreed.length} that are agreed`);
  for (const { client, window, opens } of agreed) {
    const made = planned.filter(
      ({ facts }) => facts.client === client && facts.reason.window === window && facts.dueFrom === opens,
    );
    breaks(made.length === 1, `${client} ${window} stands ${made.length} times on the list`);
  }
  const visitOf = (id: string | undefined) => visits.find(({ facts }) => facts.visit === id);
  for (const look of looks.filter(({ facts }) => facts.origin === 'plan' && facts.dueFrom < until)) {
    breaks(look.name === 'done', `${name(look)} is ${look.name} in the morning`);
    breaks(look.verdict !== undefined || look.facts.visit !== undefined, `${name(look)} has neither verdict nor visit`);
    if (look.verdict && look.opened)
      breaks(
        look.opened.at >= look.facts.dueFrom && look.opened.at <= look.facts.closes,
        `${name(look)} was opened at ${printInstant(look.opened.at as Instant)}`,
      );
    if (look.verdict?.verdict === 'not-seen' && look.facts.visit === undefined)
      breaks(
        looks.some(({ facts }) => facts.look === look.retry),
        `${name(look)}: not seen, and no retry`,
      );
    if (look.fault) {
      const visit = visitOf(look.facts.visit);
      breaks(visit !== undefined, `${name(look)} has failed (${look.fault}), and no visit`);
      if (visit && look.fault === 'missed')
        breaks(
          visit.facts.neededAt <= after(look.facts.dueUntil as Instant, minutes(1)),
          `${name(look)}: its visit came late`,
        );
    }
  }
  for (const alarm of alarms) {
    const words = `${alarm.facts.kind} of ${alarm.facts.unit} at ${printInstant(alarm.facts.receivedAt as Instant)}`;
    breaks(alarm.name === 'closed' && alarm.closed !== undefined, `${words} is ${alarm.name} in the morning`);
    if (alarm.verdict && alarm.verdict !== 'all-well')
      breaks(visitOf(alarm.facts.visit) !== undefined, `${words}: ${alarm.verdict}, and no visit`);
  }
  for (const [alarm, unit] of told.falls)
    breaks(
      alarms.filter(({ facts }) => facts.alarm === alarm && facts.unit === unit).length === 1,
      `the fall of ${unit} is not there once`,
    );
  for (const visit of visits)
    breaks(
      visit.name === 'done' && visit.outcome !== undefined,
      `a visit to ${visit.facts.client} is ${visit.name} in the morning`,
    );
  for (const one of visits)
    for (const other of visits)
      if (one !== other && one.facts.client === other.facts.client && one.facts.neededAt <= other.facts.neededAt)
        breaks(
          (one.doneAt ?? Number.POSITIVE_INFINITY) <= other.facts.neededAt,
          `two visits to ${one.facts.client} at once`,
        );

  broken.push(...linesBroken(alarms, told), ...silencesBroken(alarms, told));

  const spread = (values: readonly number[]): readonly [number, number] => {
    const sorted = values.toSorted((a, b) => a - b);
    return [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
  };
  return {
    looks: planned.length,
    agreed: agreed.length,
    retries: looks.filter(({ facts }) => facts.attempt === 2).length,
    missed: planned.filter(({ fault }) => fault === 'missed').length,
    alarms: alarms.length,
    visits: visits.length,
    taken: spread(alarms.flatMap(({ taken, facts }) => (taken ? [(taken.at - facts.receivedAt) / 60_000] : []))),
    there: spread(
      visits.flatMap(({ thereAt, facts }) => (thereAt === undefined ? [] : [(thereAt - facts.neededAt) / 60_000])),
    ),
    broken,
  };
}

const isWithin = ({ from, until }: Down, at: number): boolean => at >= from && at <= until;
/** The relay ticks each second, and tries the gateway once a minute. */
const slack = minutes(1.3);

/** The gateway is called once for an alarm that nobody took in its line, when the line is at its end, and for no other. */
function linesBroken(alarms: readonly Alarm[], { line, downs }: Told): readonly string[] {
  const broken: string[] = [];
  for (const { facts, taken } of alarms) {
    const calls = line.heard.filter(({ body }) => JSON.parse(body).alarm === facts.alarm);
    const ends = facts.receivedAt + line.lasts;
    const words = `${facts.kind} of ${facts.unit} at ${printInstant(facts.receivedAt as Instant)}`;
    const wasDown = downs.reduce(
      (sum, { from, until }) =>
        sum + (isWithin({ from: facts.receivedAt as Instant, until: ends as Instant }, from) ? until - from : 0),
      0,
    );
    if (new Set(calls.map(({ call }) => call)).size > 1 + (facts.chain?.again ?? 0))
      broken.push(`${words}: the gateway was called more than once`);
    // Taken anew after it was left: it began its line again, and is judged by the alarm that stands open.
    if ((facts.chain?.again ?? 0) > 0) continue;
    const isTakenInTime = taken !== undefined && taken.at < ends;
    if (isTakenInTime && calls.length > 0) broken.push(`${words}: taken in time, and the gateway was called`);
    if (taken !== undefined && taken.at > ends + slack + wasDown) {
      const latest = Math.max(ends + wasDown, line.gatewayBack) + slack;
      const first = calls[0] && Date.parse(calls[0].time);
      if (first === undefined ? taken.at > latest : first < ends || first > latest)
        broken.push(
          `${words}: nobody took it, and the gateway was called ${first === undefined ? 'never' : printInstant(first as Instant)}`,
        );
    }
  }
  return broken;
}

/** A unit that is not heard of for a minute and a half is told, once a silence, within half a minute of that. */
function silencesBroken(alarms: readonly Alarm[], { cuts, downs }: Told): readonly string[] {
  const broken: string[] = [];
  for (const { unit, from, until } of cuts) {
    const told = alarms.filter(
      ({ facts }) =>
        facts.kind === 'unit-silent' &&
        facts.unit === unit &&
        facts.receivedAt >= from &&
        (until === undefined || facts.receivedAt <= until + 60_000),
    );
    const long = (until ?? Number.POSITIVE_INFINITY) - from;
    const isDisturbed = downs.some((down) => down.until >= from && down.from <= from + minutes(3));
    if (told.length > 1)
      broken.push(`${unit} was silent once from ${printInstant(from)}, and that is told ${told.length} times`);
    if (long > minutes(4) && told.length === 0)
      broken.push(`${unit} was silent from ${printInstant(from)}, and nobody was told`);
    const first = told[0];
    if (first && !isDisturbed && first.facts.receivedAt > from + minutes(2.5))
      broken.push(`${unit} was silent from ${printInstant(from)}, and that was told late`);
  }
  return broken;
}
