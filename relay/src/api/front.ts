/** What a node of several answers itself: the console's files, and how it is. All else it carries to the main node. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Carry } from '../carry/carry.ts';
import type { Remote } from '../socket/remote.ts';
import { statusOf } from '../socket/status.ts';
import { cachingOf, openFastify, type Served, serve } from './app.ts';
import type { CertificateFiles } from './certificate.ts';
import { securityHeaders } from './headers.ts';

export async function openFront(parts: {
  readonly tls: CertificateFiles | undefined;
  readonly publicOrigin: string | undefined;
  readonly remote: Remote;
  readonly consoleFolder: string | undefined;
  readonly requestWithin: Duration;
  readonly carry: Carry;
  /** How this node is. @returns why it is not well, or undefined; with what else whoever watches it wants to know */
  readonly health: () => Promise<{ readonly fault?: Fault | undefined; readonly about: object }>;
}): Promise<Served> {
  const app = openFastify(parts.tls, parts.requestWithin);
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (path.startsWith('/api/')) {
      // Before a byte of the body is read: it is the main node's to read, and to judge.
      reply.hijack();
      return parts.carry.request(request.raw, reply.raw);
    }
    const isSecure = parts.publicOrigin?.startsWith('https:') === true || parts.remote.isSecure(request.raw);
    reply.headers(securityHeaders(isSecure, path));
    reply.header('cache-control', cachingOf(request.url));
  });
  app.get('/healthz', async (_request, reply) => {
    const { fault, about } = await parts.health();
    if (!fault) return { well: true, ...about };
    return reply.status(503).send({ well: false, code: fault.code, words: fault.message, ...about });
  });
  app.setNotFoundHandler((request, reply) => {
    if (parts.consoleFolder && request.method === 'GET' && !request.url.startsWith('/assets/'))
      return reply.sendFile('index.html');
    const fault = new Fault('not-found', 'There is nothing at this address.');
    // What is not there here may be there tomorrow, or at another node that is newer.
    return reply
      .status(statusOf(fault))
      .header('cache-control', 'no-store')
      .send({ code: fault.code, words: fault.message });
  });
  return serve(app, parts);
}
