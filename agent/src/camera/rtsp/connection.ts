/** RTSP client over one TCP connection: requests with a timeout, authentication, and the interleaved packets in between. */
import type { Socket } from 'node:net';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { answerTo } from './camera-request.ts';
import { earlyPackets, playsAlready } from './early-packets.ts';
import type { DataEvent, RtspEvent, RtspResponse } from './event.ts';
import { type Events, readEvents } from './events.ts';
import { connectionFaults as faults, loginFaults } from './faults.ts';
import { writeInterleaved } from './interleaved.ts';
import { openLogin } from './login.ts';
import type { Heard } from './message.ts';
import { type Outstanding, remember, requestOf } from './outstanding.ts';
import { openSocket } from './socket.ts';
import type { Tap } from './tap.ts';
import type { RtspAddress } from './url.ts';
import { writeRequest } from './write-message.ts';

export type RequestHeaders = Readonly<Record<string, string>>;

export interface RtspConnection extends Disposable {
  /** Where it leads, which changes when the camera sends the unit on. */
  readonly address: RtspAddress;
  /** IP addresses of the camera, and of the unit towards it. */
  readonly ends: { readonly camera: string; readonly own: string };
  /**
   * Sends a request, with authentication on demand; where the camera closes the connection between two requests, over a new one.
   * @param patience other than the usual. @throws Fault `camera-refused-login`, `camera-silent`, `camera-not-video`, `camera-dropped`
   */
  ask(method: string, url: string, headers?: RequestHeaders, patience?: Duration): Promise<RtspResponse>;
  /** Sends a request without waiting; its response comes among the events. */
  send(method: string, url: string, headers?: RequestHeaders): void;
  /** Sends a packet on an interleaved channel. */
  sendPacket(channel: number, payload: Uint8Array): void;
  /**
   * The next event; undefined: the camera has closed the connection, or `until` resolved first. Requests of the camera have been
   * answered, and a challenge has been taken.
   */
  next(until: Promise<void>): Promise<RtspEvent | undefined>;
  /** The camera has closed the connection. */
  readonly closed: boolean;
  tell(heard: Exclude<Heard, Uint8Array>): void;
  /** Puts a packet among the events that came by UDP. */
  hand(event: DataEvent): void;
  /** Goes on at another address. @param trusted it may have the credentials */
  follow(address: RtspAddress, trusted: boolean): Promise<void>;
}

export interface ConnectOptions {
  readonly address: RtspAddress;
  readonly clock: Clock;
  /** Timeouts for connecting, and for each response. */
  readonly patience: { readonly connect: Duration; readonly answer: Duration };
  readonly certificate?: string | undefined;
  /** Called when the camera refuses the password. @returns how often it has by now */
  readonly refused?: () => number;
  readonly tap?: Tap | undefined;
}

/** Bytes that wait to be sent to a camera that does not read; more, and it counts as gone. */
const longestBacklog = 64 * 1024;
/** For the last words to a camera. */
const farewell = milliseconds(500);
/** Bytes of rubbish after which what answers is no camera. */
const mostJunk = 64 * 1024;
/** Connections for one session; a camera that closes each must not be called without end. */
const mostReopened = 3;

