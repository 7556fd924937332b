/** Pure. Stops and pauses of units, and what would have been alarms of those that only count. */
import type { Migration } from 'kysely';
import { body, drop, key, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const halts: Migration = {
  async up(db) {
    let table = key(made(db, 'halts'), 'halt');
    table = text(text(number(text(table, 'unit'), 'turn'), 'type'), 'body', body);
    table = maybeNumber(maybeNumber(table, 'plan_version'), 'until');
    table = maybeNumber(maybeNumber(number(table, 'made_at'), 'handed_at'), 'taken_at');
    await maybeNumber(maybeNumber(maybeText(table, 'refused'), 'over_at'), 'over_taken_at').execute();
    await db.schema.createIndex('halts_by_unit').on('halts').columns(['unit', 'turn']).execute();
    let events = key(made(db, 'shadow_events'), 'event');
    events = text(text(text(events, 'unit'), 'client'), 'kind');
    await text(maybeNumber(number(events, 'began_at'), 'ended_at'), 'evidence', body).execute();
    await db.schema.createIndex('shadow_events_by_time').on('shadow_events').columns(['began_at']).execute();
  },
  down: drop('shadow_events', 'halts'),
};
