/** The only SQL about homes that are stopped or paused: one row for each, by its alias. */
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { HomeHalt, StopWhy } from '../record/home-halt.ts';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

const read = (row: Tables['home_halts']): HomeHalt =>
  row.type === 'paused'
    ? {
        type: 'paused',
        by: row.by_whom,
        at: row.at as Instant,
        from: (row.from_at ?? row.at) as Instant,
        until: (row.until_at ?? row.at) as Instant,
      }
    : { type: 'stopped', why: row.why as StopWhy, by: row.by_whom, at: row.at as Instant };

export async function homeHalt(db: Db, alias: ClientAlias): Promise<HomeHalt | undefined> {
  const row = await db.selectFrom('home_halts').selectAll().where('alias', '=', alias).executeTakeFirst();
  return row && read(row);
}

export async function homeHalts(db: Db): Promise<ReadonlyMap<ClientAlias, HomeHalt>> {
  const rows = await db.selectFrom('home_halts').selectAll().execute();
  return new Map(rows.map((row) => [row.alias as ClientAlias, read(row)]));
}

/** In the place of the one before. */
export async function saveHomeHalt(db: Db, alias: ClientAlias, halt: HomeHalt): Promise<void> {
  const row = {
    type: halt.type,
    why: halt.type === 'stopped' ? halt.why : '',
    by_whom: halt.by,
    at: halt.at,
    from_at: halt.type === 'paused' ? halt.from : null,
    until_at: halt.type === 'paused' ? halt.until : null,
  };
  await db
    .insertInto('home_halts')
    .values({ alias, ...row })
    .onConflict((conflict) => conflict.column('alias').doUpdateSet(row))
    .execute();
}

export async function deleteHomeHalt(db: Db, alias: ClientAlias): Promise<void> {
  await db.deleteFrom('home_halts').where('alias', '=', alias).execute();
}
