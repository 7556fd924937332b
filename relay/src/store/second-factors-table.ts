/** The only SQL about what somebody has besides a password: passkeys, authenticator apps, recovery codes; and what they are to read of them. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export type PasskeyRow = Tables['passkeys'];

export const passkeysOf = (db: Db, person: string): Promise<readonly PasskeyRow[]> =>
  db.selectFrom('passkeys').selectAll().where('person', '=', person).orderBy('added_at').execute();

export const findPasskey = (db: Db, passkey: string): Promise<PasskeyRow | undefined> =>
  db.selectFrom('passkeys').selectAll().where('passkey', '=', passkey).executeTakeFirst();

export async function insertPasskey(db: Db, row: PasskeyRow): Promise<void> {
  await db.insertInto('passkeys').values(row).execute();
}

export async function markPasskeyUsed(db: Db, passkey: string, counter: number, at: Instant): Promise<void> {
  await db.updateTable('passkeys').set({ counter, used_at: at }).where('passkey', '=', passkey).execute();
}

export async function deletePasskey(db: Db, passkey: string): Promise<void> {
  await db.deleteFrom('passkeys').where('passkey', '=', passkey).execute();
}

export type AuthenticatorRow = Tables['authenticators'];

export const findAuthenticator = (db: Db, person: string): Promise<AuthenticatorRow | undefined> =>
  db.selectFrom('authenticators').selectAll().where('person', '=', person).executeTakeFirst();

/** In place of the one that there was. */
export async function saveAuthenticator(db: Db, row: AuthenticatorRow): Promise<void> {
  await db
    .insertInto('authenticators')
    .values(row)
    .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
    .execute();
}

/** @returns false where a code of this step, or of a later one, was taken before */
export async function takeStep(db: Db, person: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('authenticators')
    .set({ last_step: step })
    .where('person', '=', person)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** In place of those that there were. */
export async function saveRecoveryCodes(db: Db, person: string, hashes: readonly string[]): Promise<void> {
  await db.deleteFrom('recovery_codes').where('person', '=', person).execute();
  if (hashes.length === 0) return;
  await db
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ hash, person })))
    .execute();
}

/** @returns false where there is no such code, or it was taken before */
export async function takeRecoveryCode(db: Db, person: string, hash: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('recovery_codes')
    .where('hash', '=', hash)
    .where('person', '=', person)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function countRecoveryCodes(db: Db, person: string): Promise<number> {
  const { many } = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('many'))
    .where('person', '=', person)
    .executeTakeFirstOrThrow();
  return many;
}

export async function deleteAuthenticator(db: Db, person: string): Promise<void> {
  await db.deleteFrom('recovery_codes').where('person', '=', person).execute();
  await db.deleteFrom('authenticators').where('person', '=', person).execute();
}

export async function deleteSecondFactors(db: Db, person: string): Promise<void> {
  await deleteAuthenticator(db, person);
  await db.deleteFrom('passkeys').where('person', '=', person).execute();
}

/** Who has how many passkeys, and who an authenticator app. */
export async function secondFactorsOfAll(
  db: Db,
): Promise<ReadonlyMap<string, { readonly passkeys: number; readonly hasCodes: boolean }>> {
  const passkeys = await db
    .selectFrom('passkeys')
    .select(({ fn }) => ['person', fn.countAll<number>().as('many')])
    .groupBy('person')
    .execute();
  const apps = new Set((await db.selectFrom('authenticators').select('person').execute()).map(({ person }) => person));
  const counted = new Map(passkeys.map(({ person, many }) => [person, many]));
  return new Map(
    [...new Set([...counted.keys(), ...apps])].map((person) => [
      person,
      { passkeys: counted.get(person) ?? 0, hasCodes: apps.has(person) },
    ]),
  );
}

export type NewsRow = Tables['sign_in_news'];

/** What is said of one kind already is said anew. */
export async function addNews(db: Db, row: NewsRow): Promise<void> {
  const { at, who } = row;
  await db
    .insertInto('sign_in_news')
    .values(row)
    .onConflict((conflict) => conflict.columns(['person', 'what']).doUpdateSet({ at, who }))
    .execute();
}

export const newsOf = (db: Db, person: string): Promise<readonly NewsRow[]> =>
  db.selectFrom('sign_in_news').selectAll().where('person', '=', person).orderBy('at').execute();

export async function readNews(db: Db, person: string): Promise<void> {
  await db.deleteFrom('sign_in_news').where('person', '=', person).execute();
}
