/** Looks: load, step, save and what follows in one transaction; calls and tellings once that is on the disk. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { AlarmId, LookId, UnitId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import type { Orders } from '../order/order.ts';
import type { Pass } from '../pass/pass.ts';
import type { Plans } from '../plans/plans.ts';
import { isLive, type Joined, type KnownLook, type Look, type LookFacts, type Operator } from '../record/look.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import {
  findLook,
  knownLooks,
  looksBeside,
  looksForAlarm,
  looksInState,
  looksOfUnit,
  looksOnDesk,
  looksToTick,
  saveLook,
} from '../store/looks-table.ts';
import type { Hub } from '../tell/hub.ts';
import type { Visits } from '../visits/visits.ts';
import { type LookEffect, type LookEvent, type LookTimes, lookMachine } from './step.ts';
import { hasShown, heirOf } from './together.ts';
import { onePerHome, tonight } from './tonight.ts';
import { lookView } from './view.ts';

/** A unit that is going to be asked. */
export interface ToAsk {
  readonly operatorKey: string;
  /** Does the asking, once it is on the disk that the look has been opened. */
  readonly ask: () => void;
}

export interface Looks {
  open(tx: Tx, facts: LookFacts, by: Operator, toAsk: ToAsk): Promise<LookView | Fault>;
  /** Another camera of the home, beside a look that has just been opened: its unit says itself whether it may. */
  openBeside(tx: Tx, facts: LookFacts, by: Operator, toAsk: ToAsk): Promise<LookView | Fault>;
  /** Instead of opening it: its unit has another key than the console knows. It has failed, and the others are opened beside it. */
  leaveOut(
    tx: Tx,
    facts: LookFacts,
    by: Operator,
    others: readonly (ToAsk & { readonly facts: LookFacts })[],
  ): Promise<LookView | Fault>;
  /** Those that were opened together with it, and not yet done. */
  beside(db: Db, lead: LookId): Promise<readonly KnownLook[]>;
  /** The look that leads this one; itself, mostly. */
  leading(db: Db, look: LookId): Promise<LookView | Fault>;
  unreachable(tx: Tx, look: LookId): Promise<LookView | Fault>;
  /** What the unit says of a look; a Fault where it is not a look of this unit. */
  answered(tx: Tx, unit: UnitId, answer: LookAnswer): Promise<LookView | Fault>;
  /** Its unit is no longer there: what it has open is over. */
  unitGone(tx: Tx, unit: UnitId): Promise<void>;
  /** Its unit has been taken out: what it has open is over, and nothing of its plan is due any more. */
  unitRemoved(tx: Tx, unit: UnitId): Promise<void>;
  /** @param call does the asking, once it is on the disk that this colleague has joined */
  join(tx: Tx, look: LookId, by: Joined, call: () => void): Promise<LookView | Fault>;
  leave(tx: Tx, look: LookId, by: Operator): Promise<LookView | Fault>;
  /** @param call does the asking, once it is on the disk what has been wished */
  wish(tx: Tx, look: LookId, mode: Mode, by: Operator, call: () => void): Promise<LookView | Fault>;
  /** The unit could not be asked: it goes on as before. */
  wishLost(tx: Tx, look: LookId): Promise<LookView | Fault>;
  /**
   * All that were opened together with it end with it.
   * @param why where it is not that the operator has seen enough: then it ends alone, and the other cameras go on
   */
  close(tx: Tx, look: LookId, by: Operator, why?: 'key-changed'): Promise<LookView | Fault>;
  /** What is said of one camera of a home is said of them all. */
  verdict(tx: Tx, look: LookId, verdict: Verdict, by: Operator): Promise<LookView | Fault>;
  /** A visit is done, and with it every look that it was for. */
  visited(tx: Tx, visit: VisitId, unit: UnitId): Promise<void>;
  alarmClosed(tx: Tx, alarm: AlarmId): Promise<void>;
  /** Lets time pass: what nobody made is missed, what nobody answered has failed. */
  tick(): Promise<void>;
  /** Puts what the plans have agreed for the coming hours on the list. */
  plan(): Promise<void>;
  /** After a start: a look that was open goes on. */
  resume(): Promise<void>;
  onDesk(db: Db, since: Instant): Promise<readonly LookView[]>;
}

export interface LookParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly alarms: Alarms;
  readonly visits: Visits;
  readonly plans: Plans;
  readonly orders: Orders;
  readonly audit: Audit;
  readonly pass: Pass;
  readonly times: LookTimes;
  readonly newId: () => string;
  readonly failed: (error: unknown) => void;
}

