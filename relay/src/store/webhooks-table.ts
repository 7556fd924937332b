/** The only SQL about webhooks and what waits for them. */
import type { WebhookAnswer } from '@nattfrid/shared/desk/connections-view';
import type { OutwardName } from '@nattfrid/shared/desk/outward';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface WebhookRow {
  readonly webhook: string;
  readonly organisation: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly OutwardName[];
  readonly secretSealed: string;
  readonly state: Tables['webhooks']['state'];
  readonly since: Instant;
  readonly deliveredAt: Instant | undefined;
  readonly failingSince: Instant | undefined;
  readonly answers: readonly WebhookAnswer[];
}

export interface Letter {
  readonly place: number;
  readonly id: string;
  readonly webhook: string;
  readonly client: string;
  readonly name: OutwardName;
  readonly body: string;
  readonly madeAt: Instant;
  readonly attempts: number;
  readonly nextAt: Instant;
}

const time = (at: number | null): Instant | undefined => (at === null ? undefined : instant(at));
const read = (row: Tables['webhooks']): WebhookRow => ({
  webhook: row.webhook,
  organisation: row.organisation,
  name: row.label,
  url: row.url,
  events: JSON.parse(row.events) as OutwardName[],
  secretSealed: row.secret_sealed,
  state: row.state,
  since: instant(row.since),
  deliveredAt: time(row.delivered_at),
  failingSince: time(row.failing_since),
  answers: JSON.parse(row.answers) as WebhookAnswer[],
});

export async function webhooksOf(db: Db, organisation: string): Promise<readonly WebhookRow[]> {
  const rows = db.selectFrom('webhooks').selectAll().where('organisation', '=', organisation).orderBy('label');
  return (await rows.execute()).map(read);
}

export async function findWebhook(db: Db, webhook: string): Promise<WebhookRow | undefined> {
  const row = await db.selectFrom('webhooks').selectAll().where('webhook', '=', webhook).executeTakeFirst();
  return row && read(row);
}

export async function addWebhook(db: Db, row: WebhookRow): Promise<void> {
  const { webhook, organisation, name, url, state, since } = row;
  await db
    .insertInto('webhooks')
    .values({
      ...{ webhook, organisation, label: name, url, state, since },
      events: JSON.stringify(row.events),
      secret_sealed: row.secretSealed,
      delivered_at: null,
      failing_since: null,
      answers: '[]',
    })
    .execute();
}

export async function updateWebhook(
  db: Db,
  webhook: string,
  change: {
    readonly state?: WebhookRow['state'];
    readonly events?: readonly OutwardName[];
    readonly secretSealed?: string;
    readonly deliveredAt?: Instant;
    readonly failingSince?: Instant | null;
    readonly answers?: readonly WebhookAnswer[];
  },
): Promise<void> {
  const { state, events, secretSealed, deliveredAt, failingSince, answers } = change;
  await db
    .updateTable('webhooks')
    .set({
      ...(state && { state }),
      ...(events && { events: JSON.stringify(events) }),
      ...(secretSealed !== undefined && { secret_sealed: secretSealed }),
      ...(deliveredAt !== undefined && { delivered_at: deliveredAt }),
      ...(failingSince !== undefined && { failing_since: failingSince }),
      ...(answers && { answers: JSON.stringify(answers) }),
    })
    .where('webhook', '=', webhook)
    .execute();
}

export async function deleteWebhook(db: Db, webhook: string): Promise<void> {
  await db.deleteFrom('webhook_outbox').where('webhook', '=', webhook).execute();
  await db.deleteFrom('webhooks').where('webhook', '=', webhook).execute();
}

