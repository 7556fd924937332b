/** The only SQL about keys of other systems: of the key itself only a hash is kept. */
import type { Scope } from '@nattfrid/shared/desk/scopes';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

export interface ApiKeyRow {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly begins: string;
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly expiresAt: Instant;
  readonly lastUsedAt: Instant | undefined;
  readonly revokedAt: Instant | undefined;
}

const time = (at: number | null): Instant | undefined => (at === null ? undefined : instant(at));
const read = (row: Tables['api_keys']): ApiKeyRow => ({
  key: row.key,
  organisation: row.organisation,
  name: row.label,
  begins: row.begins,
  hash: row.hash,
  scopes: JSON.parse(row.scopes) as Scope[],
  madeAt: instant(row.made_at),
  madeBy: row.made_by,
  expiresAt: instant(row.expires_at),
  lastUsedAt: time(row.last_used_at),
  revokedAt: time(row.revoked_at),
});

export async function apiKeysOf(db: Db, organisation: string): Promise<readonly ApiKeyRow[]> {
  const rows = db
    .selectFrom('api_keys')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('made_at', 'desc');
  return (await rows.execute()).map(read);
}

export async function apiKeyByHash(db: Db, hash: string): Promise<ApiKeyRow | undefined> {
  const row = await db.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst();
  return row && read(row);
}

export async function addApiKey(db: Db, row: ApiKeyRow): Promise<void> {
  const { key, organisation, name, begins, hash } = row;
  await db
    .insertInto('api_keys')
    .values({
      ...{ key, organisation, label: name, begins, hash },
      scopes: JSON.stringify(row.scopes),
      made_at: row.madeAt,
      made_by: row.madeBy,
      expires_at: row.expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
}

export async function revokeApiKey(db: Db, key: string, at: Instant): Promise<void> {
  await db.updateTable('api_keys').set({ revoked_at: at }).where('key', '=', key).execute();
}

export async function markApiKeyUsed(db: Db, key: string, at: Instant): Promise<void> {
  await db.updateTable('api_keys').set({ last_used_at: at }).where('key', '=', key).execute();
}
