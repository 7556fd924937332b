/**
 * Which node is main, as PostgreSQL guards it: one row with the node, its term and until when it holds, by the database's clock alone.
 * In a schema of its own: no backup holds it, and none that is restored turns a term back.
 */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { Kysely, sql } from 'kysely';
import type { AnyDb } from '../engine/engine.ts';
import { postgresDialect } from './dialect.ts';
import { locks } from './locks.ts';
import { placeOf } from './postgres.ts';

/** What the row says to one who is not main. */
export interface Holder {
  /** Undefined: the last one has let it go. */
  readonly node: string | undefined;
  /** Whether it reaches the other nodes. */
  readonly busIsUp: boolean;
  readonly isOver: boolean;
  /** By the database's clock. */
  readonly now: Instant;
}

export interface Renewed {
  /** Whether this term still is the newest. */
  readonly stands: boolean;
  /** A node that reaches the others would rather have it. */
  readonly isWanted: boolean;
  /** By the database's clock; undefined where another has taken over. */
  readonly now?: Instant;
}

export interface MainNode extends AsyncDisposable {
  /** @returns the term, where this node is main from now on; undefined: another one is */
  take(node: string, length: Duration): Promise<number | undefined>;
  renew(term: number, length: Duration, busIsUp: boolean): Promise<Renewed>;
  /** This node would be main: it reaches others, and hears of none that is. */
  want(): Promise<void>;
  holder(): Promise<Holder | undefined>;
  /**
   * Ends what an earlier main node has left behind: a transaction that nobody goes on with keeps every other from writing. What was to be
   * saved in it would not have been.
   */
  clearAfter(term: number): Promise<void>;
  /** Others need not wait until it has run out. */
  letGo(term: number): Promise<void>;
  /**
   * For every writing of this term. The row is locked until that is saved: whoever takes over waits for it, and one that was asleep
   * finds another term.
   */
  guard(term: number): (db: AnyDb) => Promise<void>;
}

const table = sql.raw('nattfrid_nodes.main');
const writing = locks.writing.split(', ') as [string, string];
/** In milliseconds since 1970. */
const now = sql.raw('floor(extract(epoch from clock_timestamp()) * 1000)::bigint');
/** A transaction that nobody has gone on with for so long, in seconds. */
const leftFor = 0.5;
/** A wish is believed for so long, in seconds. */
const wishLasts = 2;

/** @param database postgres://… @throws Fault `config-invalid` */
export function openMainNode(database: string): MainNode {
  const db: AnyDb = new Kysely({ dialect: postgresDialect(placeOf(database), 'brief') });
  let made: Promise<void> | undefined;
  /** When this node has taken over last, by the database's clock. */
  let taken: { readonly term: number; readonly at: string } | undefined;
  const ready = () => {
    made ??= make(db).catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  const until = (length: Duration) => sql`clock_timestamp() + ${length / 1000} * interval '1 second'`;
  return {
    async take(node, length) {
      await ready();
      const { rows } = await sql<{ term: number; at: string }>`
        insert into ${table} as main (slot, node, term, until, bus_is_up) values (1, ${node}, 1, ${until(length)}, true)
        on conflict (slot) do update set node = ${node}, term = main.term + 1, until = ${until(length)}, bus_is_up = true, wanted_at = null
        where main.until < clock_timestamp() returning term, clock_timestamp()::text as at`.execute(db);
      [taken] = rows;
      return taken?.term;
    },
    async renew(term, length, busIsUp) {
      const { rows } = await sql<{ wanted: boolean | null; now: number }>`
        update ${table} set until = ${until(length)}, bus_is_up = ${busIsUp} where slot = 1 and term = ${term}
        returning wanted_at > clock_timestamp() - ${wishLasts} * interval '1 second' as wanted, ${now} as now`.execute(
        db,
      );
      const [row] = rows;
      return { stands: row !== undefined, isWanted: Boolean(row?.wanted), ...(row && { now: instant(row.now) }) };
    },
    async want() {
      await ready();
      await sql`update ${table} set wanted_at = clock_timestamp() where slot = 1`.execute(db);
    },
    async holder() {
      await ready();
      const { rows } = await sql<{ node: string; up: boolean; over: boolean; now: number }>`
        select node, bus_is_up as up, until < clock_timestamp() as over, ${now} as now from ${table} where slot = 1`.execute(
        db,
      );
      const [row] = rows;
      return (
        row && {
          node: row.node === '' ? undefined : row.node,
          busIsUp: Boolean(row.up),
          isOver: Boolean(row.over),
          now: instant(row.now),
        }
      );
    },
    async clearAfter(term) {
      if (taken?.term !== term) return;
      await sql`
        select pg_terminate_backend(held.pid)
        from pg_locks as held join pg_stat_activity as session on session.pid = held.pid
        where held.locktype = 'advisory' and held.granted and held.database = session.datid
          and held.classid = ${sql.raw(writing[0])} and held.objid = ${sql.raw(writing[1])}
          and session.datname = current_database() and session.state like 'idle in transaction%'
          and session.backend_start < ${taken.at}::timestamptz
          and session.state_change < clock_timestamp() - ${leftFor} * interval '1 second'`.execute(db);
    },
    async letGo(term) {
      await sql`update ${table} set node = '', until = clock_timestamp() where slot = 1 and term = ${term}`.execute(db);
    },
    guard: (term) => async (tx) => {
      const { rows } = await sql<{ term: number }>`select term from ${table} where slot = 1 for share`.execute(tx);
      if (rows[0]?.term !== term)
        throw new Fault('no-main', 'Another node has become main: nothing of this one is saved any more.');
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

async function make(db: AnyDb): Promise<void> {
  const { rows } = await sql`select 1 from pg_tables where schemaname = 'nattfrid_nodes'`.execute(db);
  if (rows.length > 0) return;
  // Two nodes may come at once, and «if not exists» looks before it makes: one statement, in turn.
  await sql`do $$ begin
    perform pg_advisory_xact_lock(${sql.raw(locks.mainNode)});
    create schema if not exists nattfrid_nodes;
    create table if not exists ${table} (
      slot integer primary key check (slot = 1), node text not null, term bigint not null,
      until timestamptz not null, bus_is_up boolean not null, wanted_at timestamptz);
  end $$`.execute(db);
}
