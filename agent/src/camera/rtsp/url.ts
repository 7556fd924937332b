/** Pure. Parses a network camera's address, and keeps its credentials apart from it. */
import { Fault } from '@nattfrid/shared/fault/fault';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface RtspAddress {
  readonly host: string;
  readonly port: number;
  /** The address without credentials, for requests. */
  readonly url: string;
  readonly credentials: Credentials | undefined;
  /** Name for logs and messages: host and port only, because some cameras have a password in the path. */
  readonly name: string;
}

/**
 * `rtsp://user:password@host:port/path`; the default port is 554. Credentials may be percent-encoded or not: people paste passwords
 * with `:` and `@` in them.
 * @throws Fault `config-invalid`, without the address in its words.
 */
export function readRtspUrl(text: string): RtspAddress {
  const [, authority = '', rest = ''] = /^rtsp:\/\/([^/?]*)(.*)$/is.exec(text.trim()) ?? [];
  const at = authority.lastIndexOf('@');
  const place = /^(\[[0-9a-f:.]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/i.exec(authority.slice(at + 1));
  const port = Number(place?.[2] ?? 554);
  if (!place?.[1] || port < 1 || port > 65535)
    throw new Fault(
      'config-invalid',
      'The address of the camera is not of the form rtsp://user:password@host:port/path.',
    );
  const host = place[1].replace(/^\[|\]$/g, '');
  const name = `${place[1]}:${port}`;
  return {
    host,
    port,
    url: `rtsp://${name}${rest || '/'}`,
    credentials: credentials(authority.slice(0, Math.max(at, 0))),
    name,
  };
}

function credentials(text: string): Credentials | undefined {
  if (text === '') return undefined;
  const colon = text.indexOf(':');
  const [user, password] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return { user: plain(user), password: plain(password) };
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
