/** The only SQL about clients, and about the decisions that they stand on. What is sealed goes through here as it is. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias, ClientId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface ClientRow {
  readonly client: ClientId;
  readonly alias: ClientAlias;
  readonly organisation: Organisation;
  readonly state: 'enrolled' | 'ended';
  /** Sealed; undefined: erased. */
  readonly personal: string | undefined;
  readonly endedAt: Instant | undefined;
}

const read = (row: Tables['clients']): ClientRow => ({
  client: row.client as ClientId,
  alias: row.alias as ClientAlias,
  organisation: row.organisation,
  state: row.state,
  personal: row.sealed ?? undefined,
  endedAt: (row.ended_at ?? undefined) as Instant | undefined,
});

export async function insertClient(
  db: Db,
  one: Omit<ClientRow, 'state' | 'endedAt'> & { readonly personal: string; readonly addedAt: Instant },
): Promise<void> {
  const { client, alias, organisation, personal, addedAt } = one;
  await db
    .insertInto('clients')
    .values({
      client,
      alias,
      organisation,
      state: 'enrolled',
      sealed: personal,
      added_at: addedAt,
      ended_at: null,
      ended_why: null,
      erased_at: null,
    })
    .execute();
}

export async function findClient(db: Db, client: ClientId): Promise<ClientRow | undefined> {
  const row = await db.selectFrom('clients').selectAll().where('client', '=', client).executeTakeFirst();
  return row && read(row);
}

export async function clientOfHome(db: Db, alias: ClientAlias): Promise<ClientRow | undefined> {
  const row = await db.selectFrom('clients').selectAll().where('alias', '=', alias).executeTakeFirst();
  return row && read(row);
}

export async function clientsOf(db: Db, organisation: Organisation): Promise<readonly ClientRow[]> {
  const rows = await db
    .selectFrom('clients')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('alias')
    .execute();
  return rows.map(read);
}

export async function enrolledClients(db: Db): Promise<readonly ClientRow[]> {
  return (await db.selectFrom('clients').selectAll().where('state', '=', 'enrolled').execute()).map(read);
}

export async function updatePersonal(db: Db, client: ClientId, sealed: string): Promise<void> {
  await db.updateTable('clients').set({ sealed }).where('client', '=', client).execute();
}

export async function endClientRow(db: Db, client: ClientId, at: Instant, sealedWhy: string): Promise<void> {
  await db
    .updateTable('clients')
    .set({ state: 'ended', ended_at: at, ended_why: sealedWhy })
    .where('client', '=', client)
    .execute();
}

/** Those that ended before then, and of whom something personal is still kept. */
export async function clientsToErase(db: Db, before: Instant): Promise<readonly ClientRow[]> {
  const rows = await db
    .selectFrom('clients')
    .selectAll()
    .where('state', '=', 'ended')
    .where('ended_at', '<', before)
    .where('erased_at', 'is', null)
    .execute();
  return rows.map(read);
}

/** What says who it was goes; that there was one, by alias and reference, and from when until when, stays. */
export async function eraseClient(db: Db, client: ClientId, at: Instant): Promise<void> {
  await db
    .updateTable('clients')
    .set({ sealed: null, ended_why: null, erased_at: at })
    .where('client', '=', client)
    .execute();
  await db
    .updateTable('consents_withdrawn')
    .set({ body: null })
    .where('consent', 'in', (of) => of.selectFrom('consents').select('consent').where('client', '=', client))
    .execute();
  await db
    .updateTable('break_glass')
    .set({ words: null })
    .where('client', 'in', (of) => of.selectFrom('clients').select('alias').where('client', '=', client))
    .execute();
  for (const table of ['decisions', 'consents', 'care_plans'] as const)
    await db.updateTable(table).set({ body: null }).where('client', '=', client).execute();
}

export interface DecisionRow {
  readonly decision: string;
  readonly client: ClientId;
  readonly reference: string;
  readonly fromDay: string;
  readonly untilDay: string | undefined;
  /** Sealed; undefined: erased. */
  readonly body: string | undefined;
}

export async function insertDecision(
  db: Db,
  one: DecisionRow & { readonly body: string; readonly recordedBy: string; readonly recordedAt: Instant },
): Promise<void> {
  await db
    .insertInto('decisions')
    .values({
      decision: one.decision,
      client: one.client,
      reference: one.reference,
      from_day: one.fromDay,
      until_day: one.untilDay ?? null,
      body: one.body,
      recorded_by: one.recordedBy,
      recorded_at: one.recordedAt,
    })
    .execute();
}

/** The one that counts. */
export async function newestDecision(db: Db, client: ClientId): Promise<DecisionRow | undefined> {
  const row = await db
    .selectFrom('decisions')
    .selectAll()
    .where('client', '=', client)
    .orderBy('recorded_at', 'desc')
    .orderBy('decision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      decision: row.decision,
      client: row.client as ClientId,
      reference: row.reference,
      fromDay: row.from_day,
      untilDay: row.until_day ?? undefined,
      body: row.body ?? undefined,
    }
  );
}
