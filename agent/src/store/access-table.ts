/** The only SQL about the unit's own access log: who was let in or refused, chained so that a change shows. */
import { createHash } from 'node:crypto';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Database } from './database.ts';

export interface AccessLine {
  readonly at: Instant;
  /** For example «look-opened», «look-refused outside-window», «look-ended time-up». */
  readonly what: string;
  readonly subject: string;
  readonly who: string;
}

const hashOf = (previous: string, line: AccessLine): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, printInstant(line.at), line.what, line.subject, line.who]))
    .digest('base64url');

export const accessTable = (database: Database) => ({
  /** On disk when it returns; throws when it cannot be written, and then the deed must not be done. */
  write(line: AccessLine): void {
    database.transaction(() => this.append(line));
  },
  /** As `write`, within the caller's transaction. */
  append(line: AccessLine): void {
    const last = database.all('select hash from access order by number desc limit 1')[0]?.['hash'];
    const previous = String(last ?? startOf(database));
    database.run(
      'insert into access (at, what, subject, who, previous, hash) values (?, ?, ?, ?, ?, ?)',
      line.at,
      line.what,
      line.subject,
      line.who,
      previous,
      hashOf(previous, line),
    );
  },
  lines: (): AccessLine[] => database.all('select * from access order by number').map(asLine),
  line(number: number): AccessLine | undefined {
    const row = database.all('select * from access where number = ?', number)[0];
    return row && asLine(row);
  },
  /** Where it ends. */
  head(): { readonly line: number; readonly hash: string } {
    const [last] = database.all('select number, hash from access order by number desc limit 1');
    const [start] = last ? [last] : database.all('select number, hash from access_start');
    return { line: Number(start?.['number'] ?? 0), hash: String(start?.['hash'] ?? '') };
  },
  /** Number of the last line that was forgotten, as it was old. */
  forgotten: (): number => Number(database.all('select number from access_start')[0]?.['number'] ?? 0),
  /** Of the line with this number; undefined: there is none, or none any more. */
  hashOf(number: number): string | undefined {
    if (number === 0) return '';
    const [row] = database.all('select hash from access where number = ?', number);
    const [start] = row ? [row] : database.all('select hash from access_start where number = ?', number);
    return start && String(start['hash']);
  },
  count: (): number => Number(database.all('select count(*) as many from access')[0]?.['many']),
  /** The number of the first line that does not fit the chain, or undefined when it is whole. */
  firstBroken(): number | undefined {
    let previous = startOf(database);
    for (const row of database.all('select * from access order by number')) {
      const good = row['previous'] === previous && row['hash'] === hashOf(previous, asLine(row));
      if (!good) return Number(row['number']);
      previous = String(row['hash']);
    }
    return undefined;
  },
  /**
   * Forgets the lines before the first that is not older, and keeps the hash of the last of them: what is left still fits. Joins the caller's
   * transaction when there is one. @returns how many
   */
  forgetBefore(at: Instant): number {
    const first = database.all('select min(number) as number from access where at >= ?', at)[0]?.['number'];
    const last = database.all(
      'select number, hash from access where number < ? order by number desc limit 1',
      first ?? Number.MAX_SAFE_INTEGER,
    )[0];
    if (!last) return 0;
    database.run(
      'insert into access_start (slot, hash, number) values (1, ?, ?) on conflict (slot) do update set hash = excluded.hash, number = excluded.number',
      String(last['hash']),
      Number(last['number']),
    );
    return database.run('delete from access where number <= ?', Number(last['number']));
  },
});
const startOf = (database: Database): string =>
  String(database.all('select hash from access_start')[0]?.['hash'] ?? '');
export type AccessTable = ReturnType<typeof accessTable>;

const asLine = (row: Readonly<Record<string, unknown>>): AccessLine => ({
  at: Number(row['at']) as Instant,
  what: String(row['what']),
  subject: String(row['subject']),
  who: String(row['who']),
});
