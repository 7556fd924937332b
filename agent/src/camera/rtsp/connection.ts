/** RTSP client over one TCP connection: requests with a timeout, authentication, and the interleaved packets in between. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Duration } from '@nattfrid/shared/time/duration';
import { authorise, type Challenge, strongestChallenge } from './digest.ts';
import { type RtspEvent, type RtspResponse, rtspReader, writeRequest } from './message.ts';
import type { RtspAddress } from './url.ts';

export interface RtspConnection extends Disposable {
  /** Sends a request, with authentication on demand. @throws Fault `camera-refused-login`, `camera-silent`, `camera-not-video`, `camera-dropped` */
  ask(method: string, url: string, headers?: Readonly<Record<string, string>>): Promise<RtspResponse>;
  /** Sends a request without waiting; its response comes among the events. */
  send(method: string, url: string, headers?: Readonly<Record<string, string>>): void;
  /** The next event; undefined: the camera has closed the connection, or `until` resolved first. */
  next(until: Promise<void>): Promise<RtspEvent | undefined>;
  /** The camera has closed the connection. */
  readonly closed: boolean;
  /** Takes a new nonce out of a response 401. @returns true: the request is to be sent again */
  refresh(response: RtspResponse): boolean;
}

export interface ConnectOptions {
  readonly address: RtspAddress;
  readonly clock: Clock;
  /** Timeout for connecting, and for each response. */
  readonly patience: Duration;
}

/** @throws Fault `camera-unreachable`. The signal closes the connection at any time. */
export async function connectRtsp(options: ConnectOptions, signal: AbortSignal): Promise<RtspConnection> {
  const socket = await openSocket(options, signal);
  const abort = () => socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  const events = eventsOf(socket);
  const { address, clock, patience } = options;
  let sequence = 0;
  let login: { readonly challenge: Challenge; count: number } | undefined;

  const send = (method: string, url: string, headers: Readonly<Record<string, string>> = {}) => {
    const nonce = randomBytes(8).toString('hex');
    const proof =
      login && address.credentials
        ? {
            Authorization: authorise(login.challenge, address.credentials, {
              method,
              url,
              count: ++login.count,
              clientNonce: nonce,
            }),
          }
        : {};
    socket.write(writeRequest(method, url, ++sequence, { ...headers, ...proof }));
    return String(sequence);
  };
  const answer = async (number: string): Promise<RtspResponse> => {
    const waited = new AbortController();
    const until = clock.sleep(patience, waited.signal);
    try {
      while (true) {
        const event = await events.next(until);
        if (event === undefined) throw events.ended ? faults.closed(address) : faults.silent(address);
        if (event.type === 'junk' || (event.type === 'data' && sequence === 1)) throw faults.notRtsp(address);
        if (event.type === 'response' && (event.headers.get('cseq')?.[0] ?? number) === number) return event;
      }
    } finally {
      waited.abort();
    }
  };
  return {
    next: (until) => events.next(until),
    get closed() {
      return events.ended;
    },
    send,
    refresh({ status, headers }) {
      const challenge = status === 401 ? strongestChallenge(headers.get('www-authenticate') ?? []) : undefined;
      if (!challenge || challenge.nonce === login?.challenge.nonce) return false;
      login = { challenge, count: 0 };
      return true;
    },
    async ask(method, url, headers = {}) {
      const first = await answer(send(method, url, headers));
      if (first.status !== 401) return first;
      const challenge = strongestChallenge(first.headers.get('www-authenticate') ?? []);
      if (!address.credentials || !challenge) throw faults.refused(address);
      login = { challenge, count: 0 };
      const second = await answer(send(method, url, headers));
      if (second.status === 401) throw faults.refused(address);
      return second;
    },
    [Symbol.dispose]() {
      signal.removeEventListener('abort', abort);
      socket.destroySoon();
    },
  };
}

async function openSocket({ address, clock, patience }: ConnectOptions, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host: address.host, port: address.port, noDelay: true, keepAlive: true });
  const settled = new AbortController();
  const opened = new Promise<undefined>((resolve, reject) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
  const abort = () => socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const late = clock.sleep(patience, settled.signal).then(() => Promise.reject(new Error('no answer in time')));
    late.catch(() => {});
    await Promise.race([opened, late]);
  } catch (cause) {
    socket.destroy();
    throw faults.unreachable(address, cause);
  } finally {
    settled.abort();
    signal.removeEventListener('abort', abort);
  }
  // Ignored: an error is followed by the end of the stream.
  socket.on('error', () => {});
  return socket;
}

/** Reads the socket on demand, so that packets never pile up in memory (backpressure). */
function eventsOf(socket: Socket) {
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let rest = rtspReader.initial;
  let queue: readonly RtspEvent[] = [];
  let coming: Promise<Uint8Array | undefined> | undefined;
  let ended = false;
  const chunk = (): Promise<Uint8Array | undefined> =>
    chunks.next().then(
      (next) => (next.done ? undefined : next.value),
      () => undefined,
    );
  return {
    get ended() {
      return ended;
    },
    async next(until: Promise<void>): Promise<RtspEvent | undefined> {
      while (queue.length === 0 && !ended) {
        coming ??= chunk();
        const got = await Promise.race([coming, until.then(() => 'late' as const)]);
        if (got === 'late') return undefined;
        coming = undefined;
        if (got === undefined) ended = true;
        else [rest, queue] = rtspReader.step(rest, got);
      }
      const [first, ...others] = queue;
      queue = others;
      return first;
    },
  };
}

/** Messages for a technician beside the camera; the name holds no credentials. */
const faults = {
  unreachable: ({ name }: RtspAddress, cause: unknown) =>
    new Fault(
      'camera-unreachable',
      `Nobody answers at the camera's address ${name}. Is it switched on, is the cable in, is the address right?`,
      { cause, fields: { camera: name } },
    ),
  refused: ({ name, credentials }: RtspAddress) =>
    new Fault(
      'camera-refused-login',
      credentials
        ? `The camera ${name} refuses the user name or the password. Correct them in the unit's configuration.`
        : `The camera ${name} wants a user name and a password. Put them into the unit's configuration.`,
      { fields: { camera: name } },
    ),
  silent: ({ name }: RtspAddress) =>
    new Fault('camera-silent', `The camera ${name} took the call and then said nothing. Restart the camera.`, {
      fields: { camera: name },
    }),
  closed: ({ name }: RtspAddress) =>
    new Fault('camera-dropped', `The camera ${name} hung up instead of answering. Does it allow one more viewer?`, {
      fields: { camera: name },
    }),
  notRtsp: ({ name }: RtspAddress) =>
    new Fault('camera-not-video', `What answers at ${name} does not speak RTSP. Is that the camera's RTSP port?`, {
      fields: { camera: name },
    }),
};
