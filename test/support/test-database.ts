/** A database of a test's own, on the engine that this run is about: a file, or one of PostgreSQL with every table in it already. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openStore } from '@nattfrid/relay/store/database';
import { ask, type Postgres, postgresMissing } from '../stand-ins/postgres/postgres.ts';
import { postgresOfRun } from './postgres-of-run.ts';

export { postgresMissing };

/** Whether the relays of this run stand on PostgreSQL: `npm run test:postgres`. */
export const onPostgres = process.env['NATTFRID_TEST_STORE'] === 'postgres';

/** For a test about SQLite's file itself: it says in the run on PostgreSQL that it is left out, and why. */
export function aboutTheFile(words: string): boolean {
  if (onPostgres) console.log(`SKIPPED on PostgreSQL: ${words}.`);
  return onPostgres;
}

const model = 'model';
let cluster: Promise<Postgres> | undefined;
const ofRun = (): Promise<Postgres> => {
  cluster ??= postgresOfRun(async (made) => {
    await made.createDatabase(model);
    await (await openStore(made.address(model)))[Symbol.asyncDispose]();
  });
  return cluster;
};

/** @param how `empty`: without any table */
export async function newPostgresDatabase(how: 'whole' | 'empty' = 'whole'): Promise<string> {
  const postgres = await ofRun();
  const name = `t${randomBytes(8).toString('hex')}`;
  await postgres.createDatabase(name, how === 'whole' ? model : 'template0');
  return postgres.address(name);
}

/** @param folder in which a file would lie */
export const newDatabase = async (folder: string, name = 'relay.sqlite'): Promise<string> =>
  onPostgres ? newPostgresDatabase() : join(folder, name);

/** Files go with their folder. */
export async function dropDatabase(database: string): Promise<void> {
  if (!database.startsWith('postgres:')) return;
  const { folder, port } = await ofRun();
  ask(folder, port, 'postgres', `drop database if exists ${nameIn(database)} with (force)`);
}

export const nameIn = (address: string): string => new URL(address).pathname.slice(1);
