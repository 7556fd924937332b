/** Pure. Ways to other systems: webhooks with what waits for them, in its order, and keys with what they may. */
import type { Migration } from 'kysely';
import { onPostgres } from '../words/words-of.ts';
import { body, drop, key, made, maybeNumber, number, text } from './columns.ts';

const address = 500;

export const connections: Migration = {
  async up(db) {
    let webhooks = text(text(key(made(db, 'webhooks'), 'webhook'), 'organisation'), 'label');
    webhooks = text(text(text(webhooks, 'url', address), 'events', body), 'secret_sealed', address);
    webhooks = maybeNumber(maybeNumber(number(text(webhooks, 'state'), 'since'), 'delivered_at'), 'failing_since');
    await text(webhooks, 'answers', body).execute();

    const whole = onPostgres(db) ? 'bigint' : 'integer';
    let outbox = made(db, 'webhook_outbox').addColumn('place', whole, (column) => column.primaryKey().notNull());
    outbox = text(text(text(text(outbox, 'id'), 'webhook'), 'event'), 'client');
    outbox = text(text(text(outbox, 'type'), 'body', body), 'state');
    outbox = maybeNumber(number(number(number(outbox, 'made_at'), 'attempts'), 'next_at'), 'done_at');
    await outbox.addUniqueConstraint('webhook_outbox_event', ['webhook', 'event']).execute();
    await db.schema.createIndex('webhook_outbox_state').on('webhook_outbox').columns(['state', 'webhook']).execute();

    let keys = text(text(text(text(key(made(db, 'api_keys'), 'key'), 'organisation'), 'label'), 'begins'), 'hash');
    keys = number(text(number(text(keys, 'scopes', body), 'made_at'), 'made_by'), 'expires_at');
    keys = maybeNumber(maybeNumber(keys, 'last_used_at'), 'revoked_at');
    await keys.addUniqueConstraint('api_keys_hash', ['hash']).execute();
  },
  down: drop('api_keys', 'webhook_outbox', 'webhooks'),
};
