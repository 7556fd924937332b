/**
 * A unit is paired: by somebody who has a work order and its label, while it waits and has been given power just now. The relay carries
 * what console and unit authenticate between themselves, and signs for the unit's TLS key once the unit has said yes.
 */
import { timingSafeEqual } from 'node:crypto';
import type { PairingView } from '@nattfrid/shared/desk/work-order-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { doorHashOf } from '@nattfrid/shared/seal/label';
import { hasSignedRequest, type PairingTerms } from '@nattfrid/shared/seal/pairing-terms';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { openWaits } from '@nattfrid/shared/time/waits';
import type { PairingUp } from '@nattfrid/shared/wire/pairing';
import type { Audit } from '../audit/audit.ts';
import type { Refusals } from '../audit/refusals.ts';
import { openRate } from '../limit/rate.ts';
import { openSlowDown, waitAfterWrong } from '../limit/slow-down.ts';
import type { Present } from '../operators/operators.ts';
import { stepItem } from '../stock/step-item.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { findLabel, type StockedLabel } from '../store/labels-table.ts';
import { findOperator } from '../store/operators-table.ts';
import { findStockItem } from '../store/stock-table.ts';
import {
  certificateCame,
  certificatesOf,
  insertCertificate,
  revokeCertificates,
} from '../store/unit-certificates-table.ts';
import { deleteUnit, findUnit, insertUnit } from '../store/units-table.ts';
import {
  findTicket,
  findWorkOrder,
  insertTicket,
  type KnownOrder,
  newestTicket,
  pairedOrders,
  type Ticket,
  updateTicket,
} from '../store/work-orders-table.ts';
import type { Issued, UnitAuthority } from '../unit-authority/authority.ts';
import type { Judged } from '../unit-authority/judge.ts';
import { makeToken } from '../units/token.ts';
import type { WaitingUnit, WaitingUnits } from './waiting-units.ts';
import type { WorkOrders } from './work-orders.ts';

/** A ticket counts for so long, once. */
export const ticketLasts: Duration = minutes(5);
/** Whoever pairs a unit is where it stands: it has been given power no longer ago. */
export const freshlyPowered: Duration = minutes(15);

export interface Pairing {
  begin(
    who: Present,
    order: string,
    asked: { readonly unit: UnitId; readonly doorKey?: string | undefined },
  ): Promise<PairingView | Fault>;
  confirm(who: Present, ticket: string, mac: string): Promise<PairingView | Fault>;
  view(who: Present, ticket: string): Promise<PairingView | Fault>;
  /** What a unit that waits has said. */
  heard(from: WaitingUnit, said: Exclude<PairingUp, { type: 'waiting' }>): Promise<void>;
  /** It waits no longer: a ticket that was for it is over, unless its certificate was on its way. */
  left(from: WaitingUnit): Promise<void>;
  /** It has come in with a certificate. */
  came(judged: Extract<Judged, { type: 'valid' | 'expired' }>): Promise<void>;
}

