/** The only SQL about what is to be told to receivers of alarms. */
import type { ScaipEvent } from '@nattfrid/shared/desk/receiver-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

/** `open`: not taken yet; `refused`: it will not be taken as it is; `dropped`: its receiver was taken away. */
export type ToldState = 'open' | 'taken' | 'refused' | 'dropped';

export interface OutboxRow {
  readonly ref: string;
  readonly receiver: string;
  /** What is told in order: an alarm, its end, its visit. */
  readonly subject: string;
  readonly event: ScaipEvent;
  readonly unit: UnitId;
  /** The client's alias. */
  readonly client: string;
  readonly place?: string;
  readonly madeAt: Instant;
}

export interface RefusedRow extends OutboxRow {
  readonly status: number;
  readonly words: string;
}

const read = (row: Tables['scaip_outbox']): OutboxRow => ({
  ref: row.ref,
  receiver: row.receiver,
  subject: row.subject,
  event: row.event as ScaipEvent,
  unit: row.unit as UnitId,
  client: row.client,
  ...(row.place !== null && { place: row.place }),
  madeAt: row.made_at as Instant,
});

export async function putIntoOutbox(db: Db, row: OutboxRow): Promise<void> {
  const last = await db
    .selectFrom('scaip_outbox')
    .select((of) => of.fn.max('number').as('number'))
    .executeTakeFirst();
  const { madeAt, place, ...rest } = row;
  const number = Number(last?.number ?? 0) + 1;
  await db
    .insertInto('scaip_outbox')
    .values({
      ...rest,
      place: place ?? null,
      number,
      state: 'open',
      made_at: madeAt,
      done_at: null,
      answer_status: null,
      answer_words: null,
    })
    .execute();
}

/** Whether a receiver has been told this of this subject, or is about to be. @param since made from then on */
export async function isInOutbox(
  db: Db,
  one: Pick<OutboxRow, 'receiver' | 'subject' | 'event'> & { readonly since: Instant },
): Promise<boolean> {
  const row = await db
    .selectFrom('scaip_outbox')
    .select('ref')
    .where('receiver', '=', one.receiver)
    .where('subject', '=', one.subject)
    .where('event', '=', one.event)
    .where('made_at', '>=', one.since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those that a receiver has not taken, the oldest first. */
export async function openInOutbox(db: Db, receiver: string, most: number): Promise<readonly OutboxRow[]> {
  const rows = await db
    .selectFrom('scaip_outbox')
    .selectAll()
    .where('state', '=', 'open')
    .where('receiver', '=', receiver)
    .orderBy('number')
    .limit(most)
    .execute();
  return rows.map(read);
}

export async function countOpen(db: Db, receiver: string): Promise<number> {
  const row = await db
    .selectFrom('scaip_outbox')
    .select((of) => of.fn.countAll().as('many'))
    .where('state', '=', 'open')
    .where('receiver', '=', receiver)
    .executeTakeFirst();
  return Number(row?.many ?? 0);
}

/** The newest that were refused. */
export async function refusedIn(db: Db, receiver: string, most: number): Promise<readonly RefusedRow[]> {
  const rows = await db
    .selectFrom('scaip_outbox')
    .selectAll()
    .where('state', '=', 'refused')
    .where('receiver', '=', receiver)
    .orderBy('number', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...read(row), status: row.answer_status ?? 0, words: row.answer_words ?? '' }));
}

export async function endInOutbox(
  db: Db,
  ref: string,
  done: { readonly state: ToldState; readonly at: Instant; readonly status?: number; readonly words?: string },
): Promise<void> {
  await db
    .updateTable('scaip_outbox')
    .set({
      state: done.state,
      done_at: done.at,
      answer_status: done.status ?? null,
      answer_words: done.words?.slice(0, 128) ?? null,
    })
    .where('ref', '=', ref)
    .execute();
}

export async function dropFromOutbox(db: Db, receiver: string, at: Instant): Promise<number> {
  const result = await db
    .updateTable('scaip_outbox')
    .set({ state: 'dropped', done_at: at })
    .where('state', '=', 'open')
    .where('receiver', '=', receiver)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** What is open is never forgotten. */
export async function forgetTold(db: Db, before: Instant): Promise<number> {
  const query = db.deleteFrom('scaip_outbox').where('state', '!=', 'open').where('done_at', '<', before);
  return Number((await query.executeTakeFirstOrThrow()).numDeletedRows);
}
