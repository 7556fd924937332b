/** Pure. Figures as CSV (RFC 4180), a line of heads first; what each column means stands in docs/statistics.md. */
import type { ClientFigures, Statistics } from '@nattfrid/shared/desk/follow-up-view';
import { dayOf } from '@nattfrid/shared/domain/window';
import { csv } from '@nattfrid/shared/table/write-csv';
import { instant } from '@nattfrid/shared/time/instant';
import type { KnownLook } from '../record/look.ts';

/** Column > what stands in it; in this order. */
export const statisticsColumns = {
  from: ({ from }: Statistics) => from,
  until: ({ until }: Statistics) => until,
  client: (_: Statistics, one: ClientFigures) => one.client,
  looks_agreed: (_: Statistics, one: ClientFigures) => one.agreed,
  looks_done: (_: Statistics, one: ClientFigures) => one.done,
  alarms: (_: Statistics, one: ClientFigures) => one.alarms,
  false_alarms: (_: Statistics, one: ClientFigures) => one.falseAlarms,
  false_alarms_per_night: (_: Statistics, one: ClientFigures) => one.falseAlarmsPerNight,
  visits: (_: Statistics, one: ClientFigures) => one.visits,
} as const;

export const statisticsCsv = (figures: Statistics): string =>
  csv([
    Object.keys(statisticsColumns),
    ...figures.clients.map((client) => Object.values(statisticsColumns).map((column) => column(figures, client))),
  ]);

export const billingColumns = ['month', 'client', 'looks_agreed', 'looks_done'] as const;

/** For each client and month: how many looks were agreed, and how many were made. */
export function billingCsv(looks: readonly KnownLook[]): string {
  const counted = new Map<string, { month: string; client: string; agreed: number; done: number }>();
  for (const look of looks) {
    const { origin, attempt, beside, client, dueFrom } = look.facts;
    if (origin !== 'plan' || attempt !== 1 || beside !== undefined) continue;
    const month = dayOf(instant(dueFrom)).slice(0, 7);
    const row = counted.get(`${month} ${client}`) ?? { month, client, agreed: 0, done: 0 };
    row.agreed++;
    if (look.name === 'done' && look.verdict) row.done++;
    counted.set(`${month} ${client}`, row);
  }
  const rows = [...counted.values()].toSorted(
    (a, b) => a.month.localeCompare(b.month) || a.client.localeCompare(b.client, 'sv'),
  );
  return csv([billingColumns, ...rows.map(({ month, client, agreed, done }) => [month, client, agreed, done])]);
}
