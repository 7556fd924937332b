/** Pure. What the desk is shown of a unit's halts: what was said here, and what the unit itself says. */
import type { HaltView } from '@nattfrid/shared/desk/halt-view';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { WhyStopped } from '@nattfrid/shared/wire/halt-letter';
import type { HaltState } from '@nattfrid/shared/wire/vitals';
import type { HaltRow } from '../store/halts-table.ts';

export interface SaysOfHalts {
  /** As its vitals say, where they say that it is halted. */
  readonly state: HaltState | undefined;
  /** It has said that it is here, and nothing of halts: it is older than they are. */
  readonly isOlder: boolean;
}

/** Of what was said, what is not over: a stop that a newer plan has ended is. @param newest version of the newest plan that was signed */
export const standingOf = (said: readonly HaltRow[], newest: number | undefined): readonly HaltRow[] =>
  said.filter(
    ({ letter, refused, overAt }) =>
      refused === undefined && overAt === undefined && (letter.type === 'pause' || letter.planVersion >= (newest ?? 0)),
  );

/** @param standing what was said here and is not over */
export function haltView(standing: readonly HaltRow[], says: SaysOfHalts, at: Instant): HaltView | undefined {
  const told = ({ takenAt }: HaltRow) => (takenAt !== undefined ? 'yes' : says.isOlder ? 'cannot' : 'not-yet');
  for (const row of standing)
    if (row.letter.type === 'stop')
      return { type: 'stopped', why: row.letter.why, since: row.letter.at, told: told(row) };
  const own = fromUnit(says.state, at);
  if (own && own.type !== 'paused') return own;
  for (const row of standing)
    if (row.letter.type === 'pause')
      return { type: 'paused', from: row.letter.from, until: row.letter.until, told: told(row) };
  return own;
}

function fromUnit(state: HaltState | undefined, at: Instant): HaltView | undefined {
  if (!state) return undefined;
  const { why, since, until } = state;
  switch (why) {
    case 'paused':
      // The last that was heard of it: by now it has gone on by itself.
      return until !== undefined && Date.parse(until) > at
        ? { type: 'paused', from: since, until: printInstant(Date.parse(until) as Instant), told: 'yes' }
        : undefined;
    case 'privacy-switch':
    case 'switch-unreadable':
    case 'technician':
      return { type: 'dark', why, since };
    case 'consent-withdrawn':
    case 'plan-ended':
    case 'client-ended':
      return { type: 'stopped', why: WhyStopped.parse(why), since, told: 'yes' };
  }
}
