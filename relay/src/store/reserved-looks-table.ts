/** The only SQL about homes that somebody is about to look into. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias, LookId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export interface ReservedRow {
  readonly operator: string;
  readonly who: string;
  /** Of the operator. */
  readonly organisation: Organisation;
  readonly session: string;
  readonly look: LookId;
  readonly client: ClientAlias;
  /** Whose home it is. */
  readonly home: Organisation;
  /** By the wall clock: it outlasts the steady one of this process. */
  readonly until: Instant;
}

export async function allReserved(db: Db): Promise<readonly ReservedRow[]> {
  const rows = await db.selectFrom('reserved_looks').selectAll().orderBy('operator').execute();
  return rows.map((row) => ({
    ...row,
    look: row.look as LookId,
    client: row.client as ClientAlias,
    until: row.until as Instant,
  }));
}

/** One for each operator: the one before is over. */
export async function saveReserved(db: Db, row: ReservedRow): Promise<void> {
  const { operator, ...rest } = row;
  await db
    .insertInto('reserved_looks')
    .values(row)
    .onConflict((conflict) => conflict.column('operator').doUpdateSet(rest))
    .execute();
}

/** All but those of these operators. */
export async function keepReserved(db: Db, operators: readonly string[]): Promise<void> {
  const over = db.deleteFrom('reserved_looks');
  await (operators.length === 0 ? over : over.where('operator', 'not in', operators)).execute();
}
