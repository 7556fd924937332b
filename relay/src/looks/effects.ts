/** What each effect of a home's look does, by its name: in the transaction that saves it, or once that is on the disk. */
import type { AlarmId, LookId, VisitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import type { Orders } from '../order/order.ts';
import type { Pass } from '../pass/pass.ts';
import type { LookFacts, Opened } from '../record/look.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Db, Tx } from '../store/database.ts';
import { findLook, looksForAlarm } from '../store/looks-table.ts';
import type { Hub } from '../tell/hub.ts';
import type { Visits } from '../visits/visits.ts';
import type { HomeEffect, HomeEvent } from './home-look-step.ts';
import type { ViewLook } from './view.ts';

/** @returns the events that follow, here or in another home's look; they are stepped before the next effect is done */
type Executor<Effect> = (tx: Tx, effect: Effect) => Promise<readonly HomeEvent[]>;
type Executors = { readonly [Name in HomeEffect['type']]: Executor<Extract<HomeEffect, { type: Name }>> };

export interface EffectParts {
  readonly clock: Clock;
  readonly hub: Hub;
  readonly alarms: Alarms;
  readonly visits: Visits;
  readonly orders: Orders;
  readonly audit: Audit;
  readonly pass: Pass;
  readonly viewOf: ViewLook;
  /** A first picture has been handed to the operator who has this look open. */
  readonly shown: (look: LookId) => void;
}

export function lookEffects(parts: EffectParts): Executor<HomeEffect> {
  const { clock, hub, alarms, visits, orders, audit, pass } = parts;
  const executors: Executors = {
    // The caller answers for these two: the stepper tells it of them, with the look or the fault.
    refuse: async () => [],
    call: async () => [],
    async 'let-pass'(tx, { opened, about }) {
      tx.after(() => letPass(parts, about, opened));
      return [];
    },
    async 'stop-passing'(tx, { about }) {
      tx.after(() => pass.shut(about.look));
      return [];
    },
    async 'let-in'(tx, { about }) {
      tx.after(() => pass.saidYes(about.look));
      return [];
    },
    async close(tx, { why, operatorKey, about: { look, unit } }) {
      tx.after(() => void orders.give(unit, 'look-close', { look, operatorKey, why }));
      return [];
    },
    'close-too': async (_tx, { by, at, about: { look } }) => [
      { type: 'camera', look, event: { type: 'closed', by, at } },
    ],
    async admit(tx, { joined: { id, alias }, about }) {
      tx.after(() => pass.admit(about.look, { operator: id, alias }));
      return [];
    },
    async dismiss(tx, { joined: { id, alias }, about: { look, unit } }) {
      tx.after(() => {
        pass.dismiss(look, id);
        orders.give(unit, 'look-leave', { look, operator: alias });
      });
      return [];
    },
    async 'need-visit'(tx, { why, about }) {
      const { unit, client, look } = about;
      const alarm = alarmOf(about);
      const before = about.visit ?? (alarm && (await findAlarm(tx.db, alarm))?.facts.visit);
      const visit = await visits.need(tx, { unit, client, why, look, alarm, before });
      if (alarm) await alarms.visitMade(tx, alarm, visit);
      return [visitMade(look, visit)];
    },
    retry: async (_tx, { facts }) => [{ type: 'camera', look: facts.look, event: { type: 'planned', facts } }],
    async 'alarm-verdict'(tx, { by, verdict, about }) {
      const alarm = alarmOf(about);
      if (!alarm) return [];
      const closed = await alarms.close(tx, alarm, by, verdict);
      const others = await settling(tx.db, alarm, clock.now(), about.look);
      // Where somebody has closed the alarm in the meantime, the look keeps its verdict all the same.
      return closed instanceof Fault || !closed.visit ? others : [...others, visitMade(about.look, closed.visit)];
    },
    async write(tx, { outcome: { what, why }, about: { look, unit } }) {
      await audit.append(tx, what === 'look-failed' ? 'relay' : `unit ${unit}`, what, look, { unit, why });
      return [];
    },
    async tell(tx, { about }) {
      const saved = await findLook(tx.db, about.look);
      if (!saved) throw new TypeError('a look is told of after it is saved');
      const look = parts.viewOf(saved);
      await hub.record(tx, { type: 'look', look });
      return [];
    },
  };
  return (tx, effect) => (executors[effect.type] as Executor<HomeEffect>)(tx, effect);
}

/** Pictures of this look may pass to the operator, and to every colleague who has joined it. */
export function letPass({ pass, shown }: Pick<EffectParts, 'pass' | 'shown'>, facts: LookFacts, opened: Opened): void {
  const { look, unit } = facts;
  pass.open(look, { unit, operator: opened.operator.id, shown: () => shown(look) });
  for (const { id: operator, alias } of opened.joined ?? []) pass.admit(look, { operator, alias });
}

/** The looks for an alarm that a person has closed are settled. */
export async function settling(db: Db, alarm: AlarmId, at: Instant, butFor?: LookId): Promise<readonly HomeEvent[]> {
  const looks = (await looksForAlarm(db, alarm)).filter(({ name, facts }) => name !== 'done' && facts.look !== butFor);
  return looks.map(({ facts: { look } }) => ({ type: 'camera', look, event: { type: 'settled', at } }));
}

const visitMade = (look: LookId, visit: VisitId): HomeEvent => ({
  type: 'camera',
  look,
  event: { type: 'visit-made', visit },
});

const alarmOf = ({ reason }: LookFacts): AlarmId | undefined => (reason.type === 'alarm' ? reason.alarm : undefined);
