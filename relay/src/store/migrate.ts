/** Brings the tables up to date, on either engine. */
import { type Kysely, Migrator } from 'kysely';
import { migrations } from './migrations.ts';

/**
 * @param schema where the tables stand that say which steps have been done, for an engine that has several
 * @param last the step to end with; the newest by default
 */
export async function migrate<Tables>(db: Kysely<Tables>, schema: string | undefined, last?: string): Promise<void> {
  const provider = { getMigrations: async () => migrations };
  const migrator = new Migrator({ db, provider, ...(schema !== undefined && { migrationTableSchema: schema }) });
  const { error } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last));
  if (error) throw error;
}
