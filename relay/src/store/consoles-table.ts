/** The only SQL about the consoles of operators. Public halves of keys only. */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Withdrawal } from '@nattfrid/shared/wire/console-list';
import type { Confirmation } from '@nattfrid/shared/wire/console-proof';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface ConsoleRow {
  /** Whose it is: the id that sign-in goes by, how units call the operator, and the name. */
  readonly operator: string;
  readonly alias: OperatorAlias;
  readonly who: string;
  /** Ed25519, base64url. */
  readonly key: string;
  readonly label?: string;
  readonly state: 'known' | 'unconfirmed' | 'confirmed' | 'withdrawn';
  /** Known, and a colleague's word is asked for all the same. */
  readonly asks: boolean;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  /** Who has confirmed or withdrawn it. */
  readonly by?: string;
  readonly doubtedBy?: string;
  /** The newest first, each by another signer: a home may know one colleague and not the other. */
  readonly confirmations: readonly Confirmation[];
  readonly withdrawal?: Withdrawal;
  /** Several people use this computer: without use it locks after so many minutes. */
  readonly sharedMinutes?: number;
}

type Row = Tables['consoles'] & { readonly lock_minutes: number | null };

/** With whether the computer is shared, which is the same for all who use it. */
const rows = (db: Db) =>
  db
    .selectFrom('consoles')
    .leftJoin('shared_consoles', 'shared_consoles.console', 'consoles.key')
    .selectAll('consoles')
    .select('shared_consoles.lock_minutes');

export async function findConsole(db: Db, operator: string, key: string): Promise<ConsoleRow | undefined> {
  const row = await rows(db).where('operator', '=', operator).where('key', '=', key).executeTakeFirst();
  return row && read(row);
}

/** By how units call its operator. */
export async function findConsoleOf(db: Db, alias: OperatorAlias, key: string): Promise<ConsoleRow | undefined> {
  const row = await rows(db).where('alias', '=', alias).where('key', '=', key).executeTakeFirst();
  return row && read(row);
}

/** The newest first. */
export async function allConsoles(db: Db): Promise<readonly ConsoleRow[]> {
  return (await rows(db).orderBy('first_seen_at', 'desc').execute()).map(read);
}

/** Of one operator, the newest first. */
export async function consolesOf(db: Db, operator: string): Promise<readonly ConsoleRow[]> {
  const own = rows(db).where('operator', '=', operator);
  return (await own.orderBy('first_seen_at', 'desc').execute()).map(read);
}

export async function saveConsole(db: Db, row: ConsoleRow): Promise<void> {
  const { operator, key, ...rest } = write(row);
  await db
    .insertInto('consoles')
    .values({ operator, key, ...rest })
    .onConflict((conflict) => conflict.columns(['operator', 'key']).doUpdateSet(rest))
    .execute();
}

const write = (row: ConsoleRow): Tables['consoles'] => ({
  operator: row.operator,
  key: row.key,
  alias: row.alias,
  who: row.who,
  label: row.label ?? null,
  state: row.state,
  asks: row.asks ? 1 : 0,
  first_seen_at: row.firstSeenAt,
  last_seen_at: row.lastSeenAt,
  by_whom: row.by ?? null,
  doubted_by: row.doubtedBy ?? null,
  confirmations: JSON.stringify(row.confirmations),
  withdrawal: row.withdrawal ? JSON.stringify(row.withdrawal) : null,
});

const read = (row: Row): ConsoleRow => ({
  operator: row.operator,
  alias: row.alias as OperatorAlias,
  who: row.who,
  key: row.key,
  ...(row.label !== null && { label: row.label }),
  ...(row.lock_minutes !== null && { sharedMinutes: row.lock_minutes }),
  state: row.state,
  asks: row.asks === 1,
  firstSeenAt: row.first_seen_at as Instant,
  lastSeenAt: row.last_seen_at as Instant,
  ...(row.by_whom !== null && { by: row.by_whom }),
  ...(row.doubted_by !== null && { doubtedBy: row.doubted_by }),
  confirmations: JSON.parse(row.confirmations) as readonly Confirmation[],
  ...(row.withdrawal && { withdrawal: JSON.parse(row.withdrawal) as Withdrawal }),
});
