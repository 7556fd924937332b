/** The only SQL about consents: rows are added and never changed; one that was taken back has a row of its own that says so. */
import type { ClientId, ConsentId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export interface ConsentRow {
  readonly consent: ConsentId;
  readonly client: ClientId;
  readonly what: string;
  /** Sealed; undefined: erased. */
  readonly body: string | undefined;
  readonly recordedBy: string;
  readonly recordedAt: Instant;
  /** Sealed, where it was taken back and is not erased. */
  readonly withdrawn: string | undefined;
  readonly withdrawnAt: Instant | undefined;
}

export async function insertConsent(
  db: Db,
  one: Omit<ConsentRow, 'withdrawn' | 'withdrawnAt'> & { readonly body: string },
): Promise<void> {
  const { consent, client, what, body, recordedBy, recordedAt } = one;
  await db
    .insertInto('consents')
    .values({ consent, client, what, body, recorded_by: recordedBy, recorded_at: recordedAt })
    .execute();
}

export async function insertWithdrawn(
  db: Db,
  consent: ConsentId,
  at: Instant,
  sealed: string | undefined,
): Promise<void> {
  await db
    .insertInto('consents_withdrawn')
    .values({ consent, at, body: sealed ?? null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** In the order in which they were given. */
export async function consentsOf(db: Db, client: ClientId): Promise<readonly ConsentRow[]> {
  const rows = await db
    .selectFrom('consents')
    .leftJoin('consents_withdrawn as back', 'back.consent', 'consents.consent')
    .select(['consents.consent', 'client', 'what', 'consents.body', 'recorded_by', 'recorded_at'])
    .select(['back.at as withdrawn_at', 'back.body as withdrawn'])
    .where('client', '=', client)
    .orderBy('recorded_at')
    .orderBy('consents.consent')
    .execute();
  return rows.map((row) => ({
    consent: row.consent as ConsentId,
    client: row.client as ClientId,
    what: row.what,
    body: row.body ?? undefined,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at as Instant,
    withdrawn: row.withdrawn ?? undefined,
    withdrawnAt: (row.withdrawn_at ?? undefined) as Instant | undefined,
  }));
}