export function openLooks(parts: LookParts): Looks {
  const { store, clock, hub, alarms, visits, plans, orders, audit, pass, newId } = parts;
  const machine = lookMachine(parts.times);

  async function step(tx: Tx, id: LookId, event: LookEvent, call?: () => void): Promise<LookView | Fault> {
    const before: Look = (await findLook(tx.db, id)) ?? machine.initial;
    const [stepped, effects] = machine.step(before, event);
    const refused = effects.find((effect) => effect.type === 'refuse');
    if (refused) return refused.fault;
    if (stepped.name === 'none') throw new TypeError('a look cannot be unmade');
    if (stepped === before) return lookView(stepped);
    let next: KnownLook = stepped;
    // Of the cameras of one home the last one that can show nothing sends somebody there, not the first.
    const couldNot = stepped.name === 'failed' || stepped.name === 'refused';
    const heir = couldNot ? heirOf(stepped, await looksBeside(tx.db, id)) : undefined;
    if (isLive(next) && !isLive(before)) openPassage(tx, next);
    if (!isLive(next) && isLive(before)) tx.after(() => pass.shut(id));
    for (const effect of effects)
      if (!heir || effect.type !== 'need-visit') next = await execute(tx, next, effect, call);
    await saveLook(tx.db, next);
    await writeOutcome(tx, before, next);
    if (heir) {
      await handOver(tx, next, heir);
      return lookView((await findLook(tx.db, id)) ?? next);
    }
    // What was opened with it is over with it, also where it goes back onto the list.
    if (next.name !== before.name && (next.name === 'done' || next.name === 'due'))
      for (const { facts } of await looksBeside(tx.db, id))
        await step(tx, facts.look, { type: 'settled', at: clock.now() });
    const look = lookView(next);
    tx.after(() => hub.tell({ type: 'look', look }));
    return look;
  }

  async function handOver(tx: Tx, lead: KnownLook, heir: KnownLook): Promise<void> {
    const { look } = heir.facts;
    await step(tx, look, { type: 'takes-over', from: lead.facts });
    for (const { facts } of [lead, ...(await looksBeside(tx.db, lead.facts.look))])
      await step(tx, facts.look, { type: 'stands-beside', lead: look });
  }

  async function leadOf(db: Db, id: LookId): Promise<KnownLook | Fault> {
    const look = await findLook(db, id);
    const lead = look?.facts.beside ? await findLook(db, look.facts.beside) : look;
    return lead ?? new Fault('not-found', 'There is no such look.');
  }

  async function leading(db: Db, id: LookId): Promise<LookView | Fault> {
    const lead = await leadOf(db, id);
    return lead instanceof Fault ? lead : lookView(lead);
  }

  async function openOne(tx: Tx, facts: LookFacts, by: Operator, toAsk: ToAsk): Promise<LookView | Fault> {
    const { operatorKey, ask } = toAsk;
    await step(tx, facts.look, { type: 'planned', facts });
    return step(tx, facts.look, { type: 'opened', by, operatorKey, at: clock.now() }, ask);
  }

  /** @param worth what an heir must have for it */
  async function ledBest(tx: Tx, id: LookId, worth: (heir: KnownLook) => boolean): Promise<KnownLook | Fault> {
    const lead = await leadOf(tx.db, id);
    if (lead instanceof Fault) return lead;
    const heir = heirOf(lead, await looksBeside(tx.db, lead.facts.look));
    if (!heir || !worth(heir)) return lead;
    await handOver(tx, lead, heir);
    return leadOf(tx.db, heir.facts.look);
  }

  async function execute(tx: Tx, look: KnownLook, effect: LookEffect, call?: () => void): Promise<KnownLook> {
    const { facts } = look;
    const alarm = facts.reason.type === 'alarm' ? facts.reason.alarm : undefined;
    switch (effect.type) {
      case 'call':
        if (call) tx.after(call);
        return look;
      case 'close': {
        const { why, operatorKey } = effect;
        tx.after(() => void orders.give(facts.unit, 'look-close', { look: facts.look, operatorKey, why }));
        return look;
      }
      case 'admit': {
        const { id, alias } = effect.joined;
        tx.after(() => pass.admit(facts.look, { operator: id, alias }));
        if (call) tx.after(call);
        return look;
      }
      case 'dismiss': {
        const { id, alias } = effect.joined;
        tx.after(() => {
          pass.dismiss(facts.look, id);
          orders.give(facts.unit, 'look-leave', { look: facts.look, operator: alias });
        });
        return look;
      }
      case 'need-visit': {
        const { unit, client } = facts;
        const before = facts.visit ?? (alarm && (await findAlarm(tx.db, alarm))?.facts.visit);
        const visit = await visits.need(tx, { unit, client, why: effect.why, look: facts.look, alarm, before });
        if (alarm) await alarms.visitMade(tx, alarm, visit);
        return { ...look, facts: { ...facts, visit } };
      }
      case 'retry':
        await step(tx, effect.facts.look, { type: 'planned', facts: effect.facts });
        return look;
      case 'alarm-verdict': {
        if (!alarm) return look;
        const closed = await alarms.close(tx, alarm, effect.by, effect.verdict);
        await settleAll(tx, alarm, facts.look);
        // Somebody has closed the alarm in the meantime: the look has its verdict all the same.
        if (closed instanceof Fault || !closed.visit) return look;
        return { ...look, facts: { ...facts, visit: closed.visit } };
      }
      case 'refuse':
        return look;
    }
  }

  /** Nobody waits for the looks of an alarm that a person has closed. */
  async function settleAll(tx: Tx, alarm: AlarmId, butFor?: LookId): Promise<void> {
    for (const { name, facts } of await looksForAlarm(tx.db, alarm))
      if (name !== 'done' && facts.look !== butFor) await step(tx, facts.look, { type: 'settled', at: clock.now() });
  }

  /** What came of an access stands in the audit log beside it. */
  async function writeOutcome(tx: Tx, before: Look, look: KnownLook): Promise<void> {
    if (before.name === look.name) return;
    const { unit } = look.facts;
    const write = (what: 'look-refused' | 'look-failed' | 'look-ended', why: string) =>
      audit.append(tx, what === 'look-failed' ? 'relay' : `unit ${unit}`, what, look.facts.look, { unit, why });
    if (look.name === 'refused') await write('look-refused', look.refusal);
    else if (look.name === 'failed') await write('look-failed', look.fault);
    else if (look.name === 'awaiting-verdict') await write('look-ended', look.end);
  }

  function openPassage(tx: Pick<Tx, 'after'>, look: Extract<Look, { name: 'asked' | 'open' }>): void {
    const { look: id, unit } = look.facts;
    const shown = () =>
      void store.write((inner) => step(inner, id, { type: 'first-picture', at: clock.now() })).catch(parts.failed);
    tx.after(() => {
      pass.open(id, { unit, operator: look.opened.operator.id, shown });
      for (const { id: operator, alias } of look.opened.joined ?? []) pass.admit(id, { operator, alias });
    });
  }

  /** @param led those of the facts that this unit's look leads, or leads alone */
  async function planUnit(
    facts: readonly LookFacts[],
    unit: UnitId,
    led: ReadonlySet<LookId>,
    known: ReadonlySet<string>,
  ): Promise<void> {
    const now = clock.now();
    const fresh = facts.filter((one) => led.has(one.look) && !known.has(one.look));
    const agreed = new Set<string>(facts.map((one) => one.look));
    const due = await looksOfUnit(store.db, unit, ['due']);
    const stale = due.filter(
      ({ facts: one }) =>
        one.origin === 'plan' &&
        one.attempt === 1 &&
        one.tookOverFrom === undefined &&
        one.dueUntil > now &&
        !agreed.has(one.look),
    );
    if (fresh.length === 0 && stale.length === 0) return;
    await store.write(async (tx) => {
      for (const one of fresh) await step(tx, one.look, { type: 'planned', facts: one });
      for (const one of stale) await step(tx, one.facts.look, { type: 'unplanned', at: now });
    });
  }

  return {
    async open(tx, facts, by, toAsk) {
      const others = await looksOfUnit(tx.db, facts.unit, ['asked', 'open']);
      const other = others.find((one) => one.facts.look !== facts.look);
      if (other && isLive(other))
        return new Fault('not-now', `${other.opened.operator.name} has another look open in this home. One at a time.`);
      return openOne(tx, facts, by, toAsk);
    },
    openBeside: openOne,
    async leaveOut(tx, facts, by, others) {
      await step(tx, facts.look, { type: 'planned', facts });
      const event = { type: 'untrusted', by, at: clock.now() } as const;
      const before = await findLook(tx.db, facts.look);
      // Others are opened before it fails, so that one of them can take over; and none where it could not be opened either.
      const [, effects] = machine.step(before ?? machine.initial, event);
      for (const effect of effects) if (effect.type === 'refuse') return effect.fault;
      for (const other of others) await openOne(tx, other.facts, by, other);
      const failed = await step(tx, facts.look, event);
      return failed instanceof Fault ? failed : leading(tx.db, facts.look);
    },
    beside: looksBeside,
    leading,
    unreachable: (tx, look) => step(tx, look, { type: 'unreachable', at: clock.now() }),
    async answered(tx, unit, answer) {
      const look = await findLook(tx.db, answer.look);
      if (!look || look.facts.unit !== unit)
        return new Fault('message-not-yours', 'An answer about a look that is not in this home.');
      if (answer.type === 'not-joined')
        await audit.append(tx, `unit ${unit}`, 'look-join-refused', answer.look, { unit, why: answer.why });
      if (answer.type === 'mode-changed' || answer.type === 'mode-refused') {
        const { type, mode } = answer;
        const details = { unit, mode, ...(type === 'mode-refused' && { why: answer.why }) };
        await audit.append(tx, `unit ${unit}`, `look-${type}`, answer.look, details);
      }
      return step(tx, answer.look, { type: 'answered', answer, at: clock.now() });
    },
    async unitGone(tx, unit) {
      for (const { facts } of await looksOfUnit(tx.db, unit, ['asked', 'open']))
        await step(tx, facts.look, { type: 'unit-gone' });
    },
    async unitRemoved(tx, unit) {
      for (const { name, facts } of await looksOfUnit(tx.db, unit, ['due', 'asked', 'open'])) {
        const event =
          name === 'due' ? ({ type: 'unplanned', at: clock.now() } as const) : ({ type: 'unit-gone' } as const);
        await step(tx, facts.look, event);
      }
    },
    join: (tx, look, by, call) => step(tx, look, { type: 'joined', by }, call),
    wish: (tx, look, mode, by, call) => step(tx, look, { type: 'wished', by, mode, at: clock.now() }, call),
    wishLost: (tx, look) => step(tx, look, { type: 'wish-lost' }),
    leave: (tx, look, by) => step(tx, look, { type: 'left', by }),
    async close(tx, id, by, why) {
      if (why) return step(tx, id, { type: 'closed', by, why, at: clock.now() });
      const lead = await ledBest(tx, id, hasShown);
      if (lead instanceof Fault) return lead;
      const event = { type: 'closed', by, at: clock.now() } as const;
      const live = (await looksBeside(tx.db, lead.facts.look)).filter(isLive);
      const closed = isLive(lead) || live.length === 0 ? await step(tx, lead.facts.look, event) : lookView(lead);
      if (closed instanceof Fault) return closed;
      for (const { facts } of live) await step(tx, facts.look, event);
      return closed;
    },
    async verdict(tx, id, verdict, by) {
      const lead = await ledBest(tx, id, () => true);
      if (lead instanceof Fault) return lead;
      const { look } = lead.facts;
      return step(tx, look, { type: 'verdict', verdict, by, at: clock.now(), retry: newId() as LookId });
    },
    async visited(tx, visit, unit) {
      for (const { facts } of await looksOfUnit(tx.db, unit, ['failed', 'refused']))
        if (facts.visit === visit) await step(tx, facts.look, { type: 'settled', at: clock.now() });
    },
    alarmClosed: (tx, alarm) => settleAll(tx, alarm),
    async tick() {
      const event = { type: 'tick', at: clock.now() } as const;
      for (const look of await looksToTick(store.db, event.at)) {
        if (machine.step(look, event)[0] === look) continue;
        await store.write((tx) => step(tx, look.facts.look, event));
      }
    },
    async plan() {
      const now = clock.now();
      const agreed = (await plans.all(store.db)).map(({ plan, receivedAt }) => ({
        unit: plan.unit,
        facts: tonight(plan, receivedAt, now),
      }));
      const all = agreed.flatMap(({ facts }) => facts);
      const known = await knownLooks(
        store.db,
        all.map((one) => one.look),
      );
      const led = onePerHome(all, known);
      for (const { unit, facts } of agreed) await planUnit(facts, unit, led, known);
    },
    async resume() {
      for (const look of await looksInState(store.db, ['asked', 'open']))
        if (isLive(look)) openPassage({ after: (call) => call() }, look);
    },
    onDesk: async (db, since) => (await looksOnDesk(db, since)).map(lookView),
  };
}
