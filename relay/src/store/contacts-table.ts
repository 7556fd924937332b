/** The only SQL about whom clients and visitors ask, and about the names of organisations. */
import { Contact } from '@nattfrid/shared/desk/document-routes';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Db } from './database.ts';

export async function findContact(db: Db, organisation: Organisation): Promise<Contact | undefined> {
  const row = await db
    .selectFrom('contacts')
    .select('body')
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  return row && Contact.parse(JSON.parse(row.body));
}

export async function saveContact(db: Db, organisation: Organisation, contact: Contact): Promise<void> {
  const body = JSON.stringify(contact);
  await db
    .insertInto('contacts')
    .values({ organisation, body })
    .onConflict((conflict) => conflict.column('organisation').doUpdateSet({ body }))
    .execute();
}

export async function nameOf(db: Db, organisation: Organisation): Promise<string> {
  const row = await db
    .selectFrom('organisations')
    .select('name')
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  return row?.name ?? organisation;
}
