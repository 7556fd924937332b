/** Another system that webhooks are sent to: checks each signature as Standard Webhooks says, and answers well or badly, as it is told. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { OwnCertificate } from '../own-certificate.ts';

export type Manner =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hangs'
  | 'dies';

export interface Delivered {
  readonly id: string;
  readonly body: { readonly type: string; readonly version: number; readonly data: Readonly<Record<string, unknown>> };
  /** By the secret that it knows. */
  readonly signed: boolean;
  readonly path: string;
}

export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string;
  /** Everything that was asked, also what was answered badly. */
  readonly asked: readonly Delivered[];
  /** What was answered 200. */
  readonly taken: readonly Delivered[];
  secret: string;
  answer(...manners: readonly Manner[]): void;
  /** How every request is answered that no `answer` was given for. */
  always: Manner;
}

export async function openWebhookReceiver(certificate: OwnCertificate): Promise<WebhookReceiver> {
  const asked: Delivered[] = [];
  const taken: Delivered[] = [];
  const manners: Manner[] = [];
  const receiver = { secret: '', always: { status: 200 } as Manner };
  const server = createServer({ key: certificate.key, cert: certificate.cert }, async (request, response) => {
    const raw = await text(request);
    const id = String(request.headers['webhook-id']);
    const time = String(request.headers['webhook-timestamp']);
    const signature = String(request.headers['webhook-signature']);
    const key = Buffer.from(receiver.secret.replace(/^whsec_/, ''), 'base64');
    const right = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${time}.${raw}`).digest('base64')}`);
    const given = Buffer.from(signature);
    const signed = right.length === given.length && timingSafeEqual(right, given);
    const one = { id, body: JSON.parse(raw), signed, path: request.url ?? '' };
    asked.push(one);
    const manner = manners.shift() ?? receiver.always;
    if (manner === 'hangs') return;
    if (manner === 'dies') return void request.socket.destroy();
    if (manner.status < 300) taken.push(one);
    response.writeHead(manner.status, manner.headers).end(manner.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(receiver, {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    taken,
    answer: (...given: readonly Manner[]) => void manners.push(...given),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}
