/** Pure. Devices that are rung by Web Push, what waits for them, and the key that the relay shows to their push services. */
import type { Migration } from 'kysely';
import { drop, key, made, maybeNumber, number, text } from './columns.ts';

const address = 1000;

export const push: Migration = {
  async up(db) {
    const keys = made(db, 'vapid_keys').addColumn('slot', 'bigint', (column) => column.primaryKey().notNull());
    await number(text(text(keys, 'public_key'), 'private_sealed', address), 'made_at').execute();

    let devices = text(text(text(key(made(db, 'push_devices'), 'device'), 'operator'), 'session'), 'organisation');
    devices = text(text(text(text(devices, 'endpoint', address), 'p256dh'), 'auth'), 'label');
    devices = maybeNumber(maybeNumber(number(text(devices, 'language'), 'since'), 'delivered_at'), 'failing_since');
    await devices.addUniqueConstraint('push_devices_endpoint', ['endpoint']).execute();

    const forgotten = text(text(key(made(db, 'push_forgotten'), 'device'), 'operator'), 'label');
    await text(number(forgotten, 'at'), 'why').execute();

    let outbox = text(text(text(key(made(db, 'push_outbox'), 'id'), 'device'), 'alarm'), 'organisation');
    outbox = number(text(text(outbox, 'client'), 'kind'), 'overdue');
    outbox = number(number(number(outbox, 'made_at'), 'attempts'), 'next_at');
    await text(outbox, 'state').execute();
    await db.schema.createIndex('push_outbox_state').on('push_outbox').column('state').execute();
    await db.schema.createIndex('push_outbox_alarm').on('push_outbox').column('alarm').execute();

    // 1: messages may name the alias of a client.
    await db.schema.alterTable('organisations').addColumn('push_alias', 'bigint').execute();
  },
  async down(db) {
    await db.schema.alterTable('organisations').dropColumn('push_alias').execute();
    await drop('push_outbox', 'push_forgotten', 'push_devices', 'vapid_keys')(db);
  },
};
