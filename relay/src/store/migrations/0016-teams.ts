/** Pure. Teams and cars, who is in which, what one shift tells the next, and to whom an organisation's alarms are told. */
import type { Migration } from 'kysely';
import { body, drop, key, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const teams: Migration = {
  async up(db) {
    await text(text(key(made(db, 'teams'), 'team'), 'organisation'), 'body', body).execute();

    let shifts = text(text(text(key(made(db, 'shifts'), 'shift'), 'team'), 'operator'), 'who');
    shifts = maybeNumber(number(text(text(shifts, 'organisation'), 'session'), 'joined_at'), 'left_at');
    await maybeText(shifts, 'why_left').execute();
    await db.schema.createIndex('shifts_left').on('shifts').column('left_at').execute();

    let handovers = text(text(text(key(made(db, 'handovers'), 'handover'), 'team'), 'organisation'), 'by_whom');
    handovers = number(text(text(handovers, 'by_id'), 'note', body), 'at');
    await maybeNumber(maybeText(handovers, 'read_by'), 'read_at').execute();

    await text(key(made(db, 'lines'), 'organisation'), 'body', body).execute();
  },
  down: drop('lines', 'handovers', 'shifts', 'teams'),
};
