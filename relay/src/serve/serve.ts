/**
 * Units as things that need care: what is asked of them, what they say of themselves, and test alarms. None of it can open a look, and
 * nothing of it is an alarm: whoever is called at night is called by `alarms/` alone.
 */

import type { FaultView, TestView, UnitChecks } from '@nattfrid/shared/desk/serve-view';
import type { CheckName } from '@nattfrid/shared/domain/check';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import type { Announce } from '@nattfrid/shared/wire/announce';
import {
  knownAnswer,
  type ServiceAnswer,
  type ServiceCall,
  type SomeServiceAnswer,
} from '@nattfrid/shared/wire/service-call';
import type { Audit } from '../audit/audit.ts';
import type { Orders } from '../order/order.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import {
  callsOf,
  checksOf,
  faultsNow,
  findTest,
  type KeptCheck,
  saveAnswer,
  saveCall,
  saveCheck,
  saveSealing,
  saveTest,
  sealingOf,
  testsSince,
} from '../store/serve-table.ts';
import { allUnits, findUnit } from '../store/units-table.ts';
import type { Hub } from '../tell/hub.ts';
import { openBundles } from './bundles.ts';
import { faultViews, testView, unitChecks } from './views.ts';

type WithoutCall<Call> = Call extends unknown ? Omit<Call, 'call'> : never;
/** What is asked; the relay numbers it. */
export type Asking = WithoutCall<ServiceCall>;

interface Asker {
  readonly id: string;
  readonly name: string;
}

/** What else follows from what a unit has answered, in the transaction that keeps it. */
export type Answered = (tx: Tx, unit: UnitId, answer: ServiceAnswer) => Promise<void>;

export interface Serve {
  /**
   * Written in the log before it is sent.
   * @returns the id of the call, which the answer names; a Fault `not-found`, or `unit-unreachable` where it is not connected
   */
  call(unit: UnitId, asking: Asking, who: Asker): Promise<{ readonly call: string } | Fault>;
  /** A unit is here, perhaps with a program that has just been started: it is asked how it is. */
  announced(unit: UnitId, before: Announce | undefined, now: Announce): void;
  answered(tx: Tx, unit: UnitId, answer: SomeServiceAnswer): Promise<void>;
  /** Told of each answer that is known here; for whoever goes by it. */
  answeredBy(more: Answered): void;
  checks(db: Db, unit: UnitId): Promise<UnitChecks | Fault>;
  faults(db: Db, organisation: string): Promise<readonly FaultView[]>;
  own(unit: UnitId, check: CheckName, who: Asker, isOwn: boolean): Promise<Fault | undefined>;
  /** The last support bundle that is whole. */
  bundle(unit: UnitId): string | undefined;
  /** @returns the test as it is now; a Fault where there is none, or where its unit cannot be told */
  takeTest(alarm: AlarmId, who: Asker): Promise<TestView | Fault>;
  onDesk(db: Db): Promise<readonly TestView[]>;
}

/** A test that nobody has taken is none any more after so long. */
const testsFor = hours(1);

