/** What the routes about units that need care do: of the own organisation's units alone, each written in the audit log first. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { Operator } from '../operators/operators.ts';
import type { Serve } from '../serve/serve.ts';
import type { Store } from '../store/database.ts';
import { findUnit } from '../store/units-table.ts';
import type { UnitHours } from '../units/unit-hours.ts';
import type { ApiHandlers } from './handler.ts';
import { inOnePiece } from './pieces.ts';

type Handled = 'unitChecks' | 'unitWeek' | 'callUnit' | 'exportBundle' | 'unitFaults' | 'ownFault' | 'takeTest';

export const serveHandlers = ({
  store,
  clock,
  audit,
  serve,
  unitHours,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly serve: Serve;
  readonly unitHours: UnitHours;
}): Pick<ApiHandlers, Handled> => {
  /** Of another organisation it is as if there were none, also where its alarms are answered here. */
  async function foreign(unit: UnitId, who: Pick<Operator, 'organisation'>): Promise<Fault | undefined> {
    const row = await findUnit(store.db, unit);
    return row?.organisation === who.organisation ? undefined : new Fault('not-found', `There is no unit ${unit}.`);
  }
  const checksOf = (unit: UnitId) => store.read((db) => serve.checks(db, unit));

  return {
    async unitChecks({ params, who }) {
      return (await foreign(params.unit, who)) ?? checksOf(params.unit);
    },
    unitWeek: ({ params }) => store.read((db) => unitHours.week(db, params.unit)),
    async callUnit({ params, body, who }) {
      const asking =
        body.type === 'survey'
          ? { type: body.type, until: printInstant(after(clock.now(), hours(body.hours))) }
          : { type: body.type };
      const called = (await foreign(params.unit, who)) ?? (await serve.call(params.unit, asking, who));
      return called instanceof Fault ? called : checksOf(params.unit);
    },
    async exportBundle({ params, who }) {
      const refused = await foreign(params.unit, who);
      if (refused) return refused;
      const text = serve.bundle(params.unit);
      if (text === undefined)
        return new Fault(
          'not-found',
          'The unit has given no bundle since the relay was started: ask it for one first.',
        );
      await audit.write(who.name, 'unit-bundle-read', params.unit, { operator: who.id });
      return inOnePiece(text);
    },
    unitFaults: async ({ who }) => ({ faults: await store.read((db) => serve.faults(db, who.organisation)) }),
    async ownFault({ params, body, who }) {
      const refused = (await foreign(params.unit, who)) ?? (await serve.own(params.unit, params.check, who, body.own));
      return refused ?? checksOf(params.unit);
    },
    takeTest: ({ params, who }) => serve.takeTest(params.test, who),
  };
};
