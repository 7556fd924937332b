/**
 * A push service: takes messages for the browsers that have subscribed, checks who sends them (RFC 8292) and what a message must
 * have (RFC 8030), opens them as the browser would, and answers well or badly, as it is told.
 */
import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Subscription } from '@nattfrid/shared/desk/push-routes';
import { PushMessage } from '@nattfrid/shared/desk/push-view';
import type { OwnCertificate } from '../own-certificate.ts';
import { type BrowserKeys, makeBrowserKeys, openPush } from './open-push.ts';

export type Manner =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Answers nothing, and keeps the connection. */
  | 'hangs'
  /** Cuts the connection. */
  | 'dies';

export interface Arrived {
  readonly message: PushMessage;
  readonly headers: IncomingHttpHeaders;
  /** Bytes on the wire. */
  readonly length: number;
}

export interface StandInBrowser {
  readonly subscription: Subscription;
  /** What its push service has taken for it. */
  readonly arrived: readonly Arrived[];
  /** Requests that have come for it, taken or not. */
  readonly asked: number;
  /** How the next ones are answered, one after the other; after them all is well. */
  answer(...manners: readonly Manner[]): void;
}

export interface PushService extends AsyncDisposable {
  readonly url: string;
  /** @param key the sender's, base64url: messages of anybody else are refused */
  subscribe(key: string): StandInBrowser;
  /** What was wrong with requests, in words. */
  readonly complaints: readonly string[];
}

interface Box extends StandInBrowser {
  readonly keys: BrowserKeys;
  readonly key: string;
  readonly arrived: Arrived[];
  readonly manners: Manner[];
  asked: number;
}

/** @param port 0: a free one */
export async function openPushService(certificate: OwnCertificate, port = 0): Promise<PushService> {
  const boxes = new Map<string, Box>();
  const complaints: string[] = [];
  const server = createServer({ key: certificate.key, cert: certificate.cert }, async (request, response) => {
    const box = boxes.get(request.url ?? '');
    const body = await buffer(request);
    if (!box) return void response.writeHead(404).end();
    box.asked++;
    const manner = box.manners.shift() ?? { status: 201 };
    if (manner === 'hangs') return;
    if (manner === 'dies') return void request.socket.destroy();
    if (manner.status >= 300) return void response.writeHead(manner.status, manner.headers).end('no');
    const wrong = wrongWith(request.headers, body, url, box.key);
    if (wrong) {
      complaints.push(wrong);
      return void response.writeHead(403).end(wrong);
    }
    const message = PushMessage.parse(JSON.parse(openPush(body, box.keys)));
    box.arrived.push({ message, headers: request.headers, length: body.length });
    response.writeHead(manner.status).end();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    complaints,
    subscribe(key) {
      const keys = makeBrowserKeys();
      const path = `/push/${boxes.size + 1}`;
      const manners: Manner[] = [];
      const coded = { p256dh: keys.ecdh.getPublicKey('base64url'), auth: keys.auth.toString('base64url') };
      const subscription = { endpoint: `${url}${path}`, keys: coded };
      const answer = (...given: readonly Manner[]) => void manners.push(...given);
      const box: Box = { subscription, keys, key, arrived: [], manners, asked: 0, answer };
      boxes.set(path, box);
      return box;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @returns what a strict push service would object to, or undefined */
function wrongWith(headers: IncomingHttpHeaders, body: Buffer, origin: string, key: string): string | undefined {
  const [, token = '', shown = ''] = /^vapid t=([^,\s]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  if (shown !== key) return 'the key is not the one that the browser subscribed with';
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(shown, 'base64url');
  const [x = '', y = ''] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const signed = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url')))
    return 'the signature is wrong';
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, string>;
  if (aud !== origin) return `the token is for ${aud}`;
  const left = Number(exp) - Date.now() / 1000;
  if (!(left > 0 && left <= 25 * 3600)) return `the token lasts ${left} s more`;
  if (!/^(https:|mailto:)/.test(sub ?? '')) return `nobody answers for it: ${sub}`;
  if (headers['content-encoding'] !== 'aes128gcm') return 'another coding than aes128gcm';
  if (!/^\d+$/.test(String(headers['ttl']))) return 'there is no TTL';
  if (!/^[\w-]{1,32}$/.test(String(headers['topic']))) return 'the topic is longer than 32 letters';
  if (!['very-low', 'low', 'normal', 'high'].includes(String(headers['urgency']))) return 'no such urgency';
  return body.length > 4096 ? 'it is longer than 4096 bytes' : undefined;
}
