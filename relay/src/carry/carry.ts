/** The door to httpxy: carries requests and sockets that are another node's to answer there, and says clearly where nobody does. */
import { Agent, type IncomingMessage, ServerResponse } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Socket as TcpSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from '@nattfrid/shared/log/logger';
import { seconds } from '@nattfrid/shared/time/duration';
import { createProxyServer } from 'httpxy';
import { noMain } from '../nodes/no-main.ts';
import { refuse } from '../socket/door.ts';
import { plain, type Remote } from '../socket/remote.ts';

export interface Carry {
  request(request: IncomingMessage, response: ServerResponse): void;
  socket(request: IncomingMessage, connection: Duplex, head: Buffer): void;
  /** Whoever waits for the other node is told that nobody answers, and screens that follow it live are let go. */
  letGo(): void;
}

/** Longer than any request may last. */
const longest = seconds(120);
const upgradeWithin = seconds(10);
/** Another node takes over within seconds. */
const retryAfter = 2;

/** @param to address of the node that answers now; undefined: none does */
export function openCarry(parts: {
  readonly to: () => string | undefined;
  readonly remote: Remote;
  readonly log: Logger;
}): Carry {
  const { to, remote } = parts;
  const log = parts.log.child('carry');
  const proxy = createProxyServer({ ws: true, xfwd: false, changeOrigin: false, proxyTimeout: longest });
  const agents = { http: new Agent({ keepAlive: true }), https: new TlsAgent({ keepAlive: true }) };
  const agentOf = (target: string) => (target.startsWith('https:') ? agents.https : agents.http);
  const waiting = new Set<Duplex | ServerResponse>();
  const carried = (one: Duplex | ServerResponse) => {
    waiting.add(one);
    one.once('close', () => waiting.delete(one));
  };
  proxy.on('error', (error) => log.debug('What was carried to another node has failed', { words: error.message }));
  // Each end goes with the other, also where it is this node that destroys one: the library leaves the far one open then.
  proxy.on('proxyReqWs', (asked, _request, near) => {
    asked.once('upgrade', (_answer, far) => {
      near.once('close', () => far.destroy());
      far.once('close', () => near.destroy());
    });
    near.once('close', () => asked.destroy());
  });
  /** What each proxy before this one has said of whoever asks is kept, and what this one sees itself comes last. */
  const sign = (request: IncomingMessage) => {
    const before = request.headers['x-forwarded-for'];
    const seen = plain(request.socket.remoteAddress);
    request.headers['x-forwarded-for'] = before ? `${before}, ${seen}` : seen;
    request.headers['x-forwarded-proto'] = remote.isSecure(request) ? 'https' : 'http';
  };
  return {
    request(request, response) {
      const target = to();
      if (target === undefined) return nobody(response);
      sign(request);
      carried(response);
      proxy.web(request, response, { target, agent: agentOf(target) }).catch(() => nobody(response));
    },
    socket(request, connection, head) {
      const target = to();
      if (target === undefined) return refuse(connection, noMain());
      sign(request);
      connection.on('error', () => connection.destroy());
      carried(connection);
      proxy
        .ws(request, connection as TcpSocket, { target, upgradeTimeout: upgradeWithin }, head)
        .catch(() => connection.destroy());
    },
    letGo() {
      for (const one of [...waiting])
        if (one instanceof ServerResponse) nobody(one);
        else one.destroy();
      // Those that stand by for the next request would be of no use either.
      for (const agent of [agents.http, agents.https]) agent.destroy();
    },
  };
}

function nobody(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { code, message } = noMain();
  response.writeHead(503, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'retry-after': String(retryAfter),
  });
  response.end(JSON.stringify({ code, words: message }));
}
