/**
 * Pure. What a change on the desk is to other systems: nothing, or things that have happened, each with a name of its own that does not
 * change however often the same view is told.
 */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { OutwardName } from '@nattfrid/shared/desk/outward';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';

export interface Happened {
  readonly name: OutwardName;
  /** The same for the same thing: alarm, look or visit, what became of it, and when. */
  readonly event: string;
  readonly unit: UnitId;
  readonly client: ClientAlias;
  readonly at: string;
  readonly data: object;
}

export function outwardOf(event: LiveEvent): readonly Happened[] {
  switch (event.type) {
    // A test, or a unit that is being set up, is nothing that has happened in a home.
    case 'alarm':
      return event.alarm.quiet ? [] : ofAlarm(event.alarm);
    case 'look':
      return event.look.reason.type === 'test' ? [] : ofLook(event.look);
    case 'visit':
      return ofVisit(event.visit);
    default:
      return [];
  }
}

function ofAlarm(view: AlarmView): readonly Happened[] {
  const { alarm, kind, unit, client, receivedAt, overdue, verdict, visit } = view;
  const data = { alarm, kind, unit, client, receivedAt, overdue, ...(verdict && { verdict }), ...(visit && { visit }) };
  const say = (name: OutwardName, at: string): Happened => ({
    name,
    event: `${name} ${alarm} ${at}`,
    unit,
    client,
    at,
    data,
  });
  const over = view.endedAt ? [say('alarm.over', view.endedAt)] : [];
  switch (view.state) {
    case 'raised':
      // Of one that is overdue nobody knows when it became so; it does so once for each time that it was received.
      return [say('alarm.raised', receivedAt), ...(overdue ? [say('alarm.overdue', receivedAt)] : []), ...over];
    case 'taken':
      return [...(view.takenAt ? [say('alarm.taken', view.takenAt)] : []), ...over];
    case 'closed':
      return view.closedAt ? [say('alarm.closed', view.closedAt)] : [];
  }
}

function ofLook(view: LookView): readonly Happened[] {
  const { look, unit, client, attempt, dueFrom, dueUntil } = view;
  const data = {
    ...{ look, unit, client, attempt, dueFrom, dueUntil, reason: view.reason.type },
    ...(view.openedAt && { openedAt: view.openedAt }),
    ...(view.firstPictureAt && { firstPictureAt: view.firstPictureAt }),
    ...(view.verdict && { verdict: view.verdict }),
    ...(view.verdictAt && { verdictAt: view.verdictAt }),
    ...(view.fault && { fault: view.fault }),
    ...(view.visit && { visit: view.visit }),
  };
  const say = (name: OutwardName, at: string): Happened => ({
    name,
    event: `${name} ${look} ${at}`,
    unit,
    client,
    at,
    data,
  });
  switch (view.state) {
    case 'open':
      return view.openedAt ? [say('look.opened', view.openedAt)] : [];
    case 'failed':
      return [say('look.failed', view.openedAt ?? dueUntil)];
    case 'done':
      return [say('look.done', view.verdictAt ?? dueUntil)];
    default:
      return [];
  }
}

function ofVisit(view: VisitView): readonly Happened[] {
  const { visit, unit, client, why, neededAt } = view;
  const data = {
    ...{ visit, unit, client, why, neededAt },
    ...(view.onTheWayAt && { onTheWayAt: view.onTheWayAt }),
    ...(view.thereAt && { thereAt: view.thereAt }),
    ...(view.doneAt && { doneAt: view.doneAt }),
    ...(view.look && { look: view.look }),
    ...(view.alarm && { alarm: view.alarm }),
  };
  const say = (name: OutwardName, at: string | undefined): readonly Happened[] =>
    at === undefined ? [] : [{ name, event: `${name} ${visit} ${at}`, unit, client, at, data }];
  switch (view.state) {
    case 'needed':
      return say('visit.needed', neededAt);
    case 'on-the-way':
      return say('visit.on-the-way', view.onTheWayAt);
    case 'there':
      return say('visit.there', view.thereAt);
    case 'done':
      return say('visit.done', view.doneAt);
  }
}
