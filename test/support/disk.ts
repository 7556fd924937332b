/** What stands in a relay's database, read and changed past the relay: a file by node:sqlite, PostgreSQL by psql. In SQLite's words, at once. */
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import { ask } from '../stand-ins/postgres/postgres.ts';

type Value = string | number | null;
export type DiskRow = Record<string, Value>;

export interface Disk extends Disposable {
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
  const { pathname, searchParams } = new URL(database);
  const [folder, port] = [searchParams.get('host') ?? '', Number(searchParams.get('port'))];
  const say = (sql: string) => ask(folder, port, pathname.slice(1), sql);
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
      if (/^\s*begin/.test(sql)) waiting = [];
      else if (/^\s*commit/.test(sql)) {
        say(`begin; ${(waiting ?? []).join(';\n')}; commit`);
        waiting = undefined;
      } else run(sql);
    },
    [Symbol.dispose]() {},
  };
}

/** Each `?` is the next of the values. */
function filled(sql: string, values: readonly Value[]): string {
  let next = 0;
  return sql.replaceAll('?', () => {
    const value = values[next++] ?? null;
    return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  });
}
