/** What the routes of a visit do: whose it is, and how far it has come. What it is for is told of it as well. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { parseInstant } from '@nattfrid/shared/time/instant';
import type { Present } from '../operators/operators.ts';
import type { Tx } from '../store/database.ts';
import type { ApiHandlers } from './handler.ts';
import type { NightParts } from './night-handlers.ts';

export const visitHandlers = (parts: NightParts): Pick<ApiHandlers, 'moveVisit' | 'assignVisit'> => {
  const { store, audit, visits, looks, alarms, teams } = parts;

  /** One event, one visit: where the visit has come, the alarms that it is for have come as well. */
  async function alongWith(tx: Tx, visit: VisitView, who: Present): Promise<void> {
    const { state } = visit;
    for (const alarm of alarmsOf(visit)) {
      if (state === 'on-the-way' || state === 'there') await alarms.going(tx, alarm, state, who);
      if (state === 'done') await alarms.visited(tx, alarm);
    }
    if (state === 'done') await looks.visited(tx, visit.visit);
    if (state === 'on-the-way' && visit.team && alarmsOf(visit).length > 0) await visits.carTaken(tx, visit.team);
  }

  return {
    async moveVisit({ params, body, who }) {
      const { deed, pressedAt, ...move } = body;
      // Sent again because its answer was lost: done, and written, once.
      const before = deed === undefined ? undefined : await visits.done(store.db, params.visit, deed);
      if (before) return before;
      await audit.write(who.name, 'visit-moved', params.visit, {
        to: move.to,
        operator: who.id,
        ...(pressedAt !== undefined && { pressedAt }),
      });
      return store.write(async (tx) => {
        const by = {
          name: who.name,
          team: teams.teamOf(who.id)?.team,
          deed,
          ...(pressedAt !== undefined && { pressedAt: parseInstant(pressedAt) }),
        };
        const visit = await visits.move(tx, params.visit, move, by);
        if (!(visit instanceof Fault)) await alongWith(tx, visit, who);
        return visit;
      });
    },
    async assignVisit({ params, body, who }) {
      const team = teams.all(who.organisation).find((one) => one.team === body.team);
      if (!team) return new Fault('not-found', 'There is no such team.');
      await audit.write(who.name, 'visit-assigned', params.visit, { team: team.name, operator: who.id });
      return store.write(async (tx) => {
        const visit = await visits.assign(tx, params.visit, team.team);
        // Whoever was on the way goes there no longer.
        if (!(visit instanceof Fault) && visit.state === 'needed')
          for (const alarm of alarmsOf(visit)) await alarms.notGoing(tx, alarm);
        return visit;
      });
    },
  };
};

const alarmsOf = ({ alarm, also = [] }: VisitView): readonly AlarmId[] => [
  ...new Set([alarm, ...also.map((one) => one.alarm)].flatMap((one) => one ?? [])),
];
