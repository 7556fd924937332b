/**
 * Whether the main node can be reached for what is carried to it: requests and the live stream go another way than the bus, which may be
 * well while this one is not. A connection is tried again and again; an answer is not waited for.
 */
import { connect } from 'node:net';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';

export interface Reach extends Disposable {
  /** Nobody has been reached there for so long that nobody waits for it any more. */
  readonly isLost: boolean;
}

const trying = seconds(1);
/** Two lost packets of a connection that begins are made up for within 3 s (RFC 6298, 2.1). */
const longest = seconds(4);

/** @param to address of the main node; undefined: it is this one, or none is known. @param lost told when it cannot be reached any more */
export function watchReach(parts: {
  readonly to: () => string | undefined;
  readonly clock: Clock;
  readonly lost: () => void;
}): Reach {
  const { to, clock } = parts;
  const open = new Set<{ destroy(): unknown }>();
  let at: string | undefined;
  let reachedAt = clock.steady();
  let isLost = false;
  const reached = (url: string) => {
    if (url !== at) return;
    reachedAt = clock.steady();
    isLost = false;
  };
  const timer = clock.every(trying, () => {
    const url = to();
    if (url !== at) {
      at = url;
      reachedAt = clock.steady();
      isLost = false;
    }
    if (url === undefined) return;
    if (!isLost && clock.steady() - reachedAt > longest) {
      isLost = true;
      parts.lost();
    }
    const { hostname, port, protocol } = new URL(url);
    const socket = connect({
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      timeout: longest,
    });
    open.add(socket);
    socket.on('connect', () => {
      reached(url);
      socket.destroy();
    });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  return {
    get isLost() {
      return isLost;
    },
    [Symbol.dispose]() {
      timer[Symbol.dispose]();
      for (const socket of open) socket.destroy();
    },
  };
}
