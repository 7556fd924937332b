/** Pure. The homes as a table: which are shown, in which order, and what each line says. */

import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Known } from './desk.ts';
import { plain } from './plain.ts';
import { type Cause, causeOf, causes, sinceOf } from './unit-cause.ts';

export const shows = ['all', 'not-well', 'silent', 'paused'] as const;
export type Show = (typeof shows)[number];
export const columns = ['home', 'state', 'since', 'next', 'power'] as const;
export type Column = (typeof columns)[number];

export interface HomeLine {
  readonly unit: UnitView;
  readonly cause: Cause | undefined;
  readonly since?: string;
  /** When the next look may be opened; of one that is due now, when that began. */
  readonly next?: string;
}

const isShown: Readonly<Record<Show, (line: HomeLine) => boolean>> = {
  all: () => true,
  'not-well': ({ cause }) => cause !== undefined && cause !== 'paused',
  silent: ({ cause }) => cause === 'silent' || cause === 'late' || cause === 'expected',
  paused: ({ cause }) => cause === 'paused' || cause === 'stopped' || cause === 'dark',
};

/** All of them, in no order. @param now by the relay's clock */
export function homeLines({ units, looks }: Pick<Known, 'units' | 'looks'>, now: Instant): readonly HomeLine[] {
  const next = nextLooks(looks.values());
  return [...units.values()].map((unit): HomeLine => {
    const cause = causeOf(unit, now);
    const since = cause && sinceOf(unit, cause);
    const look = next.get(unit.client);
    return { unit, cause, ...(since !== undefined && { since }), ...(look !== undefined && { next: look }) };
  });
}

/** How many lines each choice shows. */
export const counted = (lines: readonly HomeLine[]): Readonly<Record<Show, number>> =>
  Object.fromEntries(shows.map((show) => [show, lines.filter(isShown[show]).length])) as Record<Show, number>;

/** @param sought letters of a home, a place or a unit's name @param language whose order the names are in */
export function chosen(
  lines: readonly HomeLine[],
  { show, sort, down, sought }: { show: Show; sort: Column; down: boolean; sought: string },
  language: string,
): readonly HomeLine[] {
  const words = plain(sought.trim());
  const names = new Intl.Collator(language, { numeric: true });
  const byName = (a: HomeLine, b: HomeLine) =>
    names.compare(a.unit.client, b.unit.client) || names.compare(a.unit.unit, b.unit.unit);
  const turn = down ? -1 : 1;
  return lines
    .filter(isShown[show])
    .filter(({ unit }) => plain(`${unit.client} ${unit.place ?? ''} ${unit.unit}`).includes(words))
    .sort((a, b) => turn * compare[sort](a, b, byName) || byName(a, b));
}

/** What is well, or not known, stands last. */
const urgency = ({ cause }: HomeLine): number => (cause ? causes.indexOf(cause) : causes.length);
const time = (at: string | undefined): number => (at === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(at));
const power = ({ unit }: HomeLine): string => unit.vitals?.power ?? '~';

type Compare = (a: HomeLine, b: HomeLine, byName: (a: HomeLine, b: HomeLine) => number) => number;
const compare: Readonly<Record<Column, Compare>> = {
  home: (a, b, byName) => byName(a, b),
  state: (a, b) => urgency(a) - urgency(b),
  since: (a, b) => time(a.since) - time(b.since),
  next: (a, b) => time(a.next) - time(b.next),
  power: (a, b) => power(a).localeCompare(power(b)),
};

function nextLooks(looks: Iterable<LookView>): ReadonlyMap<ClientAlias, string> {
  const next = new Map<ClientAlias, string>();
  for (const { client, state, dueFrom } of looks) {
    const before = next.get(client);
    if (state === 'due' && (before === undefined || dueFrom < before)) next.set(client, dueFrom);
  }
  return next;
}
