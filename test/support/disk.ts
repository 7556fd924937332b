/** What stands in a relay's database, read and changed past the relay: a file by node:sqlite, PostgreSQL by psql. In SQLite's words, at once. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import { locks } from '@nattfrid/relay/store/postgres/locks';
import { ask, owner } from '../stand-ins/postgres/postgres.ts';

type Value = string | number | null;
export type DiskRow = Record<string, Value>;

export interface Disk extends Disposable {
  close(): void;
  prepare(sql: string): {
    all(...values: Value[]): DiskRow[];
    get(...values: Value[]): DiskRow | undefined;
    run(...values: Value[]): unknown;
  };
  exec(sql: string): void;
}

export function openDisk(database: string, options: DatabaseSyncOptions = {}): Disk {
  if (!database.startsWith('postgres:'))
    return new DatabaseSync(database, { timeout: 5000, ...options }) as unknown as Disk;
  const { folder, port, name } = partsOf(database);
  const say = (sql: string) => ask(folder, port, name, sql);
  let holding: Disposable | undefined;
  // Between `begin` and `commit`: said at once in the end.
  let waiting: string[] | undefined;
  const run = (sql: string) => {
    if (waiting) waiting.push(sql);
    else say(sql);
  };
  return {
    prepare(sql) {
      const all = (...values: Value[]) =>
        JSON.parse(say(`select coalesce(json_agg(found), '[]') from (${filled(sql, values)}) found`)) as DiskRow[];
      return { all, get: (...values) => all(...values)[0], run: (...values) => run(filled(sql, values)) };
    },
    exec(sql) {
      if (/^\s*pragma busy_timeout/.test(sql)) return;
      if (/^begin immediate/.test(sql)) holding = holdWriting(database);
      else if (/^rollback/.test(sql)) holding?.[Symbol.dispose]();
      else if (/^begin/.test(sql)) waiting = [];
      else if (/^commit/.test(sql)) {
        say(`begin; ${(waiting ?? []).join(';\n')}; commit`);
        waiting = undefined;
      } else run(sql);
    },
    close() {},
    [Symbol.dispose]() {},
  };
}

/** All that stands in it, as it is kept: the bytes of a file and of what is written ahead of it, or every row of PostgreSQL. */
export function wholeOf(database: string): string {
  if (!database.startsWith('postgres:'))
    // What was written ahead goes into the file with the last who closes it.
    return ['', '-wal']
      .map((end) => database + end)
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
  const { folder, port, name } = partsOf(database);
  const tables = ask(folder, port, name, `select tablename from pg_tables where schemaname = 'nattfrid'`).split('\n');
  return ask(folder, port, name, tables.map((table) => `select one from ${table} one;`).join('\n'));
}

const partsOf = (address: string) => {
  const { pathname, searchParams } = new URL(address);
  return { folder: searchParams.get('host') ?? '', port: Number(searchParams.get('port')), name: pathname.slice(1) };
};

/** As a node that has stopped in the middle of a transaction: nobody else writes. */
function holdWriting(address: string): Disposable {
  const { folder, port, name } = partsOf(address);
  const given = ['-X', '-q', '-h', folder, '-p', String(port), '-U', owner, '-d', name];
  const other = spawn('psql', given, { stdio: ['pipe', 'ignore', 'inherit'] });
  other.stdin.write(`begin; select pg_advisory_xact_lock(${locks.writing});\n`);
  const held = `select count(*) from pg_locks where locktype = 'advisory' and objid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())`;
  while (ask(folder, port, name, held) !== '1');
  return { [Symbol.dispose]: () => void other.stdin.end('rollback;\n') };
}

/** Each `?` is the next of the values. */
function filled(sql: string, values: readonly Value[]): string {
  let next = 0;
  return sql.replaceAll('?', () => {
    const value = values[next++] ?? null;
    return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  });
}
