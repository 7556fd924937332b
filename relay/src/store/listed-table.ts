/** The only SQL by which other systems list alarms, looks and visits of one organisation in a stretch of time, the oldest first. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Alarm } from '../record/alarm.ts';
import type { KnownLook } from '../record/look.ts';
import type { Visit } from '../record/visit.ts';
import type { Db } from './database.ts';

export interface Stretch {
  readonly organisation: string;
  readonly from: Instant;
  /** Without it. */
  readonly to: Instant;
  readonly limit: number;
}

/** By when they were received. */
export async function listAlarms(db: Db, asked: Stretch): Promise<readonly Exclude<Alarm, { name: 'none' }>[]> {
  const rows = await db
    .selectFrom('alarms')
    .innerJoin('units', 'units.unit', 'alarms.unit')
    .select('body')
    .where('organisation', '=', asked.organisation)
    .where('received_at', '>=', asked.from)
    .where('received_at', '<', asked.to)
    .orderBy('received_at')
    .limit(asked.limit)
    .execute();
  return rows.map(({ body }) => JSON.parse(body));
}

/** By when they are due. */
export async function listLooks(db: Db, asked: Stretch): Promise<readonly KnownLook[]> {
  const rows = await db
    .selectFrom('looks')
    .innerJoin('units', 'units.unit', 'looks.unit')
    .select('body')
    .where('organisation', '=', asked.organisation)
    .where('due_from', '>=', asked.from)
    .where('due_from', '<', asked.to)
    .orderBy('due_from')
    .limit(asked.limit)
    .execute();
  return rows.map(({ body }) => JSON.parse(body));
}

/** By when they were needed. */
export async function listVisits(db: Db, asked: Stretch): Promise<readonly Exclude<Visit, { name: 'none' }>[]> {
  const rows = await db
    .selectFrom('visits')
    .innerJoin('units', 'units.unit', 'visits.unit')
    .select('body')
    .where('organisation', '=', asked.organisation)
    .where('needed_at', '>=', asked.from)
    .where('needed_at', '<', asked.to)
    .orderBy('needed_at')
    .limit(asked.limit)
    .execute();
  return rows.map(({ body }) => JSON.parse(body));
}
