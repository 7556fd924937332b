/**
 * Pure. What somebody may reach: all of the own organisation, and of a municipality what an agreement names, in its hours. Whether
 * the role allows a deed is another question (`permissions.ts`); both must say yes.
 */
import type { Agreement, AgreementWhat } from '@nattfrid/shared/desk/agreement';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Action } from '@nattfrid/shared/desk/permissions';
import { windowAt } from '@nattfrid/shared/domain/window';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';

/** Something that belongs to an organisation. */
export interface Thing {
  readonly organisation: Organisation;
  /** As what an agreement may let others have it; none: nobody else ever does. */
  readonly as: readonly AgreementWhat[];
  /** Whoever has taken or opened it: what was begun within the hours may be finished after them. */
  readonly heldBy?: readonly string[];
}

export interface Reacher {
  readonly id: string;
  readonly organisation: Organisation;
}

/** What an agreement lets another organisation's people do at all: everything else stays with the municipality. */
const abroad: Partial<Record<Action, readonly AgreementWhat[]>> = {
  'see-desk': ['alarms', 'looks', 'visits'],
  'answer-alarms': ['alarms'],
  look: ['alarms', 'looks'],
  'make-visits': ['visits'],
  'assign-visits': ['visits'],
  'read-visit-card': ['visits'],
  // Without the plan as it was signed a console can sign for no look.
  'read-plan': ['alarms', 'looks'],
  'have-console': ['alarms', 'looks'],
  'withdraw-consent': ['alarms', 'looks', 'visits'],
};

/** Neither over nor taken back; its hours of the day are another question. */
export function isInForce({ from, until, endedAt }: Agreement, now: Instant): boolean {
  if (endedAt !== undefined && parseInstant(endedAt) <= now) return false;
  return parseInstant(from) <= now && (until === undefined || now < parseInstant(until));
}

export const isInHours = ({ hours }: Agreement, now: Instant): boolean =>
  hours === undefined || windowAt(hours, now) !== undefined;

/** May this person, whose role allows the deed, do it to this thing now? */
export function reaches(
  who: Reacher,
  action: Action,
  thing: Thing,
  agreements: readonly Agreement[],
  now: Instant,
): boolean {
  if (who.organisation === thing.organisation) return true;
  const needed = (abroad[action] ?? []).filter((what) => thing.as.includes(what));
  return agreements.some(
    (one) =>
      one.operator === who.organisation &&
      one.municipality === thing.organisation &&
      one.what.some((what) => needed.includes(what)) &&
      isInForce(one, now) &&
      (isInHours(one, now) || thing.heldBy?.includes(who.id) === true),
  );
}
