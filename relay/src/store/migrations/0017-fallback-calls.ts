/** Pure. Calls to the gateway that needs no computer at the other end: kept until it has answered. */
import type { Migration } from 'kysely';
import { body, drop, key, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const fallbackCalls: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'fallback_calls'), 'call'), 'alarm'), 'body', body);
    table = number(number(table, 'made_at'), 'attempts');
    await maybeText(maybeNumber(table, 'over_at'), 'outcome').execute();
    await db.schema.createIndex('fallback_calls_over').on('fallback_calls').column('over_at').execute();
  },
  down: drop('fallback_calls'),
};
