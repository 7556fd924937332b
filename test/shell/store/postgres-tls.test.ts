/** A relay whose PostgreSQL is on another machine: over TLS, with the one that its authority vouches for, and with nobody else. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openStore } from '@nattfrid/relay/store/database';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { ask, openPostgres, type Postgres, postgresMissing } from '../../stand-ins/postgres/postgres.ts';
import { openSite } from '../../support/relay-under-test.ts';

const why = postgresMissing();
if (why) console.log(`SKIPPED: TLS to PostgreSQL is not tried: ${why}.`);

const scope = new AsyncDisposableStack();
afterAll(() => scope.disposeAsync());
const folder = mkdtempSync(join(tmpdir(), 'nattfrid-pg-tls-'));
scope.defer(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string) => join(folder, name);
const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** @returns the path of its certificate */
function authority(name: string): string {
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
  );
  return file(`${name}.pem`);
}

/** @param names of whom it is: DNS:…, IP:… */
async function openServer(by: string, names: string): Promise<Postgres> {
  writeFileSync(file('names'), `subjectAltName=${names}\n`);
  openssl('req', ...newKey, '-subj', '/CN=db', '-keyout', 'db.key', '-out', 'db.csr');
  const signing = ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'db.csr', ...signing, '-out', 'db.pem');
  const [certificate, key] = [readFileSync(file('db.pem'), 'utf8'), readFileSync(file('db.key'), 'utf8')];
  return scope.use(await openPostgres({ tls: { certificate, key } }));
}

const over = (postgres: Postgres, query: string, host = '127.0.0.1') =>
  `postgres://nattfrid@${host}:${postgres.port}/natt?${query}`;
const trusting = (root: string) => `sslmode=verify-full&sslrootcert=${encodeURIComponent(root)}`;
const refusal = (database: string) =>
  openStore(database).then(
    () => 'opened',
    (error: Error) => error.message,
  );

describe.skipIf(why !== undefined)('a database over TLS', async () => {
  if (why) return;
  const [ours, another] = [authority('ours'), authority('another')];
  const postgres = await openServer('ours', 'DNS:localhost,IP:127.0.0.1');
  postgres.createDatabase('natt');

  it('is what the settings name: the relay opens on it, and every connection of it is encrypted', async () => {
    const database = over(postgres, trusting(ours));
    expect(checkSettings({ database, secret: 's'.repeat(40) })).toMatchObject({ database });
    await using site = await openSite({ settings: { database } });
    await site.unit('home-1');
    expect((await fetch(`${site.relay.url}/healthz`)).status).toBe(200);
    const connections = ask(
      postgres.folder,
      postgres.port,
      'natt',
      "select string_agg(distinct ssl::text, ' ') from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'nattfrid-relay'",
    );
    expect(connections).toBe('true');
  });

  it('is found by its name as well', async () => {
    await using store = await openStore(over(postgres, trusting(ours), 'localhost'));
    const { rows } = await sql<{ ssl: number }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(
      store.db,
    );
    expect(rows).toEqual([{ ssl: 1 }]);
  });

  it.each([
    ['another authority', () => trusting(another), /certificate of PostgreSQL is not trusted .*sslrootcert=FILE/],
    ['no authority that this machine knows', () => 'sslmode=verify-full', /is not trusted .*sslrootcert=FILE/],
    ['a file that is not there', () => trusting(file('none.pem')), /none\.pem cannot be read.*Check its path/],
    ['no TLS, which it does not do without', () => 'sslmode=disable', /does not let the relay in.*pg_hba\.conf/],
  ])('is not spoken with by %s, and that is said with what to do', async (_name, query, words) =>
    expect(await refusal(over(postgres, query()))).toMatch(words),
  );

  it('that shows the certificate of another name is none of ours', async () => {
    const other = await openServer('ours', 'DNS:db.example');
    other.createDatabase('natt');
    expect(await refusal(over(other, trusting(ours)))).toMatch(/is for another name than its address/);
  });

  it('that speaks no TLS is not spoken with in the clear', async () => {
    const plain = scope.use(await openPostgres());
    plain.createDatabase('natt');
    expect(await refusal(over(plain, trusting(ours)))).toMatch(/speaks no TLS.*Set ssl = on/);
  });
});
