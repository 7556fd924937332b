/** The only SQL about break-glass: who asked for what, who granted it, what it was used for, who has looked at it. */
import type { BreakGlassId } from '@nattfrid/shared/desk/break-glass';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import { sql } from 'kysely';
import type { BreakGlass } from '../record/break-glass.ts';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';
import { wordsOf } from './words/words-of.ts';

export type KnownBreakGlass = Exclude<BreakGlass, { name: 'none' }>;

export interface BreakGlassRow {
  readonly state: KnownBreakGlass;
  /** What was written beside the reason, sealed. */
  readonly words: string | undefined;
}

const read = ({ body, words }: Pick<Tables['break_glass'], 'body' | 'words'>): BreakGlassRow => ({
  state: JSON.parse(body) as KnownBreakGlass,
  words: words ?? undefined,
});

/** @param words sealed; as they were, where they are not given */
export async function saveBreakGlass(db: Db, state: KnownBreakGlass, words?: string): Promise<void> {
  const { access, organisation, client, askedAt } = state.facts;
  const isOver = state.name === 'over';
  const changing = {
    state: state.name,
    ended_at: isOver ? state.endedAt : null,
    reviewed_at: isOver ? (state.review?.at ?? null) : null,
    body: JSON.stringify(state),
  };
  await db
    .insertInto('break_glass')
    .values({ access, organisation, client, asked_at: askedAt, words: words ?? null, ...changing })
    .onConflict((conflict) => conflict.column('access').doUpdateSet(changing))
    .execute();
}

export async function findBreakGlass(db: Db, access: BreakGlassId): Promise<BreakGlassRow | undefined> {
  const row = await db.selectFrom('break_glass').selectAll().where('access', '=', access).executeTakeFirst();
  return row && read(row);
}

/** Those that are asked for, or open. */
export async function openBreakGlass(db: Db): Promise<readonly BreakGlassRow[]> {
  const rows = await db
    .selectFrom('break_glass')
    .selectAll()
    .where('state', '!=', 'over')
    .orderBy('asked_at')
    .execute();
  return rows.map(read);
}

const granted = (db: Db) => wordsOf(db).jsonText('body', 'granted');
const whyOver = (db: Db) => wordsOf(db).jsonText('body', 'why');

/**
 * Of an organisation's clients, what has been open or was declined, the newest first. What nobody has looked at is left out for nothing
 * else: not for what was looked at, and not for however many that were only asked for.
 */
export async function breakGlassOf(
  db: Db,
  organisation: Organisation,
  most: number,
): Promise<readonly BreakGlassRow[]> {
  const rows = await db
    .selectFrom('break_glass')
    .selectAll()
    .where('organisation', '=', organisation)
    .where(sql<boolean>`${granted(db)} is not null or ${whyOver(db)} = 'declined'`)
    .orderBy(sql`reviewed_at is not null`)
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute();
  return rows.toSorted((a, b) => b.asked_at - a.asked_at).map(read);
}

/** Over, and not signed off. */
export async function unreviewedBreakGlass(db: Db): Promise<readonly KnownBreakGlass[]> {
  const rows = await db
    .selectFrom('break_glass')
    .selectAll()
    .where('state', '=', 'over')
    .where('reviewed_at', 'is', null)
    .execute();
  return rows.map((row) => read(row).state);
}

/** Asked for in this time. @param client all of the organisation's, where none is given */
export async function breakGlassBetween(
  db: Db,
  meant: {
    readonly organisation: Organisation;
    readonly client?: ClientAlias;
    readonly from: Instant;
    readonly until: Instant;
  },
): Promise<readonly KnownBreakGlass[]> {
  let query = db
    .selectFrom('break_glass')
    .selectAll()
    .where('organisation', '=', meant.organisation)
    .where('asked_at', '>=', meant.from)
    .where('asked_at', '<', meant.until);
  if (meant.client !== undefined) query = query.where('client', '=', meant.client);
  return (await query.orderBy('asked_at').execute()).map((row) => read(row).state);
}

/** Those that are over since then, and that nobody has to look at any more. */
export async function forgetBreakGlass(db: Db, before: Instant): Promise<number> {
  const result = await sql`delete from break_glass where ended_at < ${before} and (reviewed_at is not null
    or (${granted(db)} is null and ${whyOver(db)} <> 'declined'))`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