export function openServe(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly audit: Audit;
  readonly orders: Orders;
  readonly newId: () => string;
  readonly isHere: (unit: UnitId) => boolean;
  readonly newestVersion?: () => string | undefined;
}): Serve {
  const { store, clock, hub, audit, orders, newId, isHere } = parts;
  const recorders: Answered[] = [];
  /** Since this relay was started. */
  const asked = new Set<UnitId>();
  const bundles = openBundles(clock);
  const send = (unit: UnitId, asking: Asking, call: string) =>
    orders.give(unit, 'service-call', { ...asking, call } as ServiceCall);

  /** Of each since when it has been so, and whose it is. */
  async function keepChecks({ db }: Tx, unit: UnitId, checks: readonly KeptCheck['check'][]): Promise<void> {
    const before = new Map((await checksOf(db, unit)).map((one) => [one.check.name, one]));
    for (const check of checks) await saveCheck(db, kept(unit, before.get(check.name), check, clock.now()));
  }

  async function raiseTest(tx: Tx, unit: UnitId, { alarm, call }: { alarm: AlarmId; call: string }): Promise<void> {
    if (await findTest(tx.db, alarm)) return;
    const test = { alarm, unit, call, raisedAt: clock.now() };
    await saveTest(tx.db, test);
    await audit.append(tx, `unit ${unit}`, 'test-alarm-raised', unit, { alarm });
    const row = await findUnit(tx.db, unit);
    if (row) tx.after(() => hub.tell({ type: 'test', test: testView(test, row) }));
  }

  return {
    async call(unit, asking, who) {
      const row = await findUnit(store.db, unit);
      if (!row) return new Fault('not-found', `There is no unit ${unit}.`);
      const call = newId();
      await audit.write(who.name, 'unit-asked', unit, { asked: asking.type, client: row.client, operator: who.id });
      await store.write((tx) => saveCall(tx.db, { unit, type: asking.type, call, at: clock.now(), by: who.name }));
      return send(unit, asking, call) ?? { call };
    },
    announced(unit, before, now) {
      // Of a program that goes on over a new connection all is known that has changed: it says so by itself.
      if (before?.run !== undefined && before.run === now.run && asked.has(unit)) return;
      asked.add(unit);
      send(unit, { type: 'diagnose' }, newId());
    },
    async answered(tx, unit, some) {
      if (some.call !== undefined) await saveAnswer(tx.db, unit, { ...some, call: some.call }, clock.now());
      const answer = knownAnswer(some);
      if (!answer) return;
      if (answer.type === 'checked') {
        await keepChecks(tx, unit, answer.checks);
        const { sealingKey, sealingProof } = answer;
        if (sealingKey && sealingProof) await saveSealing(tx.db, unit, sealingKey, sealingProof);
      }
      if (answer.type === 'camera-chosen') await keepChecks(tx, unit, answer.checks);
      if (answer.type === 'dark-tried') await keepChecks(tx, unit, [answer.check]);
      if (answer.type === 'test-fall-raised') await raiseTest(tx, unit, answer);
      if (answer.type === 'bundle') bundles.take(unit, answer);
      for (const more of recorders) await more(tx, unit, answer);
    },
    answeredBy: (more) => void recorders.push(more),
    async checks(db, unit) {
      const row = await findUnit(db, unit);
      if (!row) return new Fault('not-found', `There is no unit ${unit}.`);
      const [checks, calls, sealing] = [await checksOf(db, unit), await callsOf(db, unit), await sealingOf(db, unit)];
      const newest = parts.newestVersion?.();
      return unitChecks({ row, checks, calls, sealing, bundle: bundles.of(unit), isHere: isHere(unit), newest });
    },
    async faults(db, organisation) {
      const rows = (await allUnits(db)).filter((one) => one.organisation === organisation);
      return faultViews(await faultsNow(db), rows);
    },
    async own(unit, check, who, isOwn) {
      await audit.write(who.name, isOwn ? 'unit-fault-taken' : 'unit-fault-let-go', unit, { check, operator: who.id });
      return store.write(async (tx) => {
        const known = (await checksOf(tx.db, unit)).find((one) => one.check.name === check);
        if (!known) return new Fault('not-found', `The unit ${unit} has said nothing about «${check}».`);
        const { owner: _before, ...rest } = known;
        await saveCheck(tx.db, { ...rest, ...(isOwn && { owner: { id: who.id, name: who.name, at: clock.now() } }) });
        return undefined;
      });
    },
    bundle: (unit) => bundles.of(unit)?.text,
    async takeTest(alarm, who) {
      const known = await findTest(store.db, alarm);
      const row = known && (await findUnit(store.db, known.unit));
      if (!known || !row) return new Fault('not-found', 'There is no such test alarm.');
      await audit.write(who.name, 'test-alarm-taken', known.unit, { alarm, operator: who.id });
      const taken = { at: clock.now(), by: who.name, id: who.id };
      const refused = send(known.unit, { type: 'test-fall-back', alarm }, newId());
      if (refused) return refused;
      const test = { ...known, taken };
      await store.write(async (tx) => {
        await saveTest(tx.db, test);
        tx.after(() => hub.tell({ type: 'test', test: testView(test, row) }));
      });
      return testView(test, row);
    },
    async onDesk(db) {
      const since = after(clock.now(), milliseconds(-testsFor));
      const rows = new Map((await allUnits(db)).map((one) => [one.unit, one]));
      return (await testsSince(db, since)).flatMap((test) => {
        const row = rows.get(test.unit);
        return row ? [testView(test, row)] : [];
      });
    },
  };
}

/** Since when it has been so; whose it is, for as long as it has not become well. */
function kept(unit: UnitId, before: KeptCheck | undefined, check: KeptCheck['check'], at: Instant): KeptCheck {
  const isSame = before?.check.state === check.state && before.check.code === check.code;
  const isOpen = check.state === 'fault' || check.state === 'advice';
  return {
    ...{ unit, check, at, since: isSame ? before.since : at },
    ...(isOpen && before?.owner && { owner: before.owner }),
  };
}
