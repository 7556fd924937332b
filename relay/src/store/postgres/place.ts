/** Pure. Where a database on PostgreSQL is, out of its address; its password is in no word that is said of it. */
import { isIP } from 'node:net';

export interface Place {
  /** The address without its password, and without what it says of TLS. */
  readonly name: string;
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string;
  /** Who it speaks with is always made sure of. undefined: nothing is encrypted. Each is the path of a file. */
  readonly tls: { readonly authority?: string; readonly certificate?: string; readonly key?: string } | undefined;
  /** Its tables stand in a schema of their own, so that another can be put in their place in one step. */
  readonly schema: string;
}

export const usualSchema = 'nattfrid';

export const isPostgres = (database: string): boolean => /^postgres(ql)?:/i.test(database);

const known = ['host', 'port', 'user', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];
const pattern = 'postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full';
const socket = 'postgres:///DATABASE?host=/run/postgresql&user=USER';

/** @returns what is wrong with it, in words that do not repeat it, where it is no such address. */
export function readPlace(address: string): Place | string {
  if (!URL.canParse(address)) return `is no address of PostgreSQL: ${pattern}, or ${socket} for a socket`;
  const url = new URL(address);
  const given = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const unknown = [...url.searchParams.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) return `says «${unknown}», which is not known: ${known.join(', ')} are`;
  const database = decoded(url.pathname.slice(1));
  if (!database || database.includes('/')) return `names no database: ${pattern}`;
  const host = given('host') ?? decoded(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  if (!host) return `names no host: ${pattern}, or ${socket} for a socket`;
  const [user, password] = [given('user') ?? decoded(url.username), decoded(url.password)];
  if (user === undefined || password === undefined) return 'has a % that is none in its user or password: write %25';
  const tls = tlsOf(host, given('sslmode'), given);
  if (typeof tls === 'string') return tls;
  const port = Number(given('port') ?? (url.port || 5432));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 'has a port that is none';
  const at = host.startsWith('/')
    ? `/${database} on ${host}`
    : `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
  return {
    name: `postgres://${user ? `${user}@` : ''}${at}`,
    host,
    port,
    user: user || undefined,
    password: password || undefined,
    database,
    tls: tls.mode,
    schema: usualSchema,
  };
}

/** libpq's words for it (PostgreSQL 15, 34.19.1), but for those that would speak with anybody. */
function tlsOf(
  host: string,
  mode: string | undefined,
  given: (name: string) => string | undefined,
): string | { readonly mode: Place['tls'] } {
  if (mode === 'disable' || (mode === undefined && isHere(host))) return { mode: undefined };
  if (mode === undefined)
    return 'is of another machine: say sslmode=verify-full, or sslmode=disable where the network between is encrypted already';
  if (mode !== 'verify-full')
    return 'has an sslmode that does not make sure whom it speaks with: say verify-full (sslrootcert=FILE names the authority), or disable';
  if (host.startsWith('/')) return 'asks for TLS on a socket: leave sslmode out';
  const [authority, certificate, key] = [given('sslrootcert'), given('sslcert'), given('sslkey')];
  if ((certificate === undefined) !== (key === undefined)) return 'has sslcert or sslkey alone: they belong together';
  return { mode: { ...(authority && { authority }), ...(certificate && key && { certificate, key }) } };
}

const isHere = (host: string): boolean =>
  host.startsWith('/') || host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
