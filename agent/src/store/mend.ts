/** Carries what is whole of a damaged database over into a new one; the old one is kept aside, for whoever wants to know what was lost. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { keepPrivate } from './private-files.ts';

export interface Mended {
  /** Where the damaged one lies now. */
  readonly aside: string;
  /** Rows of each table that have come over. */
  readonly carried: Readonly<Record<string, number>>;
}

type Row = Readonly<Record<string, SQLInputValue>>;

/** Most wanted first. */
const tables = [
  'keys',
  'pairing',
  'code_tries',
  'kept_settings',
  'successors',
  'halts',
  'plan',
  'next_plan',
  'outbox',
  'alarms',
  'shadow_events',
  'consoles',
  'room',
  'landmarks',
  'sure_time',
  'access_start',
  'access',
] as const;
const mostAside = 2;

/** A damaged page may be anywhere: it is read through, not looked into where something is expected. @returns what is wrong */
export function damageOf(database: DatabaseSync): string | undefined {
  const [first] = database.prepare('pragma quick_check(1)').all();
  const said = String(first?.['quick_check'] ?? 'nothing');
  return said === 'ok' ? undefined : said;
}

/**
 * @param file of a database that nobody has open @param makeNew an empty one, with its tables
 * @throws Fault `data-damaged` where its key cannot be read: it is another unit then, and must be paired again. The file is left as it is.
 */
export function mend(file: string, at: Instant, makeNew: (file: string) => DatabaseSync): Mended {
  const { rows, haltsRead } = readAll(file);
  const names = rows.get('keys')?.map((row) => row['name']) ?? [];
  if (!names.includes('sign-private') || !names.includes('sign-public'))
    throw new Fault(
      'data-damaged',
      `The unit's database ${file} is damaged, and its key cannot be read. Move it away, and pair the unit again.`,
    );
  const fresh = `${file}-mended`;
  for (const old of [fresh, `${fresh}-wal`, `${fresh}-shm`]) rmSync(old, { force: true });
  const next = makeNew(fresh);
  const carried = Object.fromEntries(
    carry(haltsRead).map((table) => [table, writeAll(next, table, rows.get(table) ?? [])]),
  );
  next.close();
  const aside = `${file}.damaged-${printInstant(at).replace(/[-:]/g, '').slice(0, 15)}`;
  renameSync(file, aside);
  for (const kind of ['-wal', '-shm']) if (existsSync(file + kind)) renameSync(file + kind, aside + kind);
  renameSync(fresh, file);
  forgetOldest(file);
  keepPrivate(file);
  return { aside, carried };
}

/** A plan is not gone on with where what stopped it may have been lost: the relay sends both again. */
const carry = (haltsRead: boolean): readonly (typeof tables)[number][] =>
  haltsRead ? tables : tables.filter((table) => table !== 'plan' && table !== 'next_plan');

interface Read {
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly haltsRead: boolean;
}

function readAll(file: string): Read {
  let damaged: DatabaseSync;
  try {
    damaged = new DatabaseSync(file, { timeout: 1000 });
  } catch {
    return { rows: new Map(), haltsRead: false };
  }
  const rows = new Map(tables.map((table) => [table, readTable(damaged, table)]));
  const haltsRead = canRead(damaged, 'halts');
  try {
    damaged.close();
  } catch {
    // It could not put what lay beside it in its place: that is kept aside with it.
  }
  return { rows, haltsRead };
}

/** From its beginning to its end; one that is not there yet has nothing in it. */
function canRead(damaged: DatabaseSync, table: string): boolean {
  try {
    for (const _row of damaged.prepare(`select * from ${table} not indexed`).iterate());
    return true;
  } catch (error) {
    return String(error).includes('no such table');
  }
}

/** From both ends, as far as each can be read: what is between them is lost. */
function readTable(damaged: DatabaseSync, table: string): readonly Row[] {
  const found = new Map<unknown, Row>();
  for (const order of ['asc', 'desc'])
    try {
      const all = damaged.prepare(`select rowid as "row id", * from ${table} not indexed order by rowid ${order}`);
      for (const { 'row id': id, ...row } of all.iterate() as Iterable<Row>) found.set(id, row);
    } catch {
      // As far as it went.
    }
  return [...found].sort(([a], [b]) => Number(a) - Number(b)).map(([, row]) => row);
}

/** A row that makes no sense (a damaged page may be read as one) is left out. @returns how many came over */
function writeAll(next: DatabaseSync, table: string, rows: readonly Row[]): number {
  let many = 0;
  next.exec('begin');
  for (const row of rows)
    try {
      const names = Object.keys(row);
      const values = names.map(() => '?').join(', ');
      next.prepare(`insert into ${table} (${names.join(', ')}) values (${values})`).run(...Object.values(row));
      many++;
    } catch {
      // Left out.
    }
  next.exec('commit');
  return many;
}

function forgetOldest(file: string): void {
  const folder = dirname(file);
  const kept = readdirSync(folder).filter(
    (name) => name.startsWith(`${basename(file)}.damaged-`) && !/-(wal|shm)$/.test(name),
  );
  for (const name of kept.sort().slice(0, -mostAside))
    for (const kind of ['', '-wal', '-shm']) rmSync(join(folder, name + kind), { force: true });
}
