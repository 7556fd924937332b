/**
 * Pure. What nights have come to, out of looks, alarms and visits; by client alias, and never by who of the staff it was.
 * Lag (2001:454) 7 a §: compilations hold nothing sensitive; a client's own figures are for following up that client's plan.
 */
import type { AlarmFigures, ClientFigures, FalseReason, Statistics } from '@nattfrid/shared/desk/follow-up-view';
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { instant } from '@nattfrid/shared/time/instant';
import type { Alarm } from '../record/alarm.ts';
import type { KnownLook } from '../record/look.ts';
import type { Visit } from '../record/visit.ts';
import { overTime } from './over-time.ts';
import { proposals } from './proposals.ts';
import { spread } from './spread.ts';

type KnownAlarm = Exclude<Alarm, { name: 'none' }>;
type KnownVisit = Exclude<Visit, { name: 'none' }>;

export interface Past {
  /** All that were due in the time. */
  readonly looks: readonly KnownLook[];
  readonly alarms: readonly KnownAlarm[];
  readonly visits: readonly KnownVisit[];
  /** Alarm > why it came to nothing. */
  readonly labels: ReadonlyMap<string, FalseReason>;
  /** One way; undefined: not known. */
  readonly travel: (client: ClientAlias) => { readonly minutes?: number; readonly kilometres?: number } | undefined;
}

export interface Asked {
  readonly from: string;
  readonly until: string;
  readonly nights: number;
}

/** Agreed between municipalities and whoever makes visits: a visit is paid for as this long. */
const flatVisitMinutes = 15;
/** Of a small car in town. */
const gramsCo2PerKilometre = 120;
/** A look is late in the last part of its time. */
const lateShare = 0.2;

export function statistics({ from, until, nights }: Asked, past: Past): Statistics {
  const { looks, alarms, visits } = past;
  const leading = looks.filter(({ facts }) => facts.origin === 'plan' && facts.beside === undefined);
  const first = leading.filter(({ facts }) => facts.attempt === 1);
  const judged = leading.filter(hasVerdict);
  const avoided = judged.filter((look) => look.facts.visit === undefined && saidWell(look));
  const visitOf = new Map(visits.map((visit) => [visit.facts.visit, visit]));
  return {
    from,
    until,
    nights,
    looks: {
      agreed: first.length,
      done: first.filter(hasVerdict).length,
      late: first.filter(isLate).length,
      retried: leading.filter(({ facts }) => facts.attempt > 1).length,
      missed: first.filter((look) => faultOf(look) === 'missed').length,
      failed: first.filter((look) => ![undefined, 'missed'].includes(faultOf(look))).length,
    },
    ...named('lookSeconds', spread(judged.flatMap((look) => secondsOf(look) ?? []))),
    alarms: kindsOf(alarms).map((kind) => alarmFigures(kind, alarms, visitOf)),
    visits: { caused: visits.length, avoided: avoided.length },
    saved: savedBy(avoided, past),
    clients: clientsOf(past).map((client) => clientFigures(client, past, nights)),
    overTime: overTime({
      looks: first.map(({ facts }) => instant(facts.dueFrom)),
      alarms: alarms.map((one) => ({
        at: instant(one.facts.receivedAt),
        isFalse: isFalse(one),
        taken: takenSeconds(one),
        there: thereSeconds(one, visitOf),
      })),
    }),
  };
}

const hasVerdict = (look: KnownLook): boolean => look.name === 'done' && look.verdict !== undefined;
const saidWell = (look: KnownLook): boolean => look.name === 'done' && look.verdict?.verdict === 'all-well';
const faultOf = (look: KnownLook): string | undefined => ('fault' in look ? look.fault : undefined);
const openedAt = (look: KnownLook): number | undefined => ('opened' in look ? look.opened?.at : undefined);

/** From opening to verdict; undefined: it was not opened, or has none. */
export function secondsOf(look: KnownLook): number | undefined {
  const opened = openedAt(look);
  return look.name === 'done' && look.verdict && opened !== undefined ? (look.doneAt - opened) / 1000 : undefined;
}

