/** Alarms, looks and visits of an organisation as other systems read them: by alias, without anybody of the staff; as JSON, or as CSV. */
import type { ListAsked } from '@nattfrid/shared/desk/connections-routes';
import { AlarmListed, LookListed, VisitListed } from '@nattfrid/shared/desk/connections-routes';
import { csvRow } from '@nattfrid/shared/table/write-csv';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { z } from 'zod';
import { alarmView } from '../alarms/view.ts';
import { lookView } from '../looks/view.ts';
import { isLookedFor, isReal } from '../record/counted.ts';
import { visitView } from '../record/visit.ts';
import type { Db } from '../store/database.ts';
import { alarmsBetween, looksBetween, type Stretch, visitsBetween } from '../store/outcomes-table.ts';

export interface Listed<View> {
  readonly items: readonly View[];
  readonly more: boolean;
}

const most = 500;

function stretchOf(organisation: string, { from, to }: ListAsked, now: Instant): Stretch {
  const end = to === undefined ? after(now, milliseconds(1)) : parseInstant(to);
  const begin = from === undefined ? after(end, milliseconds(-hours(24))) : parseInstant(from);
  return { organisations: [organisation], from: begin, until: end, limit: most + 1 };
}

const page = <View>(views: readonly View[]): Listed<View> => ({
  items: views.slice(0, most),
  more: views.length > most,
});

export const alarmsListed = async (db: Db, organisation: string, asked: ListAsked, now: Instant) =>
  page(
    (await alarmsBetween(db, stretchOf(organisation, asked, now)))
      .filter(isReal)
      .map((one) => AlarmListed.parse(alarmView(one))),
  );

export const looksListed = async (db: Db, organisation: string, asked: ListAsked, now: Instant) =>
  page(
    (await looksBetween(db, stretchOf(organisation, asked, now)))
      .filter(isLookedFor)
      .map((one) => LookListed.parse(lookView(one))),
  );

export const visitsListed = async (db: Db, organisation: string, asked: ListAsked, now: Instant) =>
  page((await visitsBetween(db, stretchOf(organisation, asked, now))).map((one) => VisitListed.parse(visitView(one))));

type Look = z.infer<typeof LookListed>;
type Visit = z.infer<typeof VisitListed>;

/** THE columns of the file for the social documentation: name > what stands there; docs/connections.md describes them. */
const columns = {
  kind: (one) => one.kind,
  id: (one) => (one.kind === 'look' ? one.view.look : one.view.visit),
  client: (one) => one.view.client,
  unit: (one) => one.view.unit,
  reason: (one) => (one.kind === 'look' ? one.view.reason.type : one.view.why),
  attempt: (one) => (one.kind === 'look' ? String(one.view.attempt) : ''),
  due_or_needed: (one) => (one.kind === 'look' ? one.view.dueFrom : one.view.neededAt),
  begun: (one) => (one.kind === 'look' ? one.view.openedAt : one.view.thereAt) ?? '',
  first_picture: (one) => (one.kind === 'look' ? (one.view.firstPictureAt ?? '') : ''),
  ended: (one) => (one.kind === 'look' ? one.view.verdictAt : one.view.doneAt) ?? '',
  outcome: (one) => (one.kind === 'look' ? (one.view.verdict ?? one.view.fault ?? one.view.state) : one.view.state),
  follows: (one) =>
    one.kind === 'look' ? (one.view.visit ?? one.view.retry ?? '') : (one.view.look ?? one.view.alarm ?? ''),
} as const satisfies Record<string, (one: Outcome) => string>;

type Outcome = { readonly kind: 'look'; readonly view: Look } | { readonly kind: 'visit'; readonly view: Visit };
export const outcomeColumns = Object.keys(columns);

/** RFC 4180. At most 500 looks and 500 visits: ask for one night at a time. */
export async function* outcomesCsv(
  db: Db,
  organisation: string,
  asked: ListAsked,
  now: Instant,
): AsyncGenerator<string, void> {
  yield csvRow(outcomeColumns);
  const looks = (await looksListed(db, organisation, asked, now)).items;
  for (const view of looks) yield csvRow(Object.values(columns).map((cell) => cell({ kind: 'look', view })));
  const visits = (await visitsListed(db, organisation, asked, now)).items;
  for (const view of visits) yield csvRow(Object.values(columns).map((cell) => cell({ kind: 'visit', view })));
}