export function openPairing(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly audit: Audit;
  readonly refusals: Refusals;
  readonly authority: UnitAuthority;
  readonly orders: WorkOrders;
  readonly waiting: () => Pick<WaitingUnits, 'get'>;
  /** The public key of an organisation's municipality, base64url; undefined: none is known. */
  readonly planKey: (organisation: string) => string | undefined;
  /** Where units reach the listener. */
  readonly unitOrigin: () => string;
  readonly newId: () => string;
  /** Which units there are has changed. */
  readonly changed: () => Promise<void>;
}): Pairing {
  const { store, clock, audit, refusals, authority, orders } = parts;
  const log = parts.log.child('pairing');
  const waits = openWaits(clock);
  const slow = openSlowDown();
  const byCode = openRate(5, 0.5);
  const age = ({ ticket, madeAt }: Ticket) => waits.waited(ticket, madeAt);
  const isLate = (ticket: Ticket) => age(ticket) >= ticketLasts;

  const termsOf = ({ ticket, unit, organisation, body }: Ticket): PairingTerms => ({
    ...{ ticket, unit, organisation },
    ...{ nonce: body.nonce, publicKey: body.publicKey, planKey: body.planKey },
    ...{ client: body.client, place: body.place },
  });

  function viewOf(ticket: Ticket): PairingView {
    const { publicKey, nonce, planKey, client, place, triesLeft } = ticket.body;
    const isOver = ticket.state !== 'paired' && ticket.state !== 'refused' && isLate(ticket);
    const state = isOver ? 'too-late' : ticket.state === 'issued' ? 'waits-for-unit' : ticket.state;
    return {
      ...{ ticket: ticket.ticket, unit: ticket.unit as UnitId, publicKey, nonce, planKey, place, state },
      organisation: ticket.organisation,
      client: client as ClientAlias,
      until: printInstant(after(ticket.madeAt, ticketLasts)),
      ...(ticket.why && { why: ticket.why }),
      ...(triesLeft !== undefined && { triesLeft }),
    };
  }

  const refusedTo = async (who: Present, subject: string, fault: Fault, unit?: string): Promise<Fault> => {
    // It is asked for again and again while it starts.
    if (fault.code === 'unit-unreachable') return fault;
    const why = String(fault.fields['why'] ?? fault.code);
    const details = { why, operator: who.id, ...(unit && { unit }) };
    await refusals.write({ who: who.name, counted: who.id, what: 'pairing-refused', subject, details });
    return fault;
  };

  /** @returns the label in stock, or why this unit cannot be paired for this order */
  async function mayPair(
    who: Present,
    order: KnownOrder,
    unit: UnitId,
    doorKey: string | undefined,
  ): Promise<StockedLabel | Fault> {
    const { facts } = order;
    const isAgain = isUnsure(order, unit);
    if (order.state !== 'open' && !isAgain)
      return new Fault('not-now', `This work order is ${order.state}: no unit can be paired for it.`);
    if (facts.kind !== 'install' && facts.kind !== 'exchange')
      return new Fault('not-now', `Nothing is paired for a work order that is a ${facts.kind}.`);
    const label = await findLabel(store.db, unit);
    const item = label && (await findStockItem(store.db, label.organisation, label.item));
    if (!label || !item || label.organisation !== who.organisation)
      return new Fault('not-found', `There is no unit ${unit} in stock.`);
    if (doorKey !== undefined && !isRightDoor(label.doorHash, await doorHashOf(doorKey))) {
      await waitAfterWrong(clock, slow, `${unit} ${who.id}`);
      return new Fault('not-allowed', 'This is not the label of that unit.', { fields: { why: 'wrong-label' } });
    }
    if (await isTaken(store.db, unit, order))
      return new Fault(
        'already-there',
        `${unit} has been paired already. It is wiped before it goes to another home.`,
        {
          fields: { why: 'already-paired' },
        },
      );
    const isInStock = item.state === 'in-stock' || item.state === 'reserved';
    if (!isInStock && !(isAgain && item.state === 'installed'))
      return new Fault('not-now', `${unit} is ${item.state} in the stock, and not there to be handed out.`);
    return label;
  }

  /** There is such a unit, and it is not one of this very order that has not come in yet. */
  async function isTaken(db: Db, unit: UnitId, order: KnownOrder): Promise<boolean> {
    if (!(await findUnit(db, unit))) return false;
    return !isUnsure(order, unit) || (await certificatesOf(db, unit)).some(({ cameAt }) => cameAt !== undefined);
  }

  /** @returns the unit, or why it is not there to be paired */
  function present(unit: UnitId, publicKey: string): WaitingUnit | Fault {
    const one = parts.waiting().get(unit);
    if (!one)
      return new Fault(
        'unit-unreachable',
        `${unit} is not here: give it power, and wait until it has reached the relay.`,
      );
    if (one.publicKey !== publicKey)
      return new Fault('not-allowed', `${unit} has another key than its label: it is not this unit.`, {
        fields: { why: 'wrong-label' },
      });
    if (one.powered() <= freshlyPowered) return one;
    return new Fault(
      'not-now',
      `${unit} has had power for too long: pull its plug, wait a moment, and plug it in again.`,
      {
        fields: { why: 'not-freshly-powered' },
      },
    );
  }

  /** @returns the ticket, or why it opens nothing for whoever asks */
  async function ticketOf(who: Present, id: string): Promise<Ticket | Fault> {
    const ticket = await findTicket(store.db, id);
    if (!ticket || ticket.organisation !== who.organisation) return new Fault('not-found', 'There is no such pairing.');
    if (ticket.operator === who.id && ticket.session === who.session) return ticket;
    return new Fault('not-allowed', 'This pairing was begun by somebody else, or in another browser.', {
      fields: { why: 'somebody-elses' },
    });
  }

  /** @returns the unit that the ticket is for, where both are as they were when it was made; or why it is to be begun anew */
  function stillThere(ticket: Ticket): WaitingUnit | Fault {
    if (ticket.state !== 'waits-for-console') return anew('This ticket has been used.', 'used-ticket');
    if (isLate(ticket)) return anew('More than five minutes have gone by.', 'too-late');
    const one = present(ticket.unit as UnitId, ticket.body.publicKey);
    if (one instanceof Fault || one.nonce === ticket.body.nonce) return one;
    return anew('The unit has connected anew.', 'unit-gone');
  }

  async function issue(from: WaitingUnit, ticket: Ticket, issued: Issued): Promise<void> {
    const { unit } = from;
    const { client, place, publicKey } = ticket.body;
    const by = await byWhom(ticket);
    await store.write(async (tx) => {
      const before = await findWorkOrder(tx.db, ticket.order);
      if (!before || (await isTaken(tx.db, unit, before)))
        throw new Fault('already-there', `${unit} has been paired already.`);
      await orders.step(tx, ticket.order, { type: 'paired', unit, at: printInstant(clock.now()), by });
      const { serial, until } = issued;
      await audit.append(tx, `unit ${unit}`, 'unit-paired', unit, {
        ...{ client, organisation: ticket.organisation, order: ticket.order, ticket: ticket.ticket, serial },
        ...{ until: printInstant(until), operator: ticket.operator },
      });
      await revokeCertificates(tx.db, unit, clock.now());
      await deleteUnit(tx.db, unit);
      const row = {
        ...{ unit, client: client as ClientAlias, place, publicKey, organisation: ticket.organisation },
        ...{ addedAt: clock.now(), pairedAt: clock.now() },
      };
      // Of a token that nobody has ever had.
      await insertUnit(tx.db, row, makeToken().stored);
      await insertCertificate(tx.db, { ...issued, unit, from: clock.now() });
      await install(tx, ticket, unit);
      await updateTicket(tx.db, { ...ticket, state: 'issued' });
    });
    await parts.changed();
    from.tell({
      type: 'certificate',
      ticket: ticket.ticket,
      certificate: issued.certificate,
      authority: authority.certificate,
      relay: parts.unitOrigin(),
    });
  }

  async function byWhom({ operator }: Ticket) {
    return { id: operator, name: (await findOperator(store.db, operator))?.name ?? operator };
  }

  async function install({ db }: Tx, { body, organisation, operator }: Ticket, unit: UnitId): Promise<void> {
    const label = await findLabel(db, unit);
    const item = label && (await findStockItem(db, organisation, label.item));
    if (!item || item.state === 'installed') return;
    const moved = {
      type: 'moved',
      to: 'installed',
      unit,
      client: body.client as ClientAlias,
      by: operator,
      at: clock.now(),
    } as const;
    const refused = await stepItem(db, organisation, item, moved);
    if (refused) throw refused;
  }

  async function refuse(ticket: Ticket, why: NonNullable<PairingView['why']>, triesLeft?: number): Promise<void> {
    await audit.write(`unit ${ticket.unit}`, 'pairing-refused', ticket.unit, { why, ticket: ticket.ticket });
    const body = { ...ticket.body, ...(triesLeft !== undefined && { triesLeft }) };
    await store.write(({ db }) => updateTicket(db, { ...ticket, state: 'refused', why, body }));
  }

  /** The ticket that this unit speaks of, while it waits for this unit's word; what is said of another one is written down. */
  async function ticketFor(
    from: WaitingUnit,
    id: string,
    states: readonly Ticket['state'][],
  ): Promise<Ticket | undefined> {
    const ticket = await findTicket(store.db, id);
    const isRight = ticket?.unit === from.unit && ticket.body.nonce === from.nonce && states.includes(ticket.state);
    if (isRight && !isLate(ticket)) return ticket;
    const why = !ticket
      ? 'no-such-ticket'
      : ticket.unit !== from.unit
        ? 'another-units-ticket'
        : isLate(ticket)
          ? 'too-late'
          : 'used-ticket';
    const details = { why, unit: from.unit };
    await refusals.write({ who: `unit ${from.unit}`, counted: `pairing ${from.unit}`, subject: 'pairing', details });
    from.letGo();
    return undefined;
  }

  return {
    async begin(who, order, { unit, doorKey }) {
      const mine = await orders.mine(who, order);
      if (mine instanceof Fault) return refusedTo(who, order, mine, unit);
      const label = await mayPair(who, mine, unit, doorKey);
      if (label instanceof Fault) return refusedTo(who, order, label, unit);
      const one = present(unit, label.publicKey);
      if (one instanceof Fault) return refusedTo(who, order, one, unit);
      const planKey = parts.planKey(who.organisation);
      if (planKey === undefined)
        return new Fault('not-now', 'No key of the municipality is known here: the coordinator sets it first.');
      const by = doorKey === undefined ? 'code' : 'secret';
      if (by === 'code' && !byCode.take(unit, clock.now())) return refusedTo(who, order, tooOften(), unit);
      const ticket: Ticket = {
        ...{ ticket: parts.newId(), order, unit, organisation: who.organisation },
        ...{ operator: who.id, session: who.session, madeAt: clock.now(), state: 'waits-for-console' },
        body: {
          ...{ publicKey: label.publicKey, nonce: one.nonce, planKey, by },
          ...{ client: mine.facts.client, place: mine.facts.place },
        },
      };
      const { client } = mine.facts;
      await audit.write(who.name, 'pairing-begun', unit, {
        order,
        client,
        by,
        ticket: ticket.ticket,
        operator: who.id,
      });
      waits.begins(ticket.ticket, ticket.madeAt);
      await store.write(({ db }) => insertTicket(db, ticket));
      return viewOf(ticket);
    },
    async confirm(who, id, mac) {
      const ticket = await ticketOf(who, id);
      if (ticket instanceof Fault) return refusedTo(who, id, ticket);
      const one = stillThere(ticket);
      if (one instanceof Fault) return refusedTo(who, id, one, ticket.unit);
      await audit.write(who.name, 'pairing-confirmed', ticket.unit, { ticket: id, operator: who.id });
      const used: Ticket = { ...ticket, state: 'waits-for-unit', usedAt: clock.now() };
      await store.write(async ({ db }) => {
        // Once: also of two that come at the same moment.
        if ((await findTicket(db, id))?.state !== 'waits-for-console')
          throw new Fault('not-now', 'This ticket has been used.');
        await updateTicket(db, used);
      });
      const left = milliseconds(ticketLasts - age(ticket));
      one.tell({
        ...{ type: 'offer', ticket: id, by: ticket.body.by, organisation: ticket.organisation },
        ...{ planKey: ticket.body.planKey, client: ticket.body.client as ClientAlias, place: ticket.body.place, mac },
        seconds: Math.max(0, Math.floor(left / 1000)),
      });
      return viewOf(used);
    },
    async view(who, id) {
      const ticket = await ticketOf(who, id);
      return ticket instanceof Fault ? refusedTo(who, id, ticket) : viewOf(ticket);
    },
    async heard(from, said) {
      switch (said.type) {
        case 'refused': {
          const ticket = await ticketFor(from, said.ticket, ['waits-for-unit']);
          return ticket && refuse(ticket, said.why, said.triesLeft);
        }
        case 'asks': {
          const ticket = await ticketFor(from, said.ticket, ['waits-for-unit']);
          if (!ticket) return;
          const isSigned = await hasSignedRequest(termsOf(ticket), said.request, said.signature);
          const issued = isSigned && (await authority.certify(from.unit, said.request, clock.now()));
          if (!issued || issued instanceof Fault) return refuse(ticket, 'wrong-proof');
          try {
            await issue(from, ticket, issued);
          } catch (error) {
            const fault = asFault(error);
            log.error('A unit could not be paired', { unit: from.unit, words: fault.message });
            if (fault.code !== 'cannot-save') await refuse(ticket, 'unit-busy');
            from.letGo();
          }
          return;
        }
        case 'kept': {
          const ticket = await ticketFor(from, said.ticket, ['issued']);
          if (!ticket) return;
          await store.write(({ db }) => updateTicket(db, { ...ticket, state: 'paired' }));
          from.tell({ type: 'bye' });
          from.letGo();
        }
      }
    },
    async left(from) {
      const ticket = await newestTicket(store.db, from.unit);
      if (!ticket || ticket.body.nonce !== from.nonce || isLate(ticket)) return;
      if (ticket.state === 'waits-for-console' || ticket.state === 'waits-for-unit') await refuse(ticket, 'unit-gone');
    },
    async came({ unit, certificate }) {
      if (certificate.cameAt !== undefined) return;
      await store.write(async (tx) => {
        await audit.append(tx, `unit ${unit}`, 'unit-came-in', unit, { serial: certificate.serial });
        await certificateCame(tx.db, certificate.serial, clock.now());
        const order = (await pairedOrders(tx.db)).find((one) => 'paired' in one && one.paired?.unit === unit);
        if (order) await orders.step(tx, order.facts.order, { type: 'came', unit });
        const ticket = await newestTicket(tx.db, unit);
        if (ticket?.state === 'issued') await updateTicket(tx.db, { ...ticket, state: 'paired' });
      });
    },
  };
}

const tooOften = () =>
  new Fault(
    'too-many-requests',
    'The short code of this unit was tried too often. Wait ten minutes, or scan the label.',
  );

const anew = (words: string, why: string) =>
  new Fault('not-now', `${words} Begin the pairing anew.`, { fields: { why } });

/** It was paired for this order, and has never come in: its certificate may have been lost on the way. */
const isUnsure = (order: KnownOrder, unit: UnitId): boolean =>
  order.state === 'paired' && order.paired.unit === unit && !order.paired.came;

function isRightDoor(known: string, shown: string): boolean {
  const [a, b] = [Buffer.from(known, 'base64url'), Buffer.from(shown, 'base64url')];
  return a.length === b.length && timingSafeEqual(a, b);
}
