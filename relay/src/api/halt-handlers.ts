/** What the routes about stops and pauses do: the line first, then the halt; and what was counted while nobody was called. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { parseInstant } from '@nattfrid/shared/time/instant';
import type { Audit, AuditWhat } from '../audit/audit.ts';
import { countShadows } from '../halts/count-shadows.ts';
import type { Halts } from '../halts/halts.ts';
import type { Operator } from '../operators/operators.ts';
import type { Store, Tx } from '../store/database.ts';
import { shadowsBetween } from '../store/shadow-table.ts';
import { findUnit } from '../store/units-table.ts';
import type { ApiHandlers } from './handler.ts';

interface OnUnit {
  readonly params: { readonly unit: UnitId };
  readonly who: Pick<Operator, 'name' | 'id' | 'organisation'>;
}

export const haltHandlers = ({
  store,
  audit,
  halts,
  clock,
}: {
  readonly store: Store;
  readonly audit: Audit;
  readonly halts: Halts;
  readonly clock: Clock;
}): Pick<ApiHandlers, 'stopUnit' | 'pauseUnit' | 'endUnitPause' | 'shadowEvents'> => {
  async function onUnit<Done>(
    { params, who }: OnUnit,
    what: AuditWhat,
    details: Readonly<Record<string, string>>,
    deed: (tx: Tx) => Promise<Done | Fault>,
  ): Promise<Done | Fault> {
    const row = await findUnit(store.db, params.unit);
    // Of another organisation it is as if there were none.
    if (row?.organisation !== who.organisation) return new Fault('not-found', `There is no unit ${params.unit}.`);
    await audit.write(who.name, what, params.unit, { client: row.client, ...details, operator: who.id });
    return store.write(deed);
  }

  return {
    stopUnit: (asked) =>
      onUnit(asked, 'unit-stopped', { why: asked.body.why }, (tx) =>
        halts.stop(tx, asked.params.unit, { why: asked.body.why, planVersion: 0 }),
      ),
    pauseUnit(asked) {
      const until = parseInstant(asked.body.until);
      const from = asked.body.from === undefined ? clock.now() : parseInstant(asked.body.from);
      return onUnit(asked, 'unit-paused', { until: asked.body.until }, (tx) =>
        halts.pause(tx, asked.params.unit, { from, until }),
      );
    },
    endUnitPause: (asked) =>
      onUnit(asked, 'unit-pause-ended', {}, async (tx) => {
        await halts.endPause(tx, asked.params.unit);
        return {};
      }),
    async shadowEvents({ params: { client, from, until }, who }) {
      await audit.write(who.name, 'shadow-events-read', client ?? 'all', { from, until, operator: who.id });
      const rows = await shadowsBetween(store.db, who.organisation, parseInstant(from), parseInstant(until));
      return { counts: countShadows(rows.filter((row) => client === undefined || row.client === client)) };
    },
  };
};
