/** A database of a test's own, on the engine that this run is about: a file, or one of PostgreSQL with every table in it already. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openStore } from '@nattfrid/relay/store/database';
import { ask, type Postgres, postgresMissing } from '../stand-ins/postgres/postgres.ts';
import { postgresMade, postgresOfRun } from './postgres-of-run.ts';

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
    made.createDatabase(model);
    await (await openStore(made.address(model)))[Symbol.asyncDispose]();
  });
  return cluster;
};

/** @param how `empty`: without any table */
export const newPostgresDatabase = async (how: 'whole' | 'empty' = 'whole'): Promise<string> =>
  databaseOf(await ofRun(), how);

function databaseOf(postgres: Postgres, how: 'whole' | 'empty'): string {
  const name = `t${randomBytes(8).toString('hex')}`;
  postgres.createDatabase(name, how === 'whole' ? model : 'template0');
  return postgres.address(name);
}

/** In the run on PostgreSQL, before a file's tests: it is there from then on. */
export const postgresReady = async (): Promise<void> => void (await ofRun());

/** @param folder in which a file would lie */
export const newDatabase = (folder: string, name = 'relay.sqlite'): string =>
  onPostgres ? databaseOf(postgresMade(), 'whole') : join(folder, name);

/** Files go with their folder. */
export function dropDatabase(database: string): void {
  if (!database.startsWith('postgres:')) return;
  const { folder, port } = postgresMade();
  ask(folder, port, 'postgres', `drop database if exists ${nameIn(database)} with (force)`);
}

export const nameIn = (address: string): string => new URL(address).pathname.slice(1);
