/**
 * Connections whose other end has not yet shown who it is: so many of one address, and of all together. One more, and the one that
 * has waited longest gives way: idle ones never keep out whoever shows the right token or is signed in.
 */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { openRate } from '../limit/rate.ts';

/** A TCP connection, under TLS or not: the same two figures name both. */
export interface Connection {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  destroy(): unknown;
  once(event: 'close', call: () => void): unknown;
}

export interface Crowd {
  /** @param address where it comes from, as far as is known now; told again, it is the new one. Undefined: a proxy, which all may stand behind */
  came(connection: Connection, address: string | undefined): void;
  /** It has shown a credential that is right. @param credential whose: never the secret itself */
  shown(connection: Connection, credential: string): void;
}

/** Of one credential: a unit has four, a person with several screens a dozen. The eldest gives way. */
const mostKnown = 60;
/** Addresses that may be as full as one: a relay has so many descriptors and no more. */
const fullAddresses = 10;

interface One {
  readonly connection: Connection;
  /** Of which crowd it is one. */
  readonly crowd: string;
}

export function openCrowd(parts: { readonly perAddress: number; readonly clock: Clock; readonly log: Logger }): Crowd {
  const { perAddress, clock, log } = parts;
  /** Each in the order in which they came. */
  const all = new Map<string, One>();
  const crowds = new Map<string, Set<string>>();
  const strangers = new Set<string>();
  const told = openRate(1, 1);

  function leave(name: string): void {
    const one = all.get(name);
    if (!one) return;
    all.delete(name);
    strangers.delete(name);
    const crowd = crowds.get(one.crowd);
    crowd?.delete(name);
    if (crowd?.size === 0) crowds.delete(one.crowd);
  }
  function join(connection: Connection, crowd: string, most: number): void {
    const name = nameOf(connection);
    if (all.get(name)?.crowd === crowd) return;
    if (all.has(name)) leave(name);
    else connection.once('close', () => leave(name));
    all.set(name, { connection, crowd });
    const others = crowds.get(crowd) ?? new Set();
    crowds.set(crowd, others.add(name));
    if (others.size > most) giveWay(others, crowd);
  }
  function giveWay(from: ReadonlySet<string>, crowd: string): void {
    const [eldest = ''] = from;
    if (told.take(crowd, clock.now()))
      log.warn('Too many connections are open: the one that has waited longest gives way', { crowd, open: from.size });
    const one = all.get(eldest);
    leave(eldest);
    one?.connection.destroy();
  }

  return {
    came(connection, address) {
      // Already gone.
      if (connection.remotePort === undefined) return;
      join(
        connection,
        `from ${address === undefined ? 'a proxy' : networkOf(address)}`,
        address === undefined ? Number.POSITIVE_INFINITY : perAddress,
      );
      const name = nameOf(connection);
      if (all.has(name)) strangers.add(name);
      if (strangers.size > fullAddresses * perAddress) giveWay(strangers, 'all');
    },
    shown(connection, credential) {
      // Through a proxy one connection carries the requests of many.
      if (all.has(nameOf(connection))) join(connection, credential, mostKnown);
    },
  };
}

const nameOf = ({ remoteAddress, remotePort }: Connection): string => `${remoteAddress} ${remotePort}`;

/** One home or company has as many IPv6 addresses as it likes: they are one (RFC 6177). */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = [], tail] = (address.split('%')[0] ?? '').split('::').map((part) => part.split(':').filter(Boolean));
  const left = Array(Math.max(0, 8 - head.length - (tail?.length ?? 0))).fill('0');
  const four = [...head, ...left, ...(tail ?? [])].slice(0, 4).map((word) => Number.parseInt(word, 16).toString(16));
  return `${four.join(':')}::/64`;
}
