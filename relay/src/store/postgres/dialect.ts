/** The door to node-postgres: what Kysely needs to speak to PostgreSQL. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Fault } from '@nattfrid/shared/fault/fault';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import {
  type BinaryOperationNode,
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  OperatorNode,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  type PostgresPool,
  type PostgresPoolClient,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  replaceWithNoncontingentExpression,
  type TransactionSettings,
  ValueListNode,
} from 'kysely';
import pg from 'pg';
import { cannotSave, isCannotSave } from '../engine/cannot-save.ts';
import type { To } from '../engine/engine.ts';
import { guardedDriver } from '../engine/guarded-driver.ts';
import { locks } from './locks.ts';
import { types } from './numbers.ts';
import type { Place } from './place.ts';
import { metBy } from './reasons.ts';

/** One writes, the others read; each costs PostgreSQL a process. */
const connections = 6;
const connectWithin = seconds(10);
/** A statement that takes longer is given up by PostgreSQL; where even that is not heard, a second later here. */
const statementWithin = seconds(10);
const answerWithin = milliseconds(statementWithin + 1000);
/** For another node's commit, and for a table that is changed. */
const lockWithin = seconds(5);
/** What must be known at once or not at all: who is main. */
const briefly = {
  connectionTimeoutMillis: seconds(2),
  query_timeout: milliseconds(2500),
  statement_timeout: seconds(2),
};
/** A node that stops in the middle of a transaction holds up every other for so long. */
const goOnWithin = seconds(5);

/** What writes is alone with it: no other node writes between what is read here and what is written. See docs/decisions/0018. */
const beginWriting = `begin isolation level read committed; select pg_advisory_xact_lock(${locks.writing})`;
const beginReading = 'begin isolation level repeatable read, read only';

class Driver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const begin = settings.accessMode === 'read only' ? beginReading : beginWriting;
    await connection.executeQuery(CompiledQuery.raw(begin));
  }
}

/** `in ()` is no SQL for PostgreSQL: it says what SQLite takes it for, nothing; and `not in ()` everything. */
class Compiler extends PostgresQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    super.visitBinaryOperation(isEmptyIn(node) ? replaceWithNoncontingentExpression(node as never) : node);
  }
}

const isEmptyIn = ({ operator, rightOperand }: BinaryOperationNode): boolean =>
  OperatorNode.is(operator) &&
  (operator.operator === 'in' || operator.operator === 'not in') &&
  (PrimitiveValueListNode.is(rightOperand) || ValueListNode.is(rightOperand)) &&
  rightOperand.values.length === 0;

/** @param told of an outage that a statement has met, whoever has asked it */
export function postgresDialect(place: Place, to: To, told: (outage: Fault) => void = () => {}): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new Compiler(),
    createDriver: () => guardedDriver(new Driver({ pool: async () => openPool(place, to, told) })),
  };
}

function openPool(place: Place, to: To, told: (outage: Fault) => void): PostgresPool {
  const inWords = (error: unknown): unknown => {
    const met = metBy(error);
    const fault = met ? cannotSave(met.reason, error) : error;
    if (isCannotSave(fault)) told(fault);
    return fault;
  };
  const pool = new pg.Pool({
    ...connectionOf(place, to),
    types,
    max: connections,
    // What is open keeps the lock that says that it is in use.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: connectWithin,
    keepAlive: true,
    ...((to === 'read' || to === 'write') && {
      statement_timeout: statementWithin,
      query_timeout: answerWithin,
      lock_timeout: lockWithin,
      idle_in_transaction_session_timeout: goOnWithin,
    }),
    ...(to === 'brief' && { ...briefly, idle_in_transaction_session_timeout: goOnWithin }),
    onConnect: (client) => (to === 'read' || to === 'alone' ? undefined : takeUse(client)),
  });
  // What has become of a connection is found out by whoever uses it next; without a listener Node would end the process.
  const unheard = () => {};
  pool.on('error', unheard);
  pool.on('connect', (client) => client.on('error', unheard));
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const raw = await pool.connect().catch((error) => {
        throw inWords(error);
      });
      const client = clients.get(raw) ?? ours(raw, inWords);
      clients.set(raw, client);
      return client;
    },
    end: () => pool.end(),
  };
}

const connectionOf = ({ host, port, user, password, database, tls, schema }: Place, to: To): pg.PoolConfig => ({
  host,
  port,
  user: user ?? userInfo().username,
  password,
  database,
  application_name: 'nattfrid-relay',
  // What is acknowledged is on the disk, whatever the server's own setting is.
  options: `-c search_path=${schema} -c synchronous_commit=on${to === 'read' ? ' -c default_transaction_read_only=on' : ''}`,
  ssl: tls ? filesOf(tls) : false,
});

/** @throws Fault `file-missing` */
function filesOf({ authority, certificate, key }: NonNullable<Place['tls']>): NonNullable<pg.PoolConfig['ssl']> {
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw new Fault(
        'file-missing',
        `${file} cannot be read, which PostgreSQL is trusted by. Check its path and rights.`,
        { cause },
      );
    }
  };
  return {
    rejectUnauthorized: true,
    ...(authority && { ca: read(authority) }),
    ...(certificate && key && { cert: read(certificate), key: read(key) }),
  };
}

/** Held as long as this connection lives, however it ends. @throws Fault `cannot-save` while it is being replaced */
async function takeUse(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(`select pg_try_advisory_lock_shared(${locks.use}) as free`);
  if (rows[0]?.free !== 1)
    throw cannotSave({ why: 'held', words: 'the database is being restored. Wait until that is done' });
}

/**
 * PostgreSQL keeps no U+0000 in a text: the sign for «was not readable» (U+FFFD) stands there instead, as it does for bytes that are no
 * UTF-8. An alarm that holds one is saved all the same.
 */
const kept = (parameter: unknown): unknown => {
  if (typeof parameter === 'string') return parameter.includes('\0') ? parameter.replaceAll('\0', '\ufffd') : parameter;
  // Every number is kept whole: a moment that was reckoned with chance is kept to the millisecond. SQLite would keep its fraction.
  return typeof parameter === 'number' ? Math.round(parameter) : parameter;
};

/** A connection of which nothing more is believed once it has been lost, and which is never handed on in the middle of a transaction. */
function ours(raw: pg.PoolClient, inWords: (error: unknown) => unknown): PostgresPoolClient {
  let lost: Error | undefined;
  const query = async (text: string, parameters: readonly unknown[] = []) => {
    if (lost) throw inWords(lost);
    try {
      const result = await raw.query(text, parameters.map(kept));
      // An aborted transaction is rolled back by its commit, which says so in this word alone.
      if (text === 'commit' && result.command !== 'COMMIT')
        throw new Error('PostgreSQL has rolled back what was to be saved.');
      return result;
    } catch (error) {
      if (error instanceof Error && metBy(error)?.lost) lost = error;
      throw inWords(error);
    }
  };
  return {
    query: query as never,
    release() {
      const isIdle = raw.getTransactionStatus() === 'I';
      raw.release(lost ?? (isIdle ? undefined : new Error('It was left in the middle of a transaction.')));
    },
  };
}
