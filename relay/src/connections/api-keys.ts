/**
 * Keys of other systems: made once and shown once, kept as a hash, with an end, an allowance of requests, and scopes instead of a role.
 * A key that is revoked opens nothing from that moment on, also not what is being answered just then.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { ApiKeyView } from '@nattfrid/shared/desk/connections-view';
import type { Action } from '@nattfrid/shared/desk/permissions';
import { keyMay, type Scope, scopesFor } from '@nattfrid/shared/desk/scopes';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { days } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import { openRate } from '../limit/rate.ts';
import { openSlowDown, waitAfterWrong } from '../limit/slow-down.ts';
import type { Present } from '../operators/operators.ts';
import {
  type ApiKeyRow,
  addApiKey,
  apiKeyByHash,
  apiKeysOf,
  markApiKeyUsed,
  revokeApiKey,
} from '../store/api-keys-table.ts';
import type { Store } from '../store/database.ts';

export interface ApiKeys {
  all(organisation: string): Promise<readonly ApiKeyView[]>;
  add(who: Present, asked: NewKey): Promise<{ readonly key: ApiKeyView; readonly secret: string } | Fault>;
  revoke(who: Present, key: string): Promise<Fault | undefined>;
  /**
   * Who asks, by the header Authorization; each use is a line of the audit log before it is answered.
   *
   * @param address of the other end, for the limits
   * @returns undefined where no key is shown, a Fault where it may not do this
   */
  admit(authorization: string | undefined, asked: Asked, address: string): Promise<Admitted | Fault | undefined>;
}

interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly days: number;
}
interface Asked {
  readonly route: string;
  /** undefined: the route is open to all, and is no concern of a key's. */
  readonly action: Action | undefined;
}

export interface Admitted extends Disposable {
  readonly who: Present;
  /** Called when the key is revoked while its request is being answered. */
  onRevoke(call: () => void): void;
}

const prefix = 'nf_';
const mostKeys = 50;
/** Requests of one key in one go, and after that so many a minute. */
const [inOneGo, perMinute] = [60, 120];

export function openApiKeys(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly newId: () => string;
}): ApiKeys {
  const { store, clock, audit, newId } = parts;
  const rate = openRate(inOneGo, perMinute);
  const slow = openSlowDown();
  /** What is being answered, by key. */
  const open = new Map<string, Set<() => void>>();

  async function found(authorization: string, address: string): Promise<ApiKeyRow | Fault> {
    const secret = authorization.slice('Bearer '.length).trim();
    const row = await apiKeyByHash(store.db, hashOf(secret));
    const now = clock.now();
    if (row && row.revokedAt === undefined && row.expiresAt > now) return row;
    await waitAfterWrong(clock, slow, `key ${address}`);
    if (row)
      return new Fault('not-signed-in', row.revokedAt === undefined ? 'This key has run out.' : 'This key is revoked.');
    return new Fault('not-signed-in', 'There is no such key.');
  }

  return {
    all: async (organisation) => (await apiKeysOf(store.db, organisation)).map(viewOf),
    async add(who, { name, scopes, days: lasts }) {
      const now = clock.now();
      const { organisation } = who;
      const live = (await apiKeysOf(store.db, organisation)).filter(
        ({ revokedAt, expiresAt }) => revokedAt === undefined && expiresAt > now,
      );
      if (live.length >= mostKeys)
        return new Fault('not-now', `There are ${mostKeys} keys already. Revoke one of them first.`);
      if (live.some((one) => one.name === name))
        return new Fault(
          'already-there',
          `There is already a key called ${name}: in the log they could not be told apart.`,
        );
      const secret = `${prefix}${randomBytes(32).toString('base64url')}`;
      const row: ApiKeyRow = {
        ...{ key: newId(), organisation, name, scopes: [...new Set(scopes)], hash: hashOf(secret) },
        ...{ begins: secret.slice(0, 8), madeAt: now, madeBy: who.name, expiresAt: after(now, days(lasts)) },
        ...{ lastUsedAt: undefined, revokedAt: undefined },
      };
      await store.write(async (tx) => {
        const details = { name, scopes: row.scopes.join(' '), until: printInstant(row.expiresAt), operator: who.id };
        await audit.append(tx, who.name, 'api-key-made', row.key, details);
        await addApiKey(tx.db, row);
      });
      return { key: viewOf(row), secret };
    },
    async revoke(who, key) {
      const row = (await apiKeysOf(store.db, who.organisation)).find((one) => one.key === key);
      if (!row || row.revokedAt !== undefined) return new Fault('not-found', 'There is no such key any more.');
      await store.write(async (tx) => {
        await audit.append(tx, who.name, 'api-key-revoked', key, { name: row.name, operator: who.id });
        await revokeApiKey(tx.db, key, clock.now());
      });
      for (const cut of open.get(key) ?? []) cut();
      return undefined;
    },
    async admit(authorization, { route, action }, address) {
      if (!authorization?.startsWith(`Bearer ${prefix}`)) return undefined;
      const row = await found(authorization, address);
      if (row instanceof Fault) return row;
      const now = clock.now();
      if (!rate.take(row.key, now))
        return new Fault('too-many-requests', `More than ${perMinute} requests in a minute. Ask again a little later.`);
      const name = `API ${row.name}`;
      if (!action || !keyMay(row.scopes, action)) {
        const details = { why: 'not-allowed', ...(action && { action }), key: row.key };
        await audit.write(name, 'refused', route, details);
        const may = action ? scopesFor(action) : [];
        const words =
          may.length === 0 ? 'No key may do this: it is for people.' : `This needs the scope ${may.join(' or ')}.`;
        return new Fault('not-allowed', words);
      }
      await store.write(async (tx) => {
        await audit.append(tx, name, 'api-used', route, { action, key: row.key });
        await markApiKeyUsed(tx.db, row.key, now);
      });
      return admitted(row, name);
    },
  };

  function admitted({ key, organisation }: ApiKeyRow, name: string): Admitted {
    const calls = open.get(key) ?? new Set();
    open.set(key, calls);
    let cut: (() => void) | undefined;
    const call = () => cut?.();
    calls.add(call);
    return {
      // The role of least power, which nobody asks for: what a key may is its scopes.
      // Levels are for people: what a key may is said by its scopes alone.
      who: { id: `key:${key}`, session: `key:${key}`, name, email: '', role: 'statistics', organisation, assurance: 3 },
      onRevoke(given) {
        cut = given;
      },
      [Symbol.dispose]() {
        calls.delete(call);
        if (calls.size === 0) open.delete(key);
      },
    };
  }
}

/** 256 random bits need no salt and no slow hash. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const viewOf = (row: ApiKeyRow): ApiKeyView => ({
  key: row.key,
  name: row.name,
  begins: row.begins,
  scopes: row.scopes,
  madeAt: printInstant(row.madeAt),
  madeBy: row.madeBy,
  expiresAt: printInstant(row.expiresAt),
  ...(row.lastUsedAt !== undefined && { lastUsedAt: printInstant(row.lastUsedAt) }),
  ...(row.revokedAt !== undefined && { revokedAt: printInstant(row.revokedAt) }),
});
