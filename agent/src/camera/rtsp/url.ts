/** Pure. Parses a network camera's address, and keeps its credentials apart from it. */
import { Fault } from '@nattfrid/shared/fault/fault';

export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** The password as it stands in the address, where that can be read in two ways (`100%25`): tried if the first is refused. */
  readonly asTyped?: string;
}

export interface RtspAddress {
  readonly host: string;
  readonly port: number;
  /** RTSP over TLS (`rtsps`). */
  readonly secure: boolean;
  /** The address without credentials, for requests. */
  readonly url: string;
  readonly credentials: Credentials | undefined;
  /** Name for logs and messages: host and port only, because some cameras have a password in the path. */
  readonly name: string;
}

/** Default ports (RFC 2326 §3.2, RFC 7826 §4.2). */
const ports = { rtsp: 554, rtsps: 322 } as const;

/**
 * `rtsp://user:password@host:port/path`, or `rtsps`. Credentials may be percent-encoded or not: people paste passwords as they are, with
 * `:`, `@`, `/`, `?`, `#`, `%` and spaces in them.
 * @throws Fault `config-invalid`, without the address in its words.
 */
export function readRtspUrl(text: string): RtspAddress {
  const [, scheme = '', after = ''] = /^(rtsps?):\/\/(.*)$/is.exec(text.trim()) ?? [];
  const found = mostLikely(after.slice(0, longest));
  const port = Number(found?.place.port ?? ports[scheme.toLowerCase() === 'rtsps' ? 'rtsps' : 'rtsp']);
  if (!found || port < 1 || port > 65535 || after.length > longest)
    throw new Fault(
      'config-invalid',
      'The address of the camera is not of the form rtsp://user:password@host:port/path (or rtsps://…).',
    );
  const name = `${found.place.host}:${port}`;
  const rest = found.rest.startsWith('/') ? found.rest : `/${found.rest}`;
  return {
    host: found.place.host.replace(/^\[|\]$/g, ''),
    port,
    secure: scheme.toLowerCase() === 'rtsps',
    url: `${scheme.toLowerCase()}://${name}${withoutSpaces(rest)}`,
    credentials: credentials(found.login),
    name,
  };
}

/** Characters; no camera's address comes near it. */
const longest = 2048;

interface Place {
  readonly host: string;
  readonly port: string | undefined;
  /** How surely it is one: 3 an IP address, 2 a name with dots, 1 any other name. */
  readonly sure: number;
}

interface Reading {
  readonly login: string;
  readonly place: Place;
  readonly rest: string;
}

/**
 * By the rules the host ends at the first `/` or `?`. A password with such a character breaks them: then it is what stands behind
 * a later `@`, provided that it looks more like a host than what the rules say.
 */
function mostLikely(text: string): Reading | undefined {
  const end = /[/?]/.exec(text)?.index ?? text.length;
  const byRules = reading(text, text.slice(0, end).lastIndexOf('@'), end);
  let best = byRules;
  for (let at = text.indexOf('@', end); at >= 0; at = text.indexOf('@', at + 1)) {
    const found = reading(text, at, at + 1 + (/[/?#]/.exec(text.slice(at + 1))?.index ?? text.length));
    if (found && rank(found) >= rank(best) + (best === byRules ? 1 : 0)) best = found;
  }
  return best;
}

const rank = (one: Reading | undefined): number => one?.place.sure ?? 0;

/** @param at index of the `@` in front of the host; below 0: there are no credentials */
function reading(text: string, at: number, end: number): Reading | undefined {
  const place = placeOf(text.slice(at + 1, end));
  return place && { login: text.slice(0, Math.max(at, 0)), place, rest: text.slice(end) };
}

function placeOf(text: string): Place | undefined {
  const [, host, port] = /^(\[[0-9a-f:.]+(?:%[\w.-]+)?\]|[\p{L}\p{N}._-]+)(?::(\d{1,5}))?$/iu.exec(text) ?? [];
  if (host === undefined) return undefined;
  const sure = host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host) ? 3 : host.includes('.') ? 2 : 1;
  return { host, port, sure };
}

function credentials(text: string): Credentials | undefined {
  if (text === '') return undefined;
  const colon = text.indexOf(':');
  const [user, typed] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  const password = plain(typed);
  return { user: plain(user), password, ...(password !== typed && { asTyped: typed }) };
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A space would end the address in a request's first line, a line break the line. */
const withoutSpaces = (path: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  path.replace(/[\u0000-\u0020\u007f]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);