/** What has happened is told to a webhook once. @returns whether it is new */
export async function addLetter(
  db: Db,
  letter: Omit<Letter, 'place' | 'attempts' | 'nextAt'> & { readonly event: string },
): Promise<boolean> {
  const { id, webhook, event, client, name, body, madeAt } = letter;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('webhook_outbox')
    .values(({ selectFrom }) => ({
      // Nobody else writes meanwhile.
      place: selectFrom('webhook_outbox').select(sql<number>`coalesce(max(place), 0) + 1`.as('place')),
      ...{ id, webhook, event, client, type: name, body, state: 'waiting' as const, attempts: 0, done_at: null },
      made_at: madeAt,
      next_at: madeAt,
    }))
    .onConflict((conflict) => conflict.columns(['webhook', 'event']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows !== undefined && numInsertedOrUpdatedRows > 0n;
}

/** Of each client and webhook the first that waits: the next one goes out when this one has been taken or given up. */
export async function firstLetters(db: Db): Promise<readonly Letter[]> {
  const first = db
    .selectFrom('webhook_outbox')
    .innerJoin('webhooks', 'webhooks.webhook', 'webhook_outbox.webhook')
    .select(({ fn }) => fn.min('place').as('place'))
    .where('webhook_outbox.state', '=', 'waiting')
    .where('webhooks.state', '=', 'on')
    .groupBy(['webhook_outbox.webhook', 'client']);
  const rows = await db.selectFrom('webhook_outbox').selectAll().where('place', 'in', first).orderBy('place').execute();
  return rows.map((row) => ({
    ...{ place: row.place, id: row.id, webhook: row.webhook, client: row.client, body: row.body },
    name: row.type as OutwardName,
    madeAt: instant(row.made_at),
    attempts: row.attempts,
    nextAt: instant(row.next_at),
  }));
}

export async function saveLetter(
  db: Db,
  place: number,
  change: {
    readonly state: Tables['webhook_outbox']['state'];
    readonly attempts: number;
    readonly nextAt: Instant;
    readonly doneAt?: Instant;
  },
): Promise<void> {
  const { state, attempts, nextAt, doneAt } = change;
  await db
    .updateTable('webhook_outbox')
    .set({ state, attempts, next_at: nextAt, done_at: doneAt ?? null })
    .where('place', '=', place)
    .execute();
}

/** By webhook: how many wait, and how many were given up and not seen to. */
export async function countLetters(
  db: Db,
  organisation: string,
): Promise<ReadonlyMap<string, { readonly waiting: number; readonly givenUp: number }>> {
  const rows = await db
    .selectFrom('webhook_outbox')
    .innerJoin('webhooks', 'webhooks.webhook', 'webhook_outbox.webhook')
    .select(['webhook_outbox.webhook', 'webhook_outbox.state'])
    .select(({ fn }) => fn.countAll<number>().as('many'))
    .where('organisation', '=', organisation)
    .where('webhook_outbox.state', 'in', ['waiting', 'given-up'])
    .groupBy(['webhook_outbox.webhook', 'webhook_outbox.state'])
    .execute();
  const counts = new Map<string, { waiting: number; givenUp: number }>();
  for (const { webhook, state, many } of rows) {
    const before = counts.get(webhook) ?? { waiting: 0, givenUp: 0 };
    counts.set(
      webhook,
      state === 'waiting' ? { ...before, waiting: Number(many) } : { ...before, givenUp: Number(many) },
    );
  }
  return counts;
}

/** @param again they wait once more, in their old order; else a person has seen to them otherwise */
export async function seeToLetters(db: Db, webhook: string, again: boolean, now: Instant): Promise<number> {
  const change = again
    ? ({ state: 'waiting', attempts: 0, made_at: now, next_at: now, done_at: null } as const)
    : ({ state: 'seen-to' } as const);
  const { numUpdatedRows } = await db
    .updateTable('webhook_outbox')
    .set(change)
    .where('webhook', '=', webhook)
    .where('state', '=', 'given-up')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Of a webhook that is taken away for good or switched off: nothing waits for it. */
export async function dropLetters(db: Db, webhook: string, now: Instant): Promise<void> {
  await db
    .updateTable('webhook_outbox')
    .set({ state: 'given-up', done_at: now })
    .where('webhook', '=', webhook)
    .where('state', '=', 'waiting')
    .execute();
}

/** What nobody waits for; what was given up stays until a person has seen to it. */
export const forgetLetters = async (db: Db, before: Instant): Promise<number> => {
  const old = db
    .deleteFrom('webhook_outbox')
    .where('state', 'in', ['delivered', 'seen-to'])
    .where('made_at', '<', before);
  return Number((await old.executeTakeFirstOrThrow()).numDeletedRows);
};
