/** The only SQL by which alarms, looks and visits of a stretch of time are read, the oldest first. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Alarm } from '../record/alarm.ts';
import type { KnownLook } from '../record/look.ts';
import type { Visit } from '../record/visit.ts';
import type { Db } from './database.ts';

export interface Stretch {
  /** Those whose units are meant; by the id, as it stands at the units. */
  readonly organisations: readonly string[];
  readonly from: Instant;
  /** Without it. */
  readonly until: Instant;
  /** Without it: all. */
  readonly limit?: number;
}

/** By when they were received. */
export const alarmsBetween = (db: Db, asked: Stretch): Promise<readonly Exclude<Alarm, { name: 'none' }>[]> =>
  bodiesBetween(db, 'alarms', 'received_at', asked);

/** By when they are due. */
export const looksBetween = (db: Db, asked: Stretch): Promise<readonly KnownLook[]> =>
  bodiesBetween(db, 'looks', 'due_from', asked);

/** By when they were needed. */
export const visitsBetween = (db: Db, asked: Stretch): Promise<readonly Exclude<Visit, { name: 'none' }>[]> =>
  bodiesBetween(db, 'visits', 'needed_at', asked);

async function bodiesBetween<Noun>(
  db: Db,
  table: 'alarms' | 'looks' | 'visits',
  time: 'received_at' | 'due_from' | 'needed_at',
  { organisations, from, until, limit }: Stretch,
): Promise<readonly Noun[]> {
  const at = db.dynamic.ref(time);
  const query = db
    .selectFrom(db.dynamic.table(table).as('noun'))
    .innerJoin('units', 'units.unit', 'noun.unit')
    .select('noun.body')
    .where('units.organisation', 'in', organisations)
    .where(at, '>=', from)
    .where(at, '<', until)
    .orderBy(at);
  const rows = await (limit === undefined ? query : query.limit(limit)).execute();
  return rows.map(({ body }) => JSON.parse(body) as Noun);
}
