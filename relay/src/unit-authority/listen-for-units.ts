/**
 * The listener for units that were paired: TLS 1.3, each with its own certificate. What is not of this relay's authority hears nothing but
 * that it is refused, and one that has expired can have a new one and nothing else. Nothing of the console's API is behind it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, seconds } from '@nattfrid/shared/time/duration';
import { longestPairingMessage, RenewalAsked, renewalPath } from '@nattfrid/shared/wire/pairing';
import type { Refusals } from '../audit/refusals.ts';
import { openRate } from '../limit/rate.ts';
import type { Crowd } from '../socket/crowd.ts';
import { type Entrance, openDoor } from '../socket/door.ts';
import { credentialOf, type Guests } from '../socket/guests.ts';
import { listenOn } from '../socket/listen-on.ts';
import { plain, type Remote } from '../socket/remote.ts';
import { statusOf } from '../socket/status.ts';
import { listenerLasts, type UnitAuthority } from './authority.ts';
import type { Judged, Shown } from './judge.ts';
import type { Renew } from './renew.ts';

/** What else a unit may fetch there; by the path's beginning. @returns whether it has answered */
export type ForUnits = (unit: string, request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Time for a handshake. */
const handshake = seconds(10);
/** How often it is looked whether the listener's own certificate is to be made anew. */
const looks = hours(6);
/** Renewals of one unit. */
const renewals = { atOnce: 4, perMinute: 1 };

export async function listenForUnits(parts: {
  readonly host: string;
  readonly port: number;
  readonly names: readonly string[];
  readonly authority: UnitAuthority;
  readonly judge: (shown: Shown) => Promise<Judged>;
  readonly renew: Renew;
  readonly entrances: Readonly<Record<string, Entrance>>;
  readonly others: readonly ForUnits[];
  readonly guests: Guests;
  readonly remote: Remote;
  readonly crowd: Crowd;
  readonly refusals: Refusals;
  readonly clock: Clock;
  readonly log: Logger;
}): Promise<AsyncDisposable & { readonly port: number }> {
  const { authority, names, clock, remote, crowd, guests } = parts;
  const log = parts.log.child('units');
  const rate = openRate(renewals.atOnce, renewals.perMinute);
  let own = await authority.certifyListener(names, clock.now());
  let ownSince = clock.steady();
  const server = createTlsServer({
    ...own,
    ca: [authority.certificate],
    requestCert: true,
    // Judged by ourselves, so that one that has expired can be renewed: see judge.ts.
    rejectUnauthorized: false,
    minVersion: 'TLSv1.3',
    handshakeTimeout: handshake,
    ALPNProtocols: ['http/1.1'],
  });
  const http = createServer({ requestTimeout: seconds(30), headersTimeout: seconds(15), maxHeaderSize: 8 * 1024 });
  const direct: Remote = {
    // What stands in the headers is the unit's own word: between it and here nobody could have written any.
    addressOf: (request) => plain(request.socket.remoteAddress),
    isSecure: () => true,
    trusts: remote.trusts,
  };
  server.on('connection', (raw) => {
    if (!remote.trusts(raw.remoteAddress)) crowd.came(raw, plain(raw.remoteAddress));
    raw.on('error', () => raw.destroy());
  });
  const open = new Set<TLSSocket>();
  server.on('secureConnection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    http.emit('connection', socket);
  });
  server.on('tlsClientError', (error) => log.debug('A connection failed before it was a unit', { words: error.message }));
  const door = openDoor({
    ...{ server: http, entrances: parts.entrances, guests, remote: direct, crowd, clock, log },
  });
  http.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error('A request of a unit failed', { words: asFault(error).message });
      if (!response.headersSent) refuse(response, asFault(error));
      else response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const judged = await parts.judge(shownBy(request));
    const address = direct.addressOf(request);
    if (judged.type === 'refused') {
      await writeRefusal(parts.refusals, judged, address);
      return refuse(response, notThisUnit(judged));
    }
    crowd.shown(request.socket, credentialOf({ type: 'unit', unit: judged.unit }));
    if (request.method === 'POST' && request.url === renewalPath) {
      if (!rate.take(judged.unit, clock.now()))
        return refuse(response, new Fault('too-many-requests', 'This unit asks for certificates too often.'));
      const asked = RenewalAsked.safeParse(await readJson(request));
      const renewed = asked.success
        ? await parts.renew(judged, asked.data)
        : new Fault('request-invalid', 'A renewal needs a request, a time and a signature.');
      if (!(renewed instanceof Fault)) return send(response, 200, renewed);
      const why = renewed.code;
      const details = { why, unit: judged.unit };
      await parts.refusals.write({ who: `unit ${judged.unit}`, counted: `renew ${judged.unit}`, subject: 'units', details });
      return refuse(response, renewed);
    }
    if (judged.type === 'expired') return refuse(response, expired());
    for (const other of parts.others) if (await other(judged.unit, request, response)) return;
    refuse(response, new Fault('not-found', 'There is nothing at this address.'));
  }

  const renewing = clock.every(looks, () => {
    if (clock.steady() - ownSince < listenerLasts / 3) return;
    ownSince = clock.steady();
    void authority.certifyListener(names, clock.now()).then(
      (made) => {
        own = made;
        server.setSecureContext({ ...own, ca: [authority.certificate], minVersion: 'TLSv1.3' });
        log.info('The listener for units has a new certificate');
      },
      (error: unknown) => log.error('The listener for units gets no new certificate', { words: asFault(error).message }),
    );
  });
  const port = await listenOn(server, parts.host, parts.port, 'units');
  return {
    port,
    async [Symbol.asyncDispose]() {
      renewing[Symbol.dispose]();
      door[Symbol.dispose]();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      http.closeAllConnections();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** What the other end of this request's connection has shown. */
export function shownBy(request: IncomingMessage): Shown {
  const socket = request.socket as Partial<TLSSocket>;
  const certificate = socket.getPeerX509Certificate?.()?.raw;
  const error: unknown = socket.authorizationError;
  const fault = error ? (error instanceof Error && 'code' in error ? String(error.code) : String(error)) : undefined;
  return { certificate: certificate && new Uint8Array(certificate), fault };
}

export const expired = (): Fault =>
  new Fault('not-now', 'The certificate of this unit has expired: it opens nothing but its renewal.', {
    fields: { why: 'certificate-expired' },
  });

export const notThisUnit = ({ why }: { readonly why: string }): Fault =>
  new Fault('not-signed-in', 'This certificate opens nothing here.', { fields: { why } });

export const writeRefusal = (
  refusals: Refusals,
  { why, unit }: Extract<Judged, { type: 'refused' }>,
  address: string,
): Promise<void> =>
  refusals.write({
    who: unit ? `unit ${unit}` : 'nobody',
    counted: `units ${unit ?? address} ${why}`,
    subject: 'units',
    details: { why, ...(unit && { unit }) },
  });

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request) {
    text += String(piece);
    if (text.length > longestPairingMessage) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, fault: Fault): void {
  const { why } = fault.fields;
  const words = fault.code === 'broken-invariant' ? 'The relay failed. Try again.' : fault.message;
  response.setHeader('connection', 'close');
  send(response, statusOf(fault), { code: fault.code, words, ...(why !== undefined && { why }) });
}
