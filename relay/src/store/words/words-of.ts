/** Which engine's words a database, or a transaction of one, is spoken to in. */
import { PostgresAdapter } from 'kysely';
import type { AnyDb } from '../engine/engine.ts';
import { postgresWords } from './postgres-words.ts';
import { sqliteWords } from './sqlite-words.ts';
import type { Words } from './words.ts';

export const onPostgres = (db: AnyDb): boolean => db.getExecutor().adapter instanceof PostgresAdapter;

export const wordsOf = (db: AnyDb): Words => (onPostgres(db) ? postgresWords : sqliteWords);
