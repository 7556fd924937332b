/**
 * One connection to the relay that stands by, open and let in, so that the first picture of a look waits for no handshake: TCP, TLS and
 * the WebSocket are three times there and back, a third of a second over a poor link. It carries nothing until a look takes it.
 */
import { sockets } from '@nattfrid/shared/desk/routes';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { aborted } from '@nattfrid/shared/lifetime/aborted';
import { keep } from '@nattfrid/shared/lifetime/keep';
import type { Logger } from '@nattfrid/shared/log/logger';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { openSocket, type Socket } from './socket.ts';

export interface Standby extends AsyncDisposable {
  /** @returns the connection, for whoever begins it and closes it; undefined where none is there. Another is opened when it has ended. */
  take(): Socket | undefined;
}

export interface StandbyParts {
  /** http(s):// or ws(s)://, without a path. */
  readonly relayUrl: string;
  /** A certificate authority of the relay's own, PEM. */
  readonly ca?: string;
  readonly unit: UnitId;
  readonly token: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
}

const ladder: Ladder = [
  { wait: seconds(2), times: 2 },
  { wait: seconds(5), times: 3 },
  { wait: seconds(15), times: 4 },
  { wait: minutes(1), times: Number.POSITIVE_INFINITY },
];

/** Stands by from now on, until it is disposed of or aborted. */
export function openStandby(parts: StandbyParts, signal: AbortSignal): Standby {
  const { clock, random, log } = parts;
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const ended = aborted(until);
  let ready: { readonly socket: Socket; readonly take: () => void } | undefined;

  /** Opens one, and waits for its end: also where a look has taken it. Another beside that look's pictures would take their place. */
  async function standOnce(): Promise<void> {
    // Once it is taken its look ends it, not we.
    const mine = new AbortController();
    const abort = () => mine.abort();
    until.addEventListener('abort', abort, { once: true });
    const release = () => until.removeEventListener('abort', abort);
    try {
      const socket = await openSocket({ ...placeOf(parts), clock }, mine.signal);
      const taken = Promise.withResolvers<undefined>();
      ready = { socket, take: () => taken.resolve(undefined) };
      const fault = await Promise.race([taken.promise, socket.closed]);
      ready = undefined;
      if (fault) throw fault;
      release();
      await Promise.race([socket.closed, ended]);
    } finally {
      release();
    }
  }
  const standing = keep(
    async () => {
      while (!until.aborted) await standOnce();
    },
    {
      clock,
      waits: () => backoff(ladder, random),
      ended: (fault) => log.debug('No connection stands by for the next look.', { code: fault?.code }),
    },
    until,
  );
  return {
    take() {
      const { socket, take } = ready ?? {};
      ready = undefined;
      take?.();
      return socket;
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await standing;
    },
  };
}

function placeOf({ relayUrl, ca, unit, token }: StandbyParts) {
  return { ...unitPlace(relayUrl, unit, token), ...(ca ? { ca } : {}) };
}

/** Where a unit's pictures go in, and who it says it is. */
export function unitPlace(relayUrl: string, unit: UnitId, token: string, query = '') {
  const url = new URL(`${sockets.unit}${query}`, relayUrl);
  url.protocol = url.protocol.replace('http', 'ws');
  return { url: url.href, headers: { authorization: `Bearer ${unit}:${token}` } };
}
