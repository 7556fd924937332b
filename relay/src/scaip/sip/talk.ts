/**
 * Talks SIP with one server: asks with MESSAGE (RFC 3428), logs in where it is asked to, and answers what the server asks on the
 * same line. The line is opened when something is to be said, and again when it has ended.
 */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type Address, type Transport, uriOf } from './address.ts';
import { answerChallenge, chooseChallenge, type Login } from './digest.ts';
import type { FindPlaces } from './find.ts';
import { type Line, openLine } from './line.ts';
import {
  branchOf,
  type Headers,
  header,
  headersOf,
  responseTo,
  type SipRequest,
  type SipResponse,
  writeSip,
} from './message.ts';
import { type Transaction, type TransactionEvent, transactionMachine } from './transaction.ts';

export interface Asking {
  /** Of the address that it is from. */
  readonly from: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface Talk extends Disposable {
  /** @returns the final answer. @throws Fault `link-refused`, `link-lost`; at an abort too. */
  ask(asking: Asking, signal: AbortSignal): Promise<SipResponse>;
}

interface TalkParts {
  readonly address: Address;
  readonly transport: Transport;
  readonly login: Login | undefined;
  readonly authority: string | undefined;
  readonly clock: Clock;
  readonly find: FindPlaces;
  /** Fresh and hard to guess, of letters and digits. */
  readonly newName: () => string;
  /** A MESSAGE that the server asks; each once, however often it is sent again. */
  readonly told: (request: SipRequest) => void;
}

/** How often it is looked whether something is to be sent again. */
const pulse = milliseconds(100);
/** Requests that are remembered, so that one that comes again is answered and not told again. */
const mostRemembered = 200;

export function openTalk(parts: TalkParts): Talk {
  const { address, transport, login, clock, newName } = parts;
  const closing = new AbortController();
  const open = new Map<string, (event: TransactionEvent, response?: SipResponse) => void>();
  const answered = new Map<string, string>();
  let opening: Promise<Line> | undefined;
  let line: Line | undefined;
  let sequence = 0;
  /** When something came on the line last. */
  let heardAt = clock.steady();

  async function lineNow(signal: AbortSignal): Promise<Line> {
    if (line?.isOpen) return line;
    opening ??= connect().finally(() => {
      opening = undefined;
    });
    const opened = opening;
    opened.catch(() => {});
    return new Promise((resolve, reject) => {
      const stop = () => reject(lost('nobody has answered in time'));
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      opened.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
  }

  /** Each place that DNS names, until one is there. */
  async function connect(): Promise<Line> {
    let why: unknown = lost('no address');
    for (const place of await parts.find(address, transport)) {
      const within = new AbortController();
      const stop = () => within.abort();
      closing.signal.addEventListener('abort', stop, { once: true });
      const waiting = new AbortController();
      void clock.sleep(milliseconds(5000), waiting.signal).then(() => !waiting.signal.aborted && stop());
      try {
        const opened: Line = await openLine(
          {
            place,
            transport,
            name: address.host.replace(/^\[|\]$/g, ''),
            authority: parts.authority,
            hear(message) {
              heardAt = clock.steady();
              if (message.type === 'response') response(message);
              else request(message, opened);
            },
            ended() {
              for (const step of [...open.values()]) step({ type: 'lost' });
            },
          },
          within.signal,
        );
        if (closing.signal.aborted) opened[Symbol.dispose]();
        line = opened;
        return opened;
      } catch (error) {
        why = error;
      } finally {
        waiting.abort();
        closing.signal.removeEventListener('abort', stop);
      }
    }
    throw why;
  }

  const response = (message: SipResponse) =>
    open.get(branchOf(message) ?? '')?.({ type: 'response', status: message.status, at: clock.steady() }, message);

  /** What we are asked: MESSAGE is taken, OPTIONS answered, anything else is not for us. */
  function request(message: SipRequest, on: Line): void {
    if (message.method === 'ACK') return;
    const name = [header(message, 'call-id'), header(message, 'cseq'), branchOf(message)].join('\n');
    const before = answered.get(name);
    const tag = before ?? newName();
    answered.set(name, tag);
    if (answered.size > mostRemembered) answered.delete(answered.keys().next().value!);
    const isMessage = message.method === 'MESSAGE';
    const isTaken = isMessage || message.method === 'OPTIONS';
    const taken = responseTo(message, isTaken ? 200 : 405, isTaken ? 'OK' : 'Method Not Allowed', tag);
    const allow = isMessage ? [] : [['allow', 'MESSAGE, OPTIONS'] as const];
    on.send(writeSip({ ...taken, headers: [...taken.headers, ...allow] }));
    if (isMessage && before === undefined) parts.told(message);
  }

  /** A connection that a router has forgotten takes everything and brings nothing: the next question opens another. */
  function leaveDeaf(on: Line, askedAt: Duration): void {
    if (!on.reliable || heardAt > askedAt) return;
    on[Symbol.dispose]();
    if (line === on) line = undefined;
  }

  /** One request until its final response. */
  async function transact(on: Line, bytes: (branch: string) => Uint8Array, signal: AbortSignal): Promise<SipResponse> {
    const branch = `z9hG4bK${newName()}`;
    const written = bytes(branch);
    const machine = transactionMachine(on.reliable);
    let state: Transaction = machine.initial;
    const timer = new DisposableStack();
    return new Promise<SipResponse>((resolve, reject) => {
      const step = (event: TransactionEvent, answer?: SipResponse) => {
        const [next, effects] = machine.step(state, event);
        state = next;
        for (const effect of effects) {
          if (effect.type === 'send') on.send(written);
          if (effect.type === 'final' && answer) resolve(answer);
          if (effect.type === 'nobody')
            reject(lost(effect.why === 'lost' ? 'the line has ended' : 'nobody has answered'));
        }
      };
      open.set(branch, step);
      if (!on.reliable) timer.use(clock.every(pulse, () => step({ type: 'tick', at: clock.steady() })));
      const askedAt = clock.steady();
      const stop = () => {
        leaveDeaf(on, askedAt);
        step({ type: 'lost' });
      };
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      timer.defer(() => signal.removeEventListener('abort', stop));
      step({ type: 'start', at: clock.steady() });
    }).finally(() => {
      open.delete(branch);
      timer[Symbol.dispose]();
    });
  }

  return {
    async ask({ from, contentType, body }, signal) {
      const uri = uriOf(address, transport);
      const { user: _user, ...domain } = address;
      const callId = newName();
      const fromTag = newName();
      let proof: Headers = [];
      for (let turn = 1; ; turn++) {
        const on = await lineNow(signal);
        sequence++;
        const number = sequence;
        const headers = (branch: string): Headers => [
          ['via', `SIP/2.0/${transport.toUpperCase()} ${on.here};branch=${branch};rport`],
          ['max-forwards', '70'],
          ['from', `<${uriOf({ ...domain, user: from, port: undefined }, transport)}>;tag=${fromTag}`],
          ['to', `<${uri}>`],
          ['call-id', callId],
          ['cseq', `${number} MESSAGE`],
          ['user-agent', 'Nattfrid'],
          ...proof,
          ['content-type', contentType],
        ];
        const answer = await transact(
          on,
          (branch) => writeSip({ type: 'request', method: 'MESSAGE', uri, headers: headers(branch), body }),
          signal,
        );
        const asks = { 401: 'www-authenticate', 407: 'proxy-authenticate' }[answer.status];
        const challenge = asks && login && chooseChallenge(headersOf(answer, asks));
        // Twice: the first nonce may have grown old on the way.
        if (!challenge || turn > 2 || (turn > 1 && !challenge.stale)) return answer;
        const asked = { method: 'MESSAGE', uri, count: 1, cnonce: newName() };
        proof = [
          [answer.status === 401 ? 'authorization' : 'proxy-authorization', answerChallenge(challenge, login, asked)],
        ];
      }
    },
    [Symbol.dispose]() {
      closing.abort();
      line?.[Symbol.dispose]();
      for (const step of [...open.values()]) step({ type: 'lost' });
    },
  };
}

const lost = (why: string): Fault => new Fault('link-lost', `No answer over SIP: ${why}.`);
