/** Pure. What SQLite says in words of its own. */
import { sql } from 'kysely';
import type { Row, Words } from './words.ts';

export const sqliteWords: Words = {
  jsonText: (column, name) => sql`json_extract(${sql.ref(column)}, ${`$.${name}`})`,
  holds: (column, text) => sql`instr(${sql.ref(column)}, ${text}) > 0`,
  async hasTable(db, table) {
    const { rows } = await sql`select 1 from sqlite_master where type = 'table' and name = ${table}`.execute(db);
    return rows.length > 0;
  },
  async *pages(tx, table, columns, many) {
    let page: Row[] = [];
    for await (const row of tx.selectFrom(table).select(columns).stream()) {
      page.push(row as Row);
      if (page.length < many) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  },
};
