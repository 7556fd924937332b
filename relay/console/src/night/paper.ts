/** Pure. What of the desk goes onto paper: what is open, what is agreed for the night, and whom to ring. No name of a client is on the desk. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { hours } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { teamNamed } from '../state/at-work.ts';
import type { Known } from '../state/desk.ts';
import { withoutTraining } from '../state/training.ts';

export interface Paper {
  readonly made: Instant;
  readonly telephones: readonly { readonly name: string; readonly number: string }[];
  readonly alarms: readonly AlarmView[];
  readonly visits: readonly { readonly visit: VisitView; readonly team: string | undefined }[];
  /** Not done yet, in order of time. */
  readonly looks: readonly LookView[];
}

/** A night, and the morning after it. */
const ahead = hours(14);

/** @param now by the relay's clock */
export function paperOf(whole: Known, now: Instant): Paper {
  // Nobody drives to a home where nobody lives.
  const desk = withoutTraining(whole);
  const { night } = desk;
  const fallbacks = [...desk.alarms.values()].flatMap(({ client, chain, state }) =>
    chain?.call && state !== 'closed' ? [{ name: client as string, number: chain.call }] : [],
  );
  const called = new Map(fallbacks.map((one) => [`${one.name} ${one.number}`, one]));
  return {
    made: now,
    telephones: [
      ...night.teams.flatMap(({ name, telephone }) => (telephone ? [{ name, number: telephone }] : [])),
      ...called.values(),
    ],
    alarms: [...desk.alarms.values()]
      .filter(({ state }) => state !== 'closed')
      .sort((a, b) => a.receivedAt.localeCompare(b.receivedAt)),
    visits: [...desk.visits.values()]
      .filter(({ state }) => state !== 'done')
      .sort((a, b) => a.neededAt.localeCompare(b.neededAt))
      .map((visit) => ({ visit, team: teamNamed(night, visit.team)?.name })),
    looks: [...desk.looks.values()]
      .filter(
        ({ state, beside, reason, dueFrom, dueUntil }) =>
          state === 'due' &&
          !beside &&
          reason.type === 'window' &&
          Date.parse(dueUntil) > now &&
          Date.parse(dueFrom) < now + ahead,
      )
      .sort((a, b) => a.dueFrom.localeCompare(b.dueFrom) || a.client.localeCompare(b.client, 'sv')),
  };
}