/** @throws Fault `camera-unreachable`, `camera-not-trusted`. The signal closes the connection at any time. */
export async function connectRtsp(options: ConnectOptions, signal: AbortSignal): Promise<RtspConnection> {
  const { clock, patience, refused = () => 1, tap } = options;
  let address = options.address;
  let login = openLogin(address.credentials);
  let sequence = 0;
  let pending: readonly Outstanding[] = [];
  let reopened = 0;
  let understood = false;
  let wire = await open();
  const abort = () => wire.events.stop();
  signal.addEventListener('abort', abort, { once: true });

  async function open(): Promise<{ readonly socket: Socket; readonly events: Events; answered: boolean }> {
    const { certificate } = options;
    const socket = await openSocket({ address, clock, patience: patience.connect, certificate }, signal);
    return { socket, events: readEvents(socket, clock, tap), answered: false };
  }
  const reopen = async (): Promise<void> => {
    wire.socket.destroy();
    pending = [];
    wire = await open();
    if (signal.aborted) wire.events.stop();
  };
  const write = (bytes: string | Uint8Array): void => {
    if (wire.socket.writableLength > longestBacklog) wire.socket.destroy();
    else wire.socket.write(bytes);
  };
  const send = (method: string, url: string, headers: RequestHeaders = {}): Outstanding => {
    const one = { sequence: ++sequence, method };
    pending = remember(pending, one);
    tap?.asked(one);
    if (method === 'DESCRIBE') wire.events.tell('describing');
    write(writeRequest(method, url, sequence, { ...headers, ...login.proof(method, url) }));
    return one;
  };
  /** What every event means to the connection itself. @returns the request that a response answers */
  const note = (event: RtspEvent): Outstanding | undefined => {
    if (event.type === 'request') {
      tap?.requested(event);
      write(answerTo(event).text);
    }
    if (event.type === 'request' || event.type === 'response') understood = true;
    if (event.type !== 'response' || event.status < 200) return undefined;
    wire.answered = true;
    const answers = requestOf(pending, event);
    tap?.answered(event, answers);
    pending = pending.filter((one) => one !== answers);
    return answers;
  };
  const answer = async (one: Outstanding, within: Duration): Promise<RtspResponse | 'closed'> => {
    const waited = new AbortController();
    const until = clock.sleep(within, waited.signal);
    const early = earlyPackets(one.method);
    let junk = 0;
    try {
      while (true) {
        const event = await wire.events.next(until);
        if (event?.type === 'junk') junk += event.bytes;
        const stranger = !understood && (junk > mostJunk || (event === undefined && junk > 0));
        if (stranger) throw faults.notRtsp(address);
        if (event === undefined && wire.events.ended) return 'closed';
        if (event === undefined) {
          pending = pending.map((other) => (other === one ? { ...other, givenUp: true } : other));
          throw faults.silent(address);
        }
        if (event.type === 'data' && early.take(event, clock.steady())) return playsAlready;
        if (note(event) === one && event.type === 'response') return event;
      }
    } finally {
      waited.abort();
      wire.events.putBack(early.packets);
    }
  };
  const ask: RtspConnection['ask'] = async (method, url, headers = {}, within = patience.answer) => {
    for (let tries = 0; ; ) {
      if (signal.aborted) throw faults.hungUp(address);
      if (wire.events.ended && !('Session' in headers) && reopened++ < mostReopened) await reopen();
      const response = await answer(send(method, url, headers), within);
      if (response === 'closed') {
        // A session lives and dies with its connection; before it, cameras close after a 401, or after each answer.
        if (!wire.answered || 'Session' in headers || reopened++ >= mostReopened) throw faults.hungUp(address);
        await reopen();
        continue;
      }
      if (response.status !== 401) return response;
      const refusal = login.refused(response, tries++);
      if (refusal.type === 'wrong') throw loginFaults.wrong(address, refused());
      if (refusal.type === 'no-credentials') throw loginFaults.wanted(address);
      if (refusal.type === 'unknown-way') throw loginFaults.unknownWay(address, refusal.ways);
    }
  };
  return {
    get address() {
      return address;
    },
    get ends() {
      return { camera: wire.socket.remoteAddress ?? '', own: wire.socket.localAddress ?? '' };
    },
    get closed() {
      return wire.events.ended && !signal.aborted;
    },
    ask,
    send,
    sendPacket: (channel, payload) => write(writeInterleaved(channel, payload)),
    async next(until) {
      const event = await wire.events.next(until);
      if (event) note(event);
      if (event?.type === 'response' && event.status === 401) login.refused(event, 0);
      return event;
    },
    tell: (heard) => wire.events.tell(heard),
    hand: (event) => wire.events.hand(event),
    async follow(other, trusted) {
      address = other;
      if (!trusted) login = openLogin(undefined);
      understood = false;
      await reopen();
    },
    [Symbol.dispose]() {
      signal.removeEventListener('abort', abort);
      // What was said last (TEARDOWN) is lost where the socket closes over bytes that nobody has read.
      const { socket, events } = wire;
      socket.end();
      events.stop();
      socket.unref();
      void clock.sleep(farewell).then(() => socket.destroy());
    },
  };
}
