/** Installations by work orders: load, step, save and what follows in one transaction; the unit is asked once that is on the disk. */
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { TestView } from '@nattfrid/shared/desk/serve-view';
import type { InstallRecord, InstallStep, WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { erasedThings } from '@nattfrid/shared/seal/wipe';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import type { CallProof } from '@nattfrid/shared/wire/console-proof';
import type { SealedLogin, ServiceAnswer, ServiceCall } from '@nattfrid/shared/wire/service-call';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import type { Looks } from '../looks/looks.ts';
import type { Orders } from '../order/order.ts';
import { stepOrder } from '../pairing/step-order.ts';
import { keepWipe } from '../pairing/wiped.ts';
import { type Installation, type InstallationEvent, installationMachine } from '../record/installation.ts';
import type { Operator } from '../record/look.ts';
import type { WorkOrder } from '../record/work-order.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { findInstallation, openInstallationOf, saveInstallation } from '../store/installations-table.ts';
import { findUnit } from '../store/units-table.ts';
import { findWorkOrder, type KnownOrder } from '../store/work-orders-table.ts';
import { aroundUnit } from './around.ts';
import { lackingSteps, stepsOf } from './steps.ts';

export interface Tried {
  readonly camera?: string | undefined;
  readonly login?: SealedLogin | undefined;
  /** Of what the unit does only by the word of a console that the municipality vouches for. */
  readonly signed?: CallProof | undefined;
}

export interface Installations {
  /** The order with how far its installation has come. */
  of(db: Db, order: KnownOrder, view: WorkOrderView): Promise<WorkOrderView>;
  /** @param view as `of` gives it */
  record(db: Db, view: WorkOrderView): Promise<InstallRecord | Fault>;
  /** A unit has been paired by this order. */
  paired(tx: Tx, order: WorkOrder): Promise<void>;
  tryStep(order: string, step: InstallStep, tried: Tried, by: Operator): Promise<Fault | undefined>;
  confirmStep(order: string, step: InstallStep, by: Operator): Promise<Fault | undefined>;
  finish(order: string, by: Operator): Promise<Fault | undefined>;
  /** A colleague answers a test look, never whoever sets the unit up. @returns why not */
  mayAnswer(db: Db, order: string, by: Operator): Promise<Fault | undefined>;
  answered(tx: Tx, unit: UnitId, answer: ServiceAnswer): Promise<void>;
  /** What is told on the desk may be about a test. */
  told(tx: Tx, event: LiveEvent): Promise<void>;
  /** Somebody at a console has taken the test alarm; the unit has been told. */
  testTaken(test: TestView): Promise<void>;
  gone(tx: Tx, unit: UnitId): Promise<void>;
  back(tx: Tx, unit: UnitId): Promise<void>;
}

/** So long a colleague has to answer. */
const answerWithin = minutes(15);

export function openInstallations(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly looks: Pick<Looks, 'ask'>;
  readonly alarms: Pick<Alarms, 'aloud'>;
  readonly orders: Orders;
  readonly newId: () => string;
  /** The installation of an exchange is over: the unit that was there is taken out. Of a return: the one that was wiped. */
  readonly over: (tx: Tx, order: KnownOrder, one: Installation) => Promise<void>;
  readonly failed: (error: unknown) => void;
}): Installations {
  const { store, clock, audit, looks, alarms, orders, newId, over, failed } = parts;

  const serve = (unit: UnitId, call: ServiceCall) => orders.give(unit, 'service-call', call);

  async function step(tx: Tx, order: string, event: InstallationEvent): Promise<Fault | undefined> {
    const before = (await findInstallation(tx.db, order)) ?? installationMachine.initial;
    const [next, effects] = installationMachine.step(before, event);
    if (next.state !== 'none' && next !== before) await saveInstallation(tx.db, next);
    for (const effect of effects) {
      if (effect.type === 'refuse') return effect.fault;
      if (next.state === 'none') continue;
      const { unit, client } = next.facts;
      switch (effect.type) {
        case 'ask-ready': {
          const { finish } = next;
          if (finish)
            await stepOrder(tx, order, {
              type: 'ready',
              at: printInstant(finish.at),
              by: { id: finish.byId, name: finish.by },
            });
          tx.after(() => void serve(unit, { type: 'ready', call: newId(), record: effect.record }));
          break;
        }
        case 'done': {
          await alarms.aloud(tx, unit, client);
          const at = printInstant(clock.now());
          const by = { id: next.finish?.byId ?? '', name: next.finish?.by ?? next.facts.pairedBy };
          const moved = await stepOrder(tx, order, { type: 'done', at, by });
          await audit.append(tx, `unit ${unit}`, 'unit-left', unit, { order, client });
          // Also where it was called off meanwhile: the unit has been left, or has erased itself.
          if (!(moved instanceof Fault)) await over(tx, moved.known, next);
        }
      }
    }
    return undefined;
  }

  const ofUnit = async (tx: Tx, unit: UnitId, event: InstallationEvent) => {
    const one = await openInstallationOf(tx.db, unit);
    if (one) await step(tx, one.facts.order, event);
  };

  async function begin(tx: Tx, order: KnownOrder): Promise<void> {
    const paired = 'paired' in order ? order.paired : undefined;
    if (!paired) return;
    const known = await findInstallation(tx.db, order.facts.order);
    // Paired anew, because it had lost its power before it had kept its certificate: all begins again.
    if (known && known.facts.pairedAt >= parseInstant(paired.at)) return;
    const { facts } = order;
    await step(tx, facts.order, {
      type: 'paired',
      facts: {
        ...{ order: facts.order, organisation: facts.organisation, kind: facts.kind },
        ...{ client: facts.client, place: facts.place, unit: paired.unit },
        pairedAt: parseInstant(paired.at),
        pairedBy: paired.by.name,
      },
    });
  }

  /** A return has no pairing: it begins when the unit is asked to erase. */
  async function beginReturn(tx: Tx, { facts }: KnownOrder, by: Operator): Promise<void> {
    if (!facts.there || (await findInstallation(tx.db, facts.order))) return;
    const { order, organisation, kind, client, place } = facts;
    const about = { order, organisation, kind, client, place, unit: facts.there };
    await step(tx, order, { type: 'paired', facts: { ...about, pairedAt: clock.now(), pairedBy: by.name } });
  }

  /** In a transaction with its line in the audit log; the unit is asked after that. */
  async function deed(
    order: string,
    what: 'install-step-tried' | 'install-step-confirmed' | 'install-finished',
    who: Operator,
    detail: { readonly step?: InstallStep },
    act: (tx: Tx, known: KnownOrder, unit: UnitId) => Promise<Fault | undefined>,
  ): Promise<Fault | undefined> {
    return store.write(async (tx) => {
      const known = await findWorkOrder(tx.db, order);
      if (!known) return new Fault('not-found', 'There is no such work order.');
      const unit = 'paired' in known && known.paired ? known.paired.unit : known.facts.there;
      if (!unit) return new Fault('not-now', 'No unit has been paired by this work order yet.');
      if (known.facts.kind === 'return') await beginReturn(tx, known, who);
      else await begin(tx, known);
      await audit.append(tx, who.name, what, unit, { order, ...detail, operator: who.id });
      return act(tx, known, unit);
    });
  }

  async function asked(tx: Tx, order: string, unit: UnitId, about: InstallStep, by: Operator, call: ServiceCall) {
    const fault = await step(tx, order, { type: 'asked', step: about, call: call.call, by: by.name, at: clock.now() });
    // What is refused reaches no unit: before an exchange has its new one, it would be the one that looks after the home.
    if (!fault) tx.after(() => void serve(unit, call));
    return fault;
  }

  /** What the unit is asked for each step; a test look is the one that a colleague is asked for. */
  function callFor(about: InstallStep, { camera, login, signed }: Tried): ServiceCall | undefined {
    const call = newId();
    switch (about) {
      case 'power':
      case 'signal':
      case 'time':
      case 'view':
        return { type: 'diagnose', call };
      case 'camera':
        return camera === undefined
          ? { type: 'find-cameras', call }
          : { type: 'choose-camera', call, camera, ...(login && { login }), ...(signed && { signed }) };
      case 'infrared':
        return { type: 'try-dark', call };
      case 'test-fall':
        return { type: 'test-fall', call };
      case 'wipe':
        return { type: 'wipe', call, ...(signed && { signed }) };
      case 'pair':
      case 'room':
      case 'plan':
      case 'sign':
      case 'test-look':
      case 'power-cut':
        return undefined;
    }
  }

  async function askLook(tx: Tx, order: string, unit: UnitId, by: Operator): Promise<Fault | undefined> {
    const row = await findUnit(tx.db, unit);
    if (!row) return new Fault('not-found', `There is no unit ${unit}.`);
    const look = newId() as LookId;
    const at = clock.now();
    const fault = await step(tx, order, { type: 'look-asked', look, by: by.name, at });
    if (fault) return fault;
    const dueUntil = after(at, answerWithin);
    await looks.ask(tx, {
      ...{ look, unit, client: row.client, attempt: 1, dueFrom: at, dueUntil, closes: dueUntil },
      reason: { type: 'test', order },
      origin: 'operator',
      retryAfter: minutes(15),
    });
    return undefined;
  }

  /** Checked against the key that the stock has of it; kept, and the unit taken out, in transactions of their own. */
  async function wiped(unit: UnitId, { at, signature }: Extract<ServiceAnswer, { type: 'wiping' }>): Promise<void> {
    const one = await openInstallationOf(store.db, unit);
    const row = await findUnit(store.db, unit);
    if (one?.facts.kind !== 'return' || !row) return;
    const { order, organisation, pairedBy } = one.facts;
    const certificate = { unit, at, what: [...erasedThings], signature };
    const fault = await keepWipe({ store, audit, clock }, { name: `unit ${unit}` }, organisation, certificate);
    if (fault) {
      await audit.write(`unit ${unit}`, 'wipe-refused', unit, { order, why: fault.code });
      return;
    }
    const said = { at, by: pairedBy, signature, publicKey: row.publicKey };
    await store.write(async (tx) => void (await step(tx, order, { type: 'wiped', wiped: said, at: clock.now() })));
  }

  return {
    async of(db, order, view) {
      const one = await findInstallation(db, order.facts.order);
      if (!one) return view;
      const steps = stepsOf(one, await aroundUnit(db, one.facts.unit, clock.now()));
      return {
        ...view,
        state: order.state === 'done' ? 'done' : one.state,
        unit: one.facts.unit,
        ...(order.facts.there && { there: order.facts.there }),
        steps,
        cameras: one.cameras,
        proofs: one.proofs.map(({ proof }) => proof),
        ...(one.sealing && { sealing: one.sealing }),
        ...(one.refused && { refused: one.refused.why }),
        ...(one.doneAt !== undefined && { readyAt: printInstant(one.doneAt) }),
        ...(one.finish && { readyBy: one.finish.by }),
        ...(one.wiped && { wiped: one.wiped }),
      };
    },
    async record(db, view) {
      const one = await findInstallation(db, view.order);
      if (!one) return new Fault('not-found', 'Nothing has been done by this work order yet.');
      const events = one.happened.map(({ at, ...rest }) => ({ at: printInstant(at), ...rest }));
      return { order: view, events };
    },
    async paired(tx, order) {
      if (order.state !== 'none') await begin(tx, order);
    },
    tryStep: (order, about, tried, by) =>
      deed(order, 'install-step-tried', by, { step: about }, async (tx, _known, unit) => {
        if (about === 'test-look') return askLook(tx, order, unit, by);
        const call = callFor(about, tried);
        return call
          ? asked(tx, order, unit, about, by, call)
          : new Fault('request-invalid', `The unit is not asked anything for the step ${about}.`);
      }),
    confirmStep: (order, about, by) =>
      deed(order, 'install-step-confirmed', by, { step: about }, async (tx, _known, unit) => {
        const at = clock.now();
        switch (about) {
          case 'sign':
            return step(tx, order, { type: 'sign-placed', by: by.name, at });
          case 'power-cut':
            return step(tx, order, { type: 'pulling', by: by.name, at });
          case 'wipe': {
            const fault = await step(tx, order, { type: 'wiped', wiped: { at: printInstant(at), by: by.name }, at });
            if (!fault) await audit.append(tx, by.name, 'unit-wipe-said', unit, { order, operator: by.id });
            return fault;
          }
          case 'pair':
          case 'power':
          case 'signal':
          case 'time':
          case 'camera':
          case 'infrared':
          case 'view':
          case 'room':
          case 'plan':
          case 'test-look':
          case 'test-fall':
            return new Fault(
              'request-invalid',
              `Nobody can say of the step ${about} that it is done: the unit shows it.`,
            );
        }
      }),
    finish: (order, by) =>
      deed(order, 'install-finished', by, {}, async (tx, _known, unit) => {
        const one = await findInstallation(tx.db, order);
        if (!one) return new Fault('not-now', 'No unit has been paired by this work order yet.');
        const lacks = lackingSteps(stepsOf(one, await aroundUnit(tx.db, unit, clock.now())));
        return step(tx, order, { type: 'finish', lacks, record: newId(), by: by.name, byId: by.id, at: clock.now() });
      }),
    async mayAnswer(db, order, by) {
      const known = await findWorkOrder(db, order);
      if (!known) return new Fault('not-found', 'There is no such look.');
      const one = await findInstallation(db, order);
      const technicians = ['paired' in known ? known.paired?.by.id : undefined, known.facts.assignee];
      const isOwn = technicians.includes(by.id) || one?.look?.askedBy === by.name;
      return isOwn
        ? new Fault('not-allowed', 'A test look is answered by a colleague, and not by whoever sets the unit up.')
        : undefined;
    },
    async answered(tx, unit, answer) {
      if (answer.type === 'wiping') return void tx.after(() => void wiped(unit, answer).catch(failed));
      const at = clock.now();
      await ofUnit(tx, unit, { type: 'answered', answer, at });
      if (answer.type === 'test-fall-raised') await ofUnit(tx, unit, { type: 'fall-reached', alarm: answer.alarm, at });
    },
    async told(tx, event) {
      if (event.type === 'look' && event.look.reason.type === 'test') {
        const { look, operator, firstPictureAt, fault, refusal, reason } = event.look;
        const failed = refusal ?? fault;
        return void (await step(tx, reason.order, {
          ...{ type: 'look-told', look, by: operator, at: clock.now() },
          pictureAt: firstPictureAt === undefined ? undefined : parseInstant(firstPictureAt),
          failed,
        }));
      }
      if (event.type !== 'alarm') return;
      const { unit, state, kind, evidence } = event.alarm;
      if (kind === 'unit-silent' && evidence.code === 'unit-silent' && state === 'raised')
        await ofUnit(tx, unit, { type: 'told-gone', at: clock.now() });
    },
    async testTaken({ unit, alarm, takenBy }) {
      if (takenBy === undefined) return;
      const event = { type: 'fall-taken', alarm, by: takenBy, at: clock.now() } as const;
      await store.write((tx) => ofUnit(tx, unit, event));
    },
    gone: (tx, unit) => ofUnit(tx, unit, { type: 'told-gone', at: clock.now() }),
    back: (tx, unit) => ofUnit(tx, unit, { type: 'back', at: clock.now() }),
  };
}
