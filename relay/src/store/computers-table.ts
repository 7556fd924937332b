/** The only SQL about on which computer somebody is signed in, whether it is locked, and which computers are shared. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

/** Somebody is signed in there. */
export interface AtRow {
  readonly session: string;
  readonly operator: string;
  readonly computer: string;
  readonly since: Instant;
  readonly lockedAt: Instant | undefined;
}

export async function allAtComputers(db: Db): Promise<readonly AtRow[]> {
  const rows = await db.selectFrom('session_computers').selectAll().execute();
  return rows.map(({ locked_at, since, ...row }) => ({
    ...row,
    since: since as Instant,
    lockedAt: (locked_at as Instant | null) ?? undefined,
  }));
}

export async function saveAtComputer(db: Db, { session, operator, computer, since, lockedAt }: AtRow): Promise<void> {
  const changing = { computer, locked_at: lockedAt ?? null };
  await db
    .insertInto('session_computers')
    .values({ session, operator, since, ...changing })
    .onConflict((conflict) => conflict.column('session').doUpdateSet(changing))
    .execute();
}

export async function deleteAtComputer(db: Db, session: string): Promise<void> {
  await db.deleteFrom('session_computers').where('session', '=', session).execute();
}

/** @param key of the console */
export async function shareConsole(
  db: Db,
  key: string,
  one: { readonly lockMinutes: number; readonly organisation: string; readonly by: string; readonly at: Instant },
): Promise<void> {
  const changing = { lock_minutes: one.lockMinutes, organisation: one.organisation, by_whom: one.by, at: one.at };
  await db
    .insertInto('shared_consoles')
    .values({ console: key, ...changing })
    .onConflict((conflict) => conflict.column('console').doUpdateSet(changing))
    .execute();
}

export async function unshareConsole(db: Db, key: string): Promise<void> {
  await db.deleteFrom('shared_consoles').where('console', '=', key).execute();
}
