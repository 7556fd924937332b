/** The only SQL about how an organisation's people sign in. */
import { Assurance, Levels } from '@nattfrid/shared/desk/assurance';
import { type SignInSettings, SingleSignOn } from '@nattfrid/shared/desk/sign-in-settings';
import type { Db } from './database.ts';

/** @returns `secret`: sealed */
export async function findSignInSettings(
  db: Db,
  organisation: string,
): Promise<SignInSettings & { readonly secret?: string }> {
  const row = await db
    .selectFrom('sign_in_settings')
    .selectAll()
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  if (!row) return { lookAssurance: 1 };
  return {
    lookAssurance: Assurance.parse(row.look_assurance),
    ...(row.provider && { provider: SingleSignOn.parse(JSON.parse(row.provider)) }),
    ...(row.secret && { secret: row.secret }),
    ...(row.levels && { levels: Levels.parse(JSON.parse(row.levels)) }),
  };
}

/** @param secret sealed */
export async function saveSignInSettings(
  db: Db,
  organisation: string,
  { provider, lookAssurance, levels }: SignInSettings,
  secret: string | undefined,
): Promise<void> {
  const changing = {
    provider: provider ? JSON.stringify(provider) : null,
    secret: secret ?? null,
    look_assurance: lookAssurance,
    levels: levels ? JSON.stringify(levels) : null,
  };
  await db
    .insertInto('sign_in_settings')
    .values({ organisation, ...changing })
    .onConflict((conflict) => conflict.column('organisation').doUpdateSet(changing))
    .execute();
}

/** A password is enough for everything again. @returns whether anything was asked for */
export async function forgetLevels(db: Db, organisation: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_in_settings')
    .set({ look_assurance: 1, levels: null })
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Those whose people may sign in elsewhere. */
export const organisationsWithProvider = (db: Db) =>
  db
    .selectFrom('sign_in_settings')
    .innerJoin('organisations', 'organisations.organisation', 'sign_in_settings.organisation')
    .select(['organisations.organisation', 'organisations.name'])
    .where('provider', 'is not', null)
    .orderBy('organisations.name')
    .execute();

export async function saveAssurance(db: Db, session: string, assurance: Assurance): Promise<void> {
  await db.updateTable('sessions').set({ assurance }).where('id', '=', session).execute();
}
