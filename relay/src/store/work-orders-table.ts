/** The only SQL about work orders and the tickets by which units are paired. */
import type { PairingView } from '@nattfrid/shared/desk/work-order-view';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { WorkOrder } from '../record/work-order.ts';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export type KnownOrder = Exclude<WorkOrder, { readonly state: 'none' }>;

export async function findWorkOrder(db: Db, order: string): Promise<KnownOrder | undefined> {
  const row = await db.selectFrom('work_orders').select('body').where('work_order', '=', order).executeTakeFirst();
  return row && (JSON.parse(row.body) as KnownOrder);
}

/** The newest first. */
export async function workOrdersOf(db: Db, organisation: string): Promise<readonly KnownOrder[]> {
  const rows = await db
    .selectFrom('work_orders')
    .select('body')
    .where('organisation', '=', organisation)
    .orderBy('made_at', 'desc')
    .limit(500)
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as KnownOrder);
}

/** Those for which units were paired that have not been left yet: what a unit says may be about one of them. */
export async function pairedOrders(db: Db): Promise<readonly KnownOrder[]> {
  const rows = await db.selectFrom('work_orders').select('body').where('state', '=', 'paired').execute();
  return rows.map(({ body }) => JSON.parse(body) as KnownOrder);
}

export async function saveWorkOrder(db: Db, one: KnownOrder): Promise<void> {
  const { order, organisation, madeAt } = one.facts;
  const changing = { state: one.state, body: JSON.stringify(one) };
  await db
    .insertInto('work_orders')
    .values({ work_order: order, organisation, made_at: parseInstant(madeAt), ...changing })
    .onConflict((conflict) => conflict.column('work_order').doUpdateSet(changing))
    .execute();
}

/** Those that were done, or called off, before then; what waits for somebody waits for ever. @returns which */
export async function forgetWorkOrders(db: Db, before: Instant): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('work_orders')
    .select('body')
    .where('state', 'in', ['done', 'called-off'])
    .where('made_at', '<', before)
    .execute();
  const old = rows.map(({ body }) => JSON.parse(body) as KnownOrder).filter((one) => isOverBefore(one, before));
  const orders = old.map(({ facts }) => facts.order);
  for (const order of orders) await db.deleteFrom('work_orders').where('work_order', '=', order).execute();
  return orders;
}

function isOverBefore(one: KnownOrder, before: Instant): boolean {
  switch (one.state) {
    case 'done':
      return parseInstant(one.done.at) < before;
    case 'called-off':
      return parseInstant(one.calledOff.at) < before;
    default:
      return false;
  }
}

/** Each names the session and the person that it was for, and counts for five minutes. @returns how many */
export async function forgetTickets(db: Db, before: Instant): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('pairing_tickets').where('made_at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}

export interface Ticket {
  readonly ticket: string;
  readonly order: string;
  readonly unit: string;
  readonly organisation: string;
  /** Id of whoever pairs, and the session in which it was begun. */
  readonly operator: string;
  readonly session: string;
  readonly madeAt: Instant;
  /** When the console's word for the unit came: never twice. */
  readonly usedAt?: Instant;
  /** `issued`: the certificate is on its way. */
  readonly state: PairingView['state'] | 'issued';
  readonly why?: NonNullable<PairingView['why']>;
  readonly body: TicketBody;
}

/** As it was when the ticket was made: what console and unit authenticate. */
export interface TicketBody {
  readonly publicKey: string;
  readonly nonce: string;
  readonly planKey: string;
  readonly client: string;
  readonly place: string;
  readonly by: 'secret' | 'code';
  readonly triesLeft?: number;
}

const read = (row: Tables['pairing_tickets']): Ticket => ({
  ticket: row.ticket,
  order: row.work_order,
  unit: row.unit,
  organisation: row.organisation,
  operator: row.operator,
  session: row.session,
  madeAt: row.made_at as Instant,
  ...(row.used_at !== null && { usedAt: row.used_at as Instant }),
  state: row.state as Ticket['state'],
  ...(row.why !== null && { why: row.why as NonNullable<Ticket['why']> }),
  body: JSON.parse(row.body) as TicketBody,
});

export async function findTicket(db: Db, ticket: string): Promise<Ticket | undefined> {
  const row = await db.selectFrom('pairing_tickets').selectAll().where('ticket', '=', ticket).executeTakeFirst();
  return row && read(row);
}

/** The newest for a unit. */
export async function newestTicket(db: Db, unit: string): Promise<Ticket | undefined> {
  const row = await db
    .selectFrom('pairing_tickets')
    .selectAll()
    .where('unit', '=', unit)
    .orderBy('made_at', 'desc')
    .executeTakeFirst();
  return row && read(row);
}

/** None of the same unit counts beside it. */
export async function insertTicket(db: Db, one: Ticket): Promise<void> {
  await db
    .updateTable('pairing_tickets')
    .set({ state: 'too-late' })
    .where('unit', '=', one.unit)
    .where('state', 'in', ['waits-for-console', 'waits-for-unit', 'issued'])
    .execute();
  await db
    .insertInto('pairing_tickets')
    .values({
      ticket: one.ticket,
      work_order: one.order,
      unit: one.unit,
      organisation: one.organisation,
      operator: one.operator,
      session: one.session,
      made_at: one.madeAt,
      used_at: null,
      state: one.state,
      why: null,
      body: JSON.stringify(one.body),
    })
    .execute();
}

export async function updateTicket(
  db: Db,
  { ticket, state, usedAt, why, body }: Pick<Ticket, 'ticket' | 'state' | 'usedAt' | 'why' | 'body'>,
): Promise<void> {
  await db
    .updateTable('pairing_tickets')
    .set({ state, used_at: usedAt ?? null, why: why ?? null, body: JSON.stringify(body) })
    .where('ticket', '=', ticket)
    .execute();
}
