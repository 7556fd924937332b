/**
 * Findings of a kind that the plan wants counted and not told: on the disk and in the outbox as events, and never among this unit's own
 * alarms, so that no look can be opened for one.
 */
import type { ShadowKind } from '@nattfrid/shared/domain/plan';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Finding } from '../decide/finding.ts';
import type { AlarmTable } from '../store/alarm-table.ts';
import type { Database } from '../store/database.ts';
import type { ShadowTable } from '../store/shadow-table.ts';
import type { Outbox } from './outbox.ts';
import { sameEvent } from './report.ts';

/** @returns whether the finding was counted; false: it is to be told */
export type Counting = (finding: Finding) => boolean;

export function countShadows(given: {
  readonly database: Database;
  readonly shadows: ShadowTable;
  readonly alarms: Pick<AlarmTable, 'open'>;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly newId: () => string;
  /** What the plan in force wants counted. */
  readonly counted: () => readonly ShadowKind[];
}): Counting {
  const { database, shadows, alarms, outbox, newId, counted } = given;
  return ({ kind, phase, at, evidence }) =>
    database.transaction(() => {
      if (!isShadowKind(kind)) return false;
      const tell = (event: string, told: 'began' | 'ended') =>
        outbox.put('shadow-event', { event, kind, phase: told, at: printInstant(at), evidence });
      const open = shadows.open(kind);
      const end = () => {
        if (!open) return;
        shadows.ended(open.event);
        tell(open.event, 'ended');
      };
      // An alarm that was told while it was agreed goes on to be told.
      const isTold = phase !== 'began' && alarms.open().some((alarm) => alarm.kind === kind);
      if (isTold || !counted().includes(kind)) {
        end();
        // Nobody was called when it began: its end is none of theirs either.
        return !isTold && phase === 'ended' && open !== undefined;
      }
      const isOpen = open !== undefined && (phase === 'changed' || at - open.began < sameEvent);
      if (phase === 'ended' || !isOpen) end();
      if (phase === 'ended' || isOpen) return true;
      const event = newId();
      shadows.began(event, kind, at);
      tell(event, 'began');
      return true;
    });
}

const kinds: readonly string[] = ['fall', 'left-room', 'not-in-bed'] satisfies readonly ShadowKind[];
const isShadowKind = (kind: string): kind is ShadowKind => kinds.includes(kind);
