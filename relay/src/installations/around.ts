/** What the relay knows of a unit's room and plan, as an installation needs it. Reads only. */

import { consented } from '@nattfrid/shared/domain/consent';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { type Instant, instant, parseInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Db } from '../store/database.ts';
import { homeHalt } from '../store/home-halts-table.ts';
import { newestPlan } from '../store/plans-table.ts';
import { findProposal, newestRoom, waitingRoom } from '../store/rooms-table.ts';
import { findUnit } from '../store/units-table.ts';
import type { Around } from './steps.ts';

export async function aroundUnit(db: Db, unit: UnitId, now: Instant): Promise<Around> {
  return { now, room: await roomOf(db, unit), plan: await planOf(db, unit, now) };
}

async function roomOf(db: Db, unit: UnitId): Promise<Around['room']> {
  const waiting = await waitingRoom(db, unit);
  if (waiting) return { name: 'waits-for-second', at: parseInstant(waiting.letter.confirmedAt) };
  const newest = await newestRoom(db, unit);
  if (newest?.inUseSince !== undefined) return { name: 'in-use', at: newest.inUseSince, by: newest.who };
  if (newest?.refused) return { name: 'refused', at: parseInstant(newest.letter.confirmedAt) };
  if (newest) return { name: 'on-its-way', at: parseInstant(newest.letter.confirmedAt) };
  const proposed = await findProposal(db, unit);
  return proposed ? { name: 'proposed', at: proposed.receivedAt } : { name: 'none', at: instant(0) };
}

async function planOf(db: Db, unit: UnitId, now: Instant): Promise<Around['plan']> {
  const row = await findUnit(db, unit);
  const halt = row && (await homeHalt(db, row.client));
  if (halt?.type === 'stopped') return { name: 'stopped', at: now };
  const newest = await newestPlan(db, unit);
  if (!newest) return { name: 'not-signed', at: now };
  const plan = Plan.safeParse(JSON.parse(new TextDecoder().decode(fromBase64Url(newest.letter.body))));
  if (!plan.success || !consented(plan.data, now)) return { name: 'no-consent', at: newest.receivedAt };
  if (row?.trouble.planRefused?.version === newest.version) return { name: 'refused', at: newest.receivedAt };
  return { name: newest.taken ? 'taken' : 'on-its-way', at: newest.receivedAt };
}
