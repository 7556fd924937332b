/** Which engine keeps the database of this setting: a file is SQLite's, an address PostgreSQL's. */
import type { Engine } from './engine/engine.ts';
import { isPostgres } from './postgres/place.ts';
import { placeOf, postgresEngine } from './postgres/postgres.ts';
import { sqliteEngine } from './sqlite/sqlite.ts';

/** @param database path of a file, `:memory:`, or postgres://… @throws Fault `config-invalid` where it is no such address */
export const engineOf = (database: string): Engine =>
  isPostgres(database) ? postgresEngine(placeOf(database)) : sqliteEngine(database);

/** As it may be said and logged: without a password. */
export const nameOf = (database: string): string => (isPostgres(database) ? placeOf(database).name : database);
