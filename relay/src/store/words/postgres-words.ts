/** Pure. What PostgreSQL says in words of its own. */
import { sql } from 'kysely';
import type { Row, Words } from './words.ts';

export const postgresWords: Words = {
  jsonText: (column, name) => sql`(${sql.ref(column)}::json ->> ${name}::text)`,
  holds: (column, text) => sql`strpos(${sql.ref(column)}, ${text}) > 0`,
  async hasTable(db, table) {
    const { rows } =
      await sql`select 1 from pg_tables where schemaname = current_schema() and tablename = ${table}`.execute(db);
    return rows.length > 0;
  },
  async *pages(tx, table, columns, many) {
    const named = sql.join(columns.map((column) => sql.ref(column)));
    await sql`declare pages no scroll cursor for select ${named} from ${sql.table(table)}`.execute(tx);
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.lit(many)} from pages`.execute(tx);
      if (rows.length === 0) break;
      yield rows;
    }
    await sql`close pages`.execute(tx);
  },
};
