/**
 * Which node is main, as PostgreSQL guards it: one row with the node, its term and until when it holds, by the database's clock alone.
 * In a schema of its own: no backup holds it, and none that is restored turns a term back.
 */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
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
}

export interface MainNode extends AsyncDisposable {
  /** @returns the term, where this node is main from now on; undefined: another one is */
  take(node: string, length: Duration): Promise<number | undefined>;
  /** @returns whether this term still stands, and whether a node that reaches the others would rather have it */
  renew(
    term: number,
    length: Duration,
    busIsUp: boolean,
  ): Promise<{ readonly stands: boolean; readonly isWanted: boolean }>;
  /** This node would be main: it reaches others, and hears of none that is. */
  want(): Promise<void>;
  holder(): Promise<Holder | undefined>;
  /** Others need not wait until it has run out. */
  letGo(term: number): Promise<void>;
  /**
   * For every writing of this term. The row is locked until that is saved: whoever takes over waits for it, and one that was asleep
   * finds another term.
   */
  guard(term: number): (db: AnyDb) => Promise<void>;
}

const table = sql.raw('nattfrid_nodes.main');
/** A wish is believed for so long, in seconds. */
const wishLasts = 2;

/** @param database postgres://… @throws Fault `config-invalid` */
export function openMainNode(database: string): MainNode {
  const db: AnyDb = new Kysely({ dialect: postgresDialect(placeOf(database), 'write') });
  let made: Promise<void> | undefined;
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
      const { rows } = await sql<{ term: number }>`
        insert into ${table} as main (slot, node, term, until, bus_is_up) values (1, ${node}, 1, ${until(length)}, true)
        on conflict (slot) do update set node = ${node}, term = main.term + 1, until = ${until(length)}, bus_is_up = true, wanted_at = null
        where main.until < clock_timestamp() returning term`.execute(db);
      return rows[0]?.term;
    },
    async renew(term, length, busIsUp) {
      const { rows } = await sql<{ wanted: boolean | null }>`
        update ${table} set until = ${until(length)}, bus_is_up = ${busIsUp} where slot = 1 and term = ${term}
        returning wanted_at > clock_timestamp() - ${wishLasts} * interval '1 second' as wanted`.execute(db);
      return { stands: rows.length > 0, isWanted: Boolean(rows[0]?.wanted) };
    },
    async want() {
      await ready();
      await sql`update ${table} set wanted_at = clock_timestamp() where slot = 1`.execute(db);
    },
    async holder() {
      await ready();
      const { rows } = await sql<{ node: string; up: boolean; over: boolean }>`
        select node, bus_is_up as up, until < clock_timestamp() as over from ${table} where slot = 1`.execute(db);
      const [row] = rows;
      return (
        row && { node: row.node === '' ? undefined : row.node, busIsUp: Boolean(row.up), isOver: Boolean(row.over) }
      );
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
