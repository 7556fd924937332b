/** The only SQL about receivers of alarms. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { ReceiverSettings } from '@nattfrid/shared/desk/receiver-view';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface Receiver {
  readonly receiver: string;
  readonly organisation: Organisation;
  readonly settings: ReceiverSettings;
  /** Sealed. */
  readonly password?: string;
  readonly answeredAt?: Instant;
  /** Neither address takes anything, since then. `alarm`: of a unit, which tells the desk so. */
  readonly failing?: { readonly since: Instant; readonly why: string; readonly alarm?: string };
  readonly addedAt: Instant;
}

const read = (row: Tables['scaip_receivers']): Receiver => ({
  receiver: row.receiver,
  organisation: row.organisation,
  settings: ReceiverSettings.parse(JSON.parse(row.settings)),
  ...(row.password !== null && { password: row.password }),
  ...(row.answered_at !== null && { answeredAt: row.answered_at as Instant }),
  ...(row.failing_since !== null && {
    failing: {
      since: row.failing_since as Instant,
      why: row.failing_why ?? '',
      ...(row.failing_alarm !== null && { alarm: row.failing_alarm }),
    },
  }),
  addedAt: row.added_at as Instant,
});

/** In the order in which they were set up. @param organisation undefined: of all */
export async function allReceivers(db: Db, organisation?: Organisation): Promise<readonly Receiver[]> {
  let query = db.selectFrom('scaip_receivers').selectAll().orderBy('added_at');
  if (organisation !== undefined) query = query.where('organisation', '=', organisation);
  return (await query.execute()).map(read);
}

export async function findReceiver(db: Db, receiver: string): Promise<Receiver | undefined> {
  const query = db.selectFrom('scaip_receivers').selectAll().where('receiver', '=', receiver);
  const row = await query.executeTakeFirst();
  return row && read(row);
}

export async function saveReceiver(db: Db, one: Receiver): Promise<void> {
  const changing = {
    settings: JSON.stringify(one.settings),
    password: one.password ?? null,
    answered_at: one.answeredAt ?? null,
    failing_since: one.failing?.since ?? null,
    failing_why: one.failing?.why ?? null,
    failing_alarm: one.failing?.alarm ?? null,
  };
  const { receiver, organisation, addedAt } = one;
  await db
    .insertInto('scaip_receivers')
    .values({ receiver, organisation, added_at: addedAt, ...changing })
    .onConflict((conflict) => conflict.column('receiver').doUpdateSet(changing))
    .execute();
}

export async function deleteReceiver(db: Db, receiver: string): Promise<void> {
  await db.deleteFrom('scaip_receivers').where('receiver', '=', receiver).execute();
}
