/** Pure. When each person has done each thing last, kept beside the log; and of each check of the log how many accesses it has, and how many are left. */
import { type Kysely, type Migration, sql } from 'kysely';
import { onPostgres } from '../words/words-of.ts';
import { drop, made, text } from './columns.ts';

async function countAnew(db: Kysely<unknown>): Promise<void> {
  await sql`insert into last_done (operator, what, at)
    select json_extract(details, '$.operator'), what, max(at) from audit
    where json_extract(details, '$.operator') is not null group by 1, 2`.execute(db);
  await sql`update log_checks set body = json_set(body,
    '$.found', (select count(*) from log_check_accesses a where a.check_id = log_checks.check_id),
    '$.left', (select count(*) from log_check_accesses a where a.check_id = log_checks.check_id
      and json_extract(a.body, '$.checked') = 'not-yet'))`.execute(db);
}

export const lastDone: Migration = {
  async up(db) {
    const table = text(text(text(made(db, 'last_done'), 'operator'), 'what'), 'at');
    await table.addPrimaryKeyConstraint('last_done_key', ['operator', 'what']).execute();
    // Newer than the first database on PostgreSQL: there the tables are empty.
    if (!onPostgres(db)) await countAnew(db);
    await db.schema
      .createIndex('log_check_accesses_line')
      .on('log_check_accesses')
      .columns(['check_id', 'line'])
      .execute();
  },
  async down(db) {
    await db.schema.dropIndex('log_check_accesses_line').execute();
    await drop('last_done')(db);
  },
};
