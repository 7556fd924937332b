/** Pure. Whose people, units and clients they are: a municipality's, or those of an operator whom municipalities have asked. */
import { type Migration, sql } from 'kysely';
import { addText, drop, key, made, number, text } from './columns.ts';

/** Of a relay that had one organisation before it knew of any. */
const first = 'own';

export const organisations: Migration = {
  async up(db) {
    await number(text(text(key(made(db, 'organisations'), 'organisation'), 'name'), 'kind'), 'added_at').execute();
    await sql`insert into organisations (organisation, name, kind, added_at) values (${first}, 'Kommunen', 'municipality', 0)`.execute(
      db,
    );
    for (const table of ['operators', 'units']) {
      await addText(db, table, 'organisation');
      await sql`update ${sql.table(table)} set organisation = ${first}`.execute(db);
    }
  },
  async down(db) {
    for (const table of ['operators', 'units']) await db.schema.alterTable(table).dropColumn('organisation').execute();
    await drop('organisations')(db);
  },
};
