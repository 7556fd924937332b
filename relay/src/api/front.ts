/** What a node of several answers itself: the console's files, and how it is. All else it carries to the main node. */
import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:tls';
import fastifyStatic from '@fastify/static';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Carry } from '../carry/carry.ts';
import { portOf } from '../socket/listen-on.ts';
import type { Remote } from '../socket/remote.ts';
import { statusOf } from '../socket/status.ts';
import { cachingOf, consoleRoot, openFastify } from './app.ts';
import { type CertificateFiles, readCertificate } from './certificate.ts';
import { securityHeaders } from './headers.ts';

export interface Front extends AsyncDisposable {
  readonly server: Server;
  listen(host: string, port: number): Promise<{ readonly port: number }>;
  /** As of the relay's own (`api/app.ts`). */
  renewCertificate(): void;
}

export async function openFront(parts: {
  readonly tls: CertificateFiles | undefined;
  readonly publicOrigin: string | undefined;
  readonly remote: Remote;
  readonly consoleFolder: string | undefined;
  readonly requestWithin: Duration;
  readonly carry: Carry;
  /** How this node is. @returns why it is not well, or undefined; with what else whoever watches it wants to know */
  readonly health: () => Promise<{ readonly fault?: Fault | undefined; readonly about: object }>;
}): Promise<Front> {
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
    return reply.status(statusOf(fault)).send({ code: fault.code, words: fault.message });
  });
  if (parts.consoleFolder)
    await app.register(fastifyStatic, {
      root: consoleRoot(parts.consoleFolder),
      wildcard: false,
      cacheControl: false,
      preCompressed: true,
    });
  await app.ready();
  return {
    server: app.server,
    async listen(host, port) {
      try {
        await app.listen({ host, port });
      } catch (cause) {
        throw new Fault('config-invalid', `Nothing can listen on ${host}:${port}. Is it taken, or not allowed?`, {
          cause,
        });
      }
      return { port: portOf(app.server, port) };
    },
    renewCertificate() {
      if (parts.tls && app.server instanceof TlsServer) app.server.setSecureContext(readCertificate(parts.tls));
    },
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}
