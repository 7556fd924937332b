/** What follows from each word that a unit says, in the transaction that remembers having heard it. */
import type { PlanId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { parseInstant } from '@nattfrid/shared/time/instant';
import { withOwnWord } from '@nattfrid/shared/wire/halt-words';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import type { CarePlans } from '../care/care-plans.ts';
import type { Consoles } from '../consoles/consoles.ts';
import type { Halts } from '../halts/halts.ts';
import type { Installations } from '../installations/installations.ts';
import type { Looks } from '../looks/looks.ts';
import type { Plans } from '../plans/plans.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Serve } from '../serve/serve.ts';
import { shadowBegan, shadowEnded } from '../store/shadow-table.ts';
import { findUnit } from '../store/units-table.ts';
import type { Units } from '../units/units.ts';
import type { Handlers } from './receive.ts';
import { openUnitLogs } from './unit-log.ts';

export function unitWords(parts: {
  readonly units: Units;
  readonly alarms: Alarms;
  readonly looks: Looks;
  readonly plans: Plans;
  readonly rooms: Rooms;
  readonly halts: Pick<Halts, 'announced' | 'answered' | 'heard'>;
  readonly consoles: Pick<Consoles, 'announced'>;
  readonly carePlans: Pick<CarePlans, 'answered'>;
  readonly serve: Pick<Serve, 'announced' | 'answered'>;
  readonly installations: Pick<Installations, 'gone' | 'back'>;
  readonly audit: Audit;
  readonly clock: Clock;
}): Handlers {
  const { units, alarms, looks, plans, rooms, halts, consoles, carePlans, serve, installations, audit, clock } = parts;
  const unitLog = openUnitLogs({ audit, clock });
  return {
    async announce(tx, { unit, body }) {
      if (body.state === 'gone') {
        if (await units.gone(tx, unit, body.connection)) {
          await looks.unitGone(tx, unit);
          await installations.gone(tx, unit);
        }
        return undefined;
      }
      const before = (await findUnit(tx.db, unit))?.announced;
      await units.heard(tx, unit, { announced: body });
      // First: a unit that comes back is stopped before it is given anything.
      await halts.announced(tx, unit, body);
      await plans.announced(tx, unit, body.plan?.version);
      if (body.plan) {
        const { id, version } = body.plan;
        await carePlans.answered(tx, unit, { type: 'taken', plan: id as PlanId, version });
      }
      await rooms.announced(tx, unit, body.room?.version);
      await consoles.announced(tx, unit);
      await installations.back(tx, unit);
      tx.after(() => serve.announced(unit, before, body));
      return undefined;
    },
    async vitals(tx, { unit, body, sentAt }) {
      // Read once: thousands of units beat, all night.
      const row = await findUnit(tx.db, unit);
      if (!row) return undefined;
      await unitLog(tx, unit, body.accessLog, row.vitals);
      await halts.heard(tx, unit, body, row.vitals);
      await units.heard(tx, unit, { vitals: body, sentAt: parseInstant(sentAt) }, row);
      return undefined;
    },
    async 'alarm-report'(tx, { unit, body }) {
      const client = await units.client(tx.db, unit);
      if (!client) return new Fault('not-found', 'An alarm of a unit that is not known.');
      if (body.kind === 'unit-silent')
        return new Fault('message-not-yours', 'Only the relay can say that a unit is silent.');
      await units.heard(tx, unit);
      return faultOf(await alarms.report(tx, unit, client, body));
    },
    async 'look-answer'(tx, { unit, body }) {
      await units.heard(tx, unit);
      return faultOf(await looks.answered(tx, unit, withOwnWord(body)));
    },
    async 'plan-answer'(tx, { unit, body }) {
      await units.heard(tx, unit);
      const details = body.type === 'taken' ? { version: String(body.version) } : { why: body.why };
      await audit.append(tx, `unit ${unit}`, body.type === 'taken' ? 'plan-taken' : 'plan-refused', unit, details);
      await plans.answered(tx, unit, body);
      await carePlans.answered(tx, unit, body);
      await units.planAnswered(tx, unit, body);
      units.changed(tx, unit);
      return undefined;
    },
    async 'halt-answer'(tx, { unit, body }) {
      await units.heard(tx, unit);
      await halts.answered(tx, unit, body);
      return undefined;
    },
    async 'service-answer'(tx, { unit, body }) {
      await units.heard(tx, unit);
      await serve.answered(tx, unit, body);
      units.changed(tx, unit);
      return undefined;
    },
    async 'shadow-event'(tx, { unit, body }) {
      const client = await units.client(tx.db, unit);
      if (!client) return new Fault('not-found', 'An event of a unit that is not known.');
      await units.heard(tx, unit);
      const { event, kind, evidence } = body;
      const at = parseInstant(body.at);
      if (body.phase === 'began') await shadowBegan(tx.db, { event, unit, client, kind, began: at, evidence });
      else await shadowEnded(tx.db, unit, event, at);
      return undefined;
    },
    async 'room-proposal'(tx, { unit, body }) {
      await units.heard(tx, unit);
      await rooms.proposed(tx, unit, body);
      units.changed(tx, unit);
      return undefined;
    },
    async 'room-answer'(tx, { unit, body }) {
      await units.heard(tx, unit);
      const what = body.type === 'in-use' ? 'room-in-use' : 'room-refused';
      const why: Record<string, string> = body.type === 'refused' ? { why: body.why } : {};
      await audit.append(tx, `unit ${unit}`, what, unit, { version: String(body.version), ...why });
      await rooms.answered(tx, unit, body);
      units.changed(tx, unit);
      return undefined;
    },
  };
}

const faultOf = (result: unknown): Fault | undefined => (result instanceof Fault ? result : undefined);
