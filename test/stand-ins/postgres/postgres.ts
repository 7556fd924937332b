/** A real PostgreSQL of Debian in a folder of its own, on a socket and on loopback: nothing of it is left behind, and no service is started. */
import { execFile, execFileSync, type SpawnOptions, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';

export interface Postgres extends AsyncDisposable {
  /** Of the cluster; its socket lies in it. */
  readonly folder: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** postgres://… of a database, over its socket, or over loopback. */
  address(database: string, over?: 'socket' | 'tcp'): string;
  /** @param template one that nobody has open; an empty one by default */
  createDatabase(name: string, template?: string): void;
  /** `immediate`: without a word to anybody; it still ends its own processes. */
  stop(how?: 'fast' | 'immediate'): Promise<void>;
  /** SIGKILL to all of its processes, as if the power went. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const binaries = ['/usr/lib/postgresql/15/bin', '/usr/lib/postgresql/16/bin', '/usr/lib/postgresql/17/bin'];
const found = binaries.find((folder) => existsSync(join(folder, 'initdb')));

/** Why there is none here; undefined: there is. */
export const postgresMissing = (): string | undefined =>
  found ? undefined : 'PostgreSQL is not installed (apt-get install postgresql-15)';

export const owner = 'nattfrid';

/** Root may not run it: nobody does then. */
const asNobody = (): Pick<SpawnOptions, 'uid' | 'gid'> => {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
};

export interface Made {
  /** A folder that is there already, and stays: a disk of its own. */
  readonly in?: string;
  /** Whether what is committed is on the disk, as in life. Off where only what is said is tried: several times as fast. */
  readonly fsync?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** It speaks TLS, over loopback with nobody who does not: PEM. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Where it runs, and which address it has there: loopback of this machine by default. */
  readonly at?: { readonly enter: readonly string[]; readonly address: string };
}

/** @throws where it is missing */
export async function openPostgres(made: Made = {}): Promise<Postgres> {
  const folder = mkdtempSync(join(made.in ?? tmpdir(), 'nattfrid-pg-'));
  const { uid, gid } = asNobody();
  chmodSync(folder, 0o755);
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const cluster = clusterIn(folder, await freePort(), made);
  await cluster.make();
  if (made.tls) speakTls(join(folder, 'data'), made.tls, asNobody());
  await cluster.start();
  return cluster;
}

/** The usual names of its files; it takes a key that nobody else may read. */
function speakTls(data: string, tls: NonNullable<Made['tls']>, { uid, gid }: ReturnType<typeof asNobody>): void {
  for (const [name, text] of [
    ['server.crt', tls.certificate],
    ['server.key', tls.key],
    ['pg_hba.conf', 'local all all trust\nhostssl all all 127.0.0.1/32 trust\n'],
  ] as const) {
    const file = join(data, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
  }
}

/** One that is in this folder already, or is to be made there. */
export function clusterIn(
  folder: string,
  port: number,
  { fsync = false, settings = {}, tls, at }: Made = {},
): Postgres & { make(): Promise<void> } {
  const missing = postgresMissing();
  if (missing || !found) throw new TypeError(missing);
  const data = join(folder, 'data');
  const address = at?.address ?? '127.0.0.1';
  const run = async (program: string, given: readonly string[]) => {
    const nobody = asNobody();
    const [enter, ...how] = at?.enter ?? [];
    const options = { cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
    // Only root may enter, and becomes nobody there.
    const become = nobody.uid === undefined ? [] : ['--setuid', String(nobody.uid), '--setgid', String(nobody.gid)];
    if (enter) await promisify(execFile)(enter, [...how, ...become, join(found, program), ...given], options);
    else await promisify(execFile)(join(found, program), given, { ...nobody, ...options });
  };
  const told = {
    fsync: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    listen_addresses: address,
    port: String(port),
    unix_socket_directories: folder,
    max_connections: '300',
    shared_buffers: '64MB',
    ...(tls && { ssl: 'on' }),
    ...settings,
  };
  const stop = async (how: 'fast' | 'immediate' = 'fast') => {
    if (existsSync(join(data, 'postmaster.pid')))
      await run('pg_ctl', ['-D', data, '-w', '-m', how, 'stop']).catch(() => {});
  };
  return {
    folder,
    port,
    async make() {
      await run('initdb', [
        '-D',
        data,
        '-U',
        owner,
        '--auth=trust',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
        '--data-checksums',
      ]);
      if (at) appendFileSync(join(data, 'pg_hba.conf'), `host all all ${at.address}/24 trust\n`);
    },
    async start() {
      const options = Object.entries(told).map(([name, value]) => `-c ${name}='${value}'`);
      await run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options.join(' '), 'start']);
    },
    stop,
    async kill() {
      const file = join(data, 'postmaster.pid');
      if (!existsSync(file)) return;
      const first = Number(readFileSync(file, 'utf8').split('\n')[0]);
      // The first of them first, so that it starts no other.
      const all = [first, ...childrenOf(first)];
      for (const one of all) killHard(one);
      while (all.some((one) => existsSync(`/proc/${one}`))) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    address: (database, over = 'socket') =>
      over === 'tcp'
        ? `postgres://${owner}@${address}:${port}/${database}${at ? '?sslmode=disable' : ''}`
        : `postgres:///${database}?host=${encodeURIComponent(folder)}&user=${owner}&port=${port}`,
    createDatabase: (name, template = 'template0') =>
      void ask(folder, port, 'postgres', `create database ${name} template ${template}`),
    async [Symbol.asyncDispose]() {
      await stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function childrenOf(parent: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(parent)], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => (line.trim() ? [Number(line)] : []));
}

function killHard(one: number): void {
  try {
    process.kill(one, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** What a database answers, as psql prints it, at once. */
export function ask(folder: string, port: number, database: string, text: string): string {
  return execFileSync(
    'psql',
    [
      '-X',
      '-q',
      '-A',
      '-t',
      '-v',
      'ON_ERROR_STOP=1',
      '-h',
      folder,
      '-p',
      String(port),
      '-U',
      owner,
      '-d',
      database,
      '-f',
      '-',
    ],
    {
      input: text,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, PGOPTIONS: '-c search_path=nattfrid' },
    },
  ).trimEnd();
}
