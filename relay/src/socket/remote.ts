/** The door to proxy-addr: where a request comes from, and whether TLS protected it, also through a proxy that we trust. */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import proxyaddr from '@fastify/proxy-addr';

export interface Remote {
  /** The nearest address that is no trusted proxy: whoever asks cannot choose it. */
  addressOf(request: IncomingMessage): string;
  /** Nobody on the way could read it, as far as the trusted proxy says. */
  isSecure(request: IncomingMessage): boolean;
  /** A proxy that we trust: who comes through it shows only in what is asked. */
  trusts(address: string | undefined): boolean;
}

/** @param trusted addresses and networks in CIDR form; checked by `isNetwork` */
export function openRemote(trusted: readonly string[]): Remote {
  const trusts = trusted.length === 0 ? () => false : proxyaddr.compile([...trusted]);
  const isProxy = (address: string | undefined) => trusts(address ?? '', 0);
  return {
    trusts: isProxy,
    addressOf: (request) => plain(proxyaddr(request, trusts)),
    isSecure(request) {
      if (request.socket instanceof TLSSocket) return true;
      // Each proxy appends: the last word is that of the one which is connected to us.
      const told = String(request.headers['x-forwarded-proto'] ?? '').split(',');
      return isProxy(request.socket.remoteAddress) && told.at(-1)?.trim().toLowerCase() === 'https';
    },
  };
}

export function isNetwork(words: string): boolean {
  try {
    proxyaddr.compile(words);
    return true;
  } catch {
    return false;
  }
}

/** One address has one name, however the socket was opened. */
export const plain = (address: string | undefined): string => (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
