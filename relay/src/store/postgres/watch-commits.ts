/** Notices that somebody has written in a database on PostgreSQL. */
import { type Kysely, sql } from 'kysely';

/**
 * Another whenever a transaction that writes has begun or ended, in any database of the server: so seldom too late, and sometimes for
 * nothing. It costs no commit anything, as NOTIFY would, and nothing is missed while nobody listens.
 */
export async function commitsSeen<Tables>(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ seen: string }>`select pg_current_snapshot()::text as seen`.execute(db);
  return rows[0]?.seen ?? '';
}
