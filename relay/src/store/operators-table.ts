/** The only SQL about staff and their sessions, beside what the sign-in library does itself. */
import { firstOrganisation, type Organisation } from '@nattfrid/shared/desk/organisation';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';
import { deleteSecondFactors, readNews } from './second-factors-table.ts';

export interface OperatorRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly organisation: Organisation;
}

export interface SessionRow {
  readonly id: string;
  readonly operator: string;
  /** ISO 8601. */
  readonly since: string;
  readonly seenAt: Instant | undefined;
  readonly device: string | undefined;
  readonly assurance: number | undefined;
}

const columns = ['id', 'name', 'email', 'role', 'organisation'] as const;
type Selected = Pick<Tables['operators'], (typeof columns)[number]>;
const read = (row: Selected): OperatorRow => ({ ...row, organisation: row.organisation ?? firstOrganisation });

export async function allOperators(db: Db): Promise<readonly OperatorRow[]> {
  return (await db.selectFrom('operators').select(columns).orderBy('name').orderBy('email').execute()).map(read);
}

export async function findOperator(db: Db, id: string): Promise<OperatorRow | undefined> {
  const row = await db.selectFrom('operators').select(columns).where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** @param email in small letters */
export async function findOperatorByEmail(db: Db, email: string): Promise<OperatorRow | undefined> {
  const row = await db.selectFrom('operators').select(columns).where('email', '=', email).executeTakeFirst();
  return row && read(row);
}

/** All who bear a name. */
export async function operatorsNamed(db: Db, name: string): Promise<readonly OperatorRow[]> {
  return (await db.selectFrom('operators').select(columns).where('name', '=', name).execute()).map(read);
}

/** The sessions that are not over. */
export async function openSessions(db: Db, now: Instant): Promise<readonly SessionRow[]> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('operators', 'operators.id', 'sessions.userId')
    .select(['sessions.id', 'userId', 'sessions.createdAt', 'seenAt', 'userAgent', 'assurance'])
    .where('sessions.expiresAt', '>', printInstant(now))
    .orderBy('sessions.createdAt')
    .execute();
  return rows.map(({ id, userId, createdAt, seenAt, userAgent, assurance }) => ({
    id,
    operator: userId,
    since: createdAt,
    seenAt: (seenAt as Instant | null) ?? undefined,
    device: userAgent || undefined,
    assurance: assurance ?? undefined,
  }));
}

export async function markSeen(db: Db, session: string, at: Instant): Promise<void> {
  await db.updateTable('sessions').set({ seenAt: at }).where('id', '=', session).execute();
}

export async function deleteSession(db: Db, session: string): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', session).execute();
}

export async function deleteSessionsOf(db: Db, operator: string): Promise<void> {
  await db.deleteFrom('sessions').where('userId', '=', operator).execute();
}

export async function deleteOtherSessionsOf(db: Db, operator: string, own: string): Promise<void> {
  await db.deleteFrom('sessions').where('userId', '=', operator).where('id', '!=', own).execute();
}

export async function deleteAllSessions(db: Db): Promise<void> {
  await db.deleteFrom('sessions').execute();
}

export async function deleteOperator(db: Db, operator: string): Promise<void> {
  await deleteSessionsOf(db, operator);
  await deleteSecondFactors(db, operator);
  await readNews(db, operator);
  await db.deleteFrom('accounts').where('userId', '=', operator).execute();
  await db.deleteFrom('operators').where('id', '=', operator).execute();
}

export async function updateRole(db: Db, operator: string, role: string): Promise<void> {
  await db.updateTable('operators').set({ role }).where('id', '=', operator).execute();
}

/** As the sign-in library has made it; undefined: somebody signs in at a provider alone. */
export async function passwordHashOf(db: Db, operator: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select('password')
    .where('userId', '=', operator)
    .where('providerId', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? undefined;
}

/** @param hash as the sign-in library makes it */
export async function updatePassword(db: Db, operator: string, hash: string): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password: hash })
    .where('userId', '=', operator)
    .where('providerId', '=', 'credential')
    .execute();
}
