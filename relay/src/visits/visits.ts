/** Visits that must be made: load, step, save in the caller's transaction; told once that is on the disk. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import {
  type Visit,
  type VisitEvent,
  type VisitMove,
  visitMachine,
  visitView,
  type WhyVisit,
} from '../record/visit.ts';
import type { Db, Tx } from '../store/database.ts';
import { findVisit, openVisitTo, saveVisit, visitsOnDesk } from '../store/visits-table.ts';
import type { Hub } from '../tell/hub.ts';

interface VisitNeed {
  readonly unit: UnitId;
  readonly client: ClientAlias;
  readonly why: WhyVisit;
  readonly look?: LookId | undefined;
  readonly alarm?: AlarmId | undefined;
  /** An earlier visit for the same need: as long as it is not done, no second one is made. */
  readonly before?: VisitId | undefined;
}

export interface Visits {
  /** One home, one visit: while somebody is to go there, what happens besides is another reason for the same visit. */
  need(tx: Tx, need: VisitNeed): Promise<VisitId>;
  move(tx: Tx, visit: VisitId, move: VisitMove, by: string): Promise<VisitView | Fault>;
  onDesk(db: Db, since: Instant): Promise<readonly VisitView[]>;
}

export function openVisits(parts: { readonly clock: Clock; readonly hub: Hub; readonly newId: () => string }): Visits {
  const { clock, hub, newId } = parts;

  async function step(tx: Tx, before: Visit, event: VisitEvent): Promise<VisitView | Fault> {
    const [next, effects] = visitMachine.step(before, event);
    const refused = effects[0];
    if (refused) return refused.fault;
    if (next.name === 'none') throw new TypeError('a visit cannot be unmade');
    await saveVisit(tx.db, next);
    const visit = visitView(next);
    await hub.record(tx, { type: 'visit', visit });
    return visit;
  }

  return {
    async need(tx, { unit, client, why, look, alarm, before }) {
      const named = before && (await findVisit(tx.db, before));
      const known = named && named.name !== 'done' ? named : await openVisitTo(tx.db, client);
      const reason = { why, ...(look && { look }), ...(alarm && { alarm }) };
      if (known) {
        await step(tx, known, { type: 'needed-also', also: { ...reason, at: clock.now() } });
        return known.facts.visit;
      }
      const visit = newId() as VisitId;
      const facts = { visit, unit, client, neededAt: clock.now(), ...reason };
      await step(tx, visitMachine.initial, { type: 'needed', facts });
      return visit;
    },
    async move(tx, visit, move, by) {
      const before = (await findVisit(tx.db, visit)) ?? visitMachine.initial;
      return step(tx, before, { type: 'moved', move, by, at: clock.now() });
    },
    onDesk: async (db, since) => (await visitsOnDesk(db, since)).map(visitView),
  };
}