function isLate(look: KnownLook): boolean {
  const opened = openedAt(look);
  const { dueFrom, dueUntil } = look.facts;
  return opened !== undefined && opened > dueUntil - lateShare * (dueUntil - dueFrom);
}

const kindsOf = (alarms: readonly KnownAlarm[]): readonly AlarmKind[] =>
  [...new Set(alarms.map(({ facts }) => facts.kind))].toSorted();

function alarmFigures(kind: AlarmKind, all: readonly KnownAlarm[], visitOf: VisitOf): AlarmFigures {
  const alarms = all.filter(({ facts }) => facts.kind === kind);
  const there = alarms.flatMap((one) => thereSeconds(one, visitOf) ?? []);
  const taken = alarms.flatMap((one) => takenSeconds(one) ?? []);
  return {
    kind,
    alarms: alarms.length,
    falseAlarms: alarms.filter(isFalse).length,
    ...named('takenSeconds', spread(taken)),
    ...named('thereSeconds', spread(there)),
  };
}

type VisitOf = ReadonlyMap<KnownVisit['facts']['visit'], KnownVisit>;

/** From the alarm to whoever took it. */
const takenSeconds = (one: KnownAlarm): number | undefined =>
  'taken' in one ? (one.taken.at - one.facts.receivedAt) / 1000 : undefined;

/** From the alarm to somebody in the home. */
function thereSeconds({ facts }: KnownAlarm, visitOf: VisitOf): number | undefined {
  const visit = facts.visit && visitOf.get(facts.visit);
  const at = visit && 'thereAt' in visit ? visit.thereAt : undefined;
  return at === undefined ? undefined : (at - facts.receivedAt) / 1000;
}

const isFalse = (alarm: KnownAlarm): boolean => alarm.name === 'closed' && alarm.verdict === 'all-well';

function savedBy(avoided: readonly KnownLook[], { travel }: Past): Statistics['saved'] {
  let [minutes, kilometres, withoutTravelTime] = [0, 0, 0];
  for (const look of avoided) {
    const way = travel(look.facts.client);
    if (way?.minutes === undefined) withoutTravelTime++;
    minutes += flatVisitMinutes + 2 * (way?.minutes ?? 0) - (secondsOf(look) ?? 0) / 60;
    kilometres += 2 * (way?.kilometres ?? 0);
  }
  return {
    minutes: rounded(minutes),
    kilometres: rounded(kilometres),
    kilogramsCo2: rounded((kilometres * gramsCo2PerKilometre) / 1000),
    withoutTravelTime,
    flatVisitMinutes,
    gramsCo2PerKilometre,
  };
}

const clientsOf = ({ looks, alarms }: Past): readonly ClientAlias[] =>
  [...new Set([...looks, ...alarms].map(({ facts }) => facts.client))].toSorted((a, b) => a.localeCompare(b, 'sv'));

function clientFigures(client: ClientAlias, { looks, alarms, visits, labels }: Past, nights: number): ClientFigures {
  const own = looks.filter(
    ({ facts }) =>
      facts.client === client && facts.origin === 'plan' && facts.beside === undefined && facts.attempt === 1,
  );
  const told = alarms.filter(({ facts }) => facts.client === client);
  const falseOnes = told.filter(isFalse);
  const labelled = falseOnes.flatMap(({ facts }) => {
    const reason = labels.get(facts.alarm);
    return reason ? [{ kind: facts.kind, reason }] : [];
  });
  const reasons: Partial<Record<FalseReason, number>> = {};
  for (const { reason } of labelled) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    client,
    agreed: own.length,
    done: own.filter(hasVerdict).length,
    alarms: told.length,
    falseAlarms: falseOnes.length,
    falseAlarmsPerNight: rounded(falseOnes.length / nights, 1000),
    reasons,
    proposals: proposals(labelled),
    visits: visits.filter(({ facts }) => facts.client === client).length,
  };
}

const rounded = (figure: number, parts = 10): number => Math.round(figure * parts) / parts;

const named = <Name extends string, Value>(name: Name, value: Value | undefined): { readonly [N in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Value };
