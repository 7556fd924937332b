/**
 * Standby: one open, authorised connection to the relay, so that a look's first picture waits for no handshake. TCP, TLS and WebSocket are
 * three round trips, a third of a second over a poor link. It carries nothing until a look takes it.
 */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { aborted } from '@nattfrid/shared/lifetime/aborted';
import { keep } from '@nattfrid/shared/lifetime/keep';
import type { Logger } from '@nattfrid/shared/log/logger';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { type Certified, tlsOf } from '../trust/certified.ts';
import { openSocket, type Socket } from './socket.ts';
import { unitPlace } from './unit-place.ts';

export interface Standby extends AsyncDisposable {
  /** @returns undefined where no connection is ready */
  take(): Taken | undefined;
}

export interface Taken {
  /** The taker's to begin and to close. */
  readonly socket: Socket;
  /** The look is over, and another standby is opened; not earlier, because it would take the place of the look's connection. */
  release(): void;
}

export interface StandbyParts {
  /** http(s):// or ws(s)://, without a path; asked at each attempt. */
  readonly relayUrl: () => string;
  /** A certificate authority of the relay's own, PEM. */
  readonly ca?: string;
  readonly unit: UnitId;
  readonly token: string | undefined;
  /** Of a unit that was paired: in place of the token. */
  readonly certified?: (() => Certified) | undefined;
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

/** Keeps one connection ready until disposed or aborted. */
export function openStandby(parts: StandbyParts, signal: AbortSignal): Standby {
  const { clock, random, log } = parts;
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const ended = aborted(until);
  let ready: { readonly socket: Socket; readonly take: () => Taken } | undefined;

  /** Opens one connection, and waits until it is lost, or taken and released. */
  async function standOnce(): Promise<void> {
    // A taken connection is ended by its look.
    const mine = new AbortController();
    const abort = () => mine.abort();
    until.addEventListener('abort', abort, { once: true });
    const letGo = () => until.removeEventListener('abort', abort);
    try {
      const socket = await openSocket({ ...placeOf(parts), clock }, mine.signal);
      const [taken, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<void>()];
      ready = {
        socket,
        take() {
          letGo();
          taken.resolve(undefined);
          return { socket, release: released.resolve };
        },
      };
      const fault = await Promise.race([taken.promise, socket.closed]);
      ready = undefined;
      if (fault) throw fault;
      await Promise.race([released.promise, ended]);
    } finally {
      letGo();
    }
  }
  const standing = keep(
    async () => {
      while (!until.aborted) await standOnce();
    },
    {
      clock,
      waits: () => backoff(ladder, random),
      ended: (fault) => {
        const said = { code: fault?.code, words: fault?.message };
        if (fault?.code === 'relay-not-trusted') log.warn('The picture socket to the relay is not opened', said);
        else log.debug('No connection stands by for the next look.', said);
      },
    },
    until,
  );
  return {
    take() {
      const one = ready?.take();
      ready = undefined;
      return one;
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await standing;
    },
  };
}

function placeOf({ relayUrl, ca, unit, token, certified }: StandbyParts) {
  return { ...unitPlace(relayUrl(), unit, token), ...(ca ? { ca } : {}), ...tlsOf(certified) };
}
