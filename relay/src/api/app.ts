/** The door to Fastify: every route of the shared table behind its session and role; faults become a status and words. */

import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Server as TlsServer } from 'node:tls';
import fastifyStatic from '@fastify/static';
import { type Action, may } from '@nattfrid/shared/desk/permissions';
import type { Route } from '@nattfrid/shared/desk/route';
import { type RouteName, routes } from '@nattfrid/shared/desk/routes';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Duration } from '@nattfrid/shared/time/duration';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { computerOf, freshComputer } from '../computers/cookie.ts';
import type { Admitted, ApiKeys } from '../connections/api-keys.ts';
import type { Operators, Present } from '../operators/operators.ts';
import { ssoPath } from '../operators/single-sign-on.ts';
import { notFor } from '../organisations/out-of-reach.ts';
import type { Crowd } from '../socket/crowd.ts';
import { credentialOf } from '../socket/guests.ts';
import { portOf } from '../socket/listen-on.ts';
import type { Remote } from '../socket/remote.ts';
import { statusOf } from '../socket/status.ts';
import { closed, isClosed } from '../store/closed.ts';
import { type CertificateFiles, readCertificate } from './certificate.ts';
import type { ApiHandlers, Request } from './handler.ts';
import { securityHeaders } from './headers.ts';
import { writeOpenApi } from './openapi.ts';
import { isOurOwn } from './origin.ts';
import type { SignInElsewhere } from './sign-in-elsewhere.ts';

/** By the relay, and by each node of several. */
export interface Served extends AsyncDisposable {
  readonly server: Server;
  /** @throws Fault `config-invalid` where nothing can listen there */
  listen(host: string, port: number): Promise<{ readonly port: number }>;
  /** New connections get the certificate that lies there now; open ones go on. @throws Fault and keeps the old one */
  renewCertificate(): void;
}

interface AppParts {
  /** Of the relay. */
  readonly version: string;
  readonly log: Logger;
  readonly operators: Operators;
  readonly apiKeys: Pick<ApiKeys, 'admit'>;
  readonly handlers: ApiHandlers;
  readonly tls: CertificateFiles | undefined;
  readonly publicOrigin: string | undefined;
  readonly remote: Remote;
  readonly crowd: Pick<Crowd, 'shown'>;
  readonly consoleFolder: string | undefined;
  /** Somebody asked for what the role does not let them: on the disk before the answer. */
  readonly forbidden: (who: Present, route: string, action: Action) => Promise<void>;
  /** Whether two people have opened something for this person that this route is a part of: for which home is asked in `outOfReach`. */
  readonly mayUse: (who: Present, route: RouteName) => boolean;
  /** Where somebody is signed in. @returns why nothing is let through: the computer is locked */
  readonly cameFrom: (who: Present, route: RouteName, computer: string | undefined) => Promise<Fault | undefined>;
  /** @returns why nothing of what the request names is there for whoever asks, which is on the disk then */
  readonly outOfReach: (
    who: Present,
    route: RouteName,
    asked: { readonly params: unknown; readonly body: unknown; readonly byKey: boolean },
  ) => Promise<Fault | undefined>;
  readonly singleSignOn: SignInElsewhere;
  /** Writes something. @returns why the relay is not well, or undefined */
  readonly notWell: () => Promise<Fault | undefined>;
  /** A request that has not come whole within it is cut, headers within half of it. */
  readonly requestWithin: Duration;
}

export async function openApp(parts: AppParts): Promise<Served> {
  const log = parts.log.child('api');
  const app = openFastify(parts.tls, parts.requestWithin);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(isSecure(parts, request), request.url.split('?')[0] ?? ''));
    reply.header('cache-control', cachingOf(request.url));
    if (request.method === 'GET' || request.method === 'HEAD' || isOurOwn(request.headers, parts.publicOrigin)) return;
    throw new Fault('not-allowed', 'This request comes from another page than the console.');
  });
  app.setErrorHandler((error, request, reply) => answerFault(reply, toFault(error), log, request));
  app.setNotFoundHandler((request, reply) => {
    if (parts.consoleFolder && request.method === 'GET' && !/^\/(api|assets)\//.test(request.url))
      return reply.sendFile('index.html');
    return answerFault(reply, new Fault('not-found', 'There is nothing at this address.'), log, request);
  });
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) addRoute(app, parts, name, route);
  app.get('/api/openapi.json', async () => writeOpenApi(parts.version));
  addSignInElsewhere(app, parts);
  app.get('/healthz', async (_request, reply) => {
    const fault = await parts.notWell();
    if (!fault) return { well: true };
    return reply.status(503).send({ well: false, code: fault.code, words: fault.message });
  });
  return serve(app, parts);
}

/** The browser goes there and comes back by itself: it is shown pages and no JSON. */
function addSignInElsewhere(app: FastifyInstance, parts: AppParts): void {
  for (const step of ['start', 'callback'] as const)
    app.get<{ Params: { organisation: string } }>(`${ssoPath}/${step}/:organisation`, async (request, reply) => {
      const origin = parts.publicOrigin ?? `${isSecure(parts, request) ? 'https' : 'http'}://${request.host}`;
      const { to, cookies } = await parts.singleSignOn[step]({
        organisation: request.params.organisation,
        origin,
        query: request.url.split('?')[1] ?? '',
        cookie: request.headers.cookie ?? '',
        address: parts.remote.addressOf(request.raw),
      });
      if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
      return reply.redirect(to);
    });
}

function addRoute(app: FastifyInstance, parts: AppParts, name: RouteName, route: Route): void {
  const handler = parts.handlers[name] as (request: Request<never>) => Promise<unknown>;
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      const address = parts.remote.addressOf(request.raw);
      const key = await admitKey(parts, request, name, route, address);
      // Whoever shows a key is nobody else: a cookie beside it counts for nothing.
      const cookie = key ? undefined : request.headers.cookie;
      using _answering = key;
      let over = false;
      key?.onRevoke(() => {
        over = true;
        reply.raw.destroy();
      });
      const setCookies = (cookies: readonly string[]) =>
        void reply.header('set-cookie', isSecure(parts, request) ? cookies.map(secured) : [...cookies]);
      const computer = computerOf(cookie);
      if (!key && computer === undefined) setCookies([freshComputer()]);
      const who = key ? key.who : route.action && (await admit(parts, cookie, name, route.action));
      const locked = who && !key && (await parts.cameFrom(who, name, computer));
      if (locked) throw locked;
      if (who && !key) parts.crowd.shown(request.raw.socket, credentialOf({ type: 'session', session: who.session }));
      const asked = { ...(request.query as object), ...(request.params as object) };
      const params = check(route.params, asked, 'address');
      const body = route.method === 'POST' ? check(route.body, request.body ?? {}, 'body') : undefined;
      const outOfReach = who && (await parts.outOfReach(who, name, { params, body, byKey: key !== undefined }));
      if (outOfReach) throw outOfReach;
      const device = request.headers['user-agent'];
      const answer = await handler({
        params,
        body,
        who,
        cookie,
        address,
        device,
        host: request.host,
        setCookies,
        isOver: () => over,
      } as Request<never>);
      if (answer instanceof Fault) throw answer;
      if (!isPieces(answer)) return answer;
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${basename(route.path)}"`);
      await reply.send(Readable.from(answer));
      // A key that is revoked meanwhile cuts it.
      if (key) await finished(reply.raw).catch(() => {});
      return reply;
    },
  });
}

const isPieces = (answer: unknown): answer is AsyncIterable<string> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

/** TLS may end in front of us. */
const isSecure = ({ publicOrigin, remote }: AppParts, request: FastifyRequest): boolean =>
  publicOrigin?.startsWith('https:') === true || remote.isSecure(request.raw);

const secured = (cookie: string): string => (/; *secure/i.test(cookie) ? cookie : `${cookie}; Secure`);

async function admit(
  { operators, forbidden, mayUse }: AppParts,
  cookie: string | undefined,
  route: RouteName,
  action: Action,
): Promise<Present> {
  const who = await operators.who(cookie);
  if (!who) throw new Fault('not-signed-in', 'Sign in first.');
  if (may(who.role, action) || mayUse(who, route)) return who;
  await forbidden(who, route, action);
  throw notFor(who.role, action);
}

/** @returns undefined where no key is shown @throws Fault where it may not do this */
async function admitKey(
  { apiKeys }: AppParts,
  request: FastifyRequest,
  route: string,
  { action }: Route,
  address: string,
): Promise<Admitted | undefined> {
  const admitted = await apiKeys.admit(request.headers.authorization, { route, action }, address);
  if (admitted instanceof Fault) throw admitted;
  return admitted;
}

function check(schema: Route['body'], given: unknown, where: string): unknown {
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new Fault(
    'request-invalid',
    `The ${where} is wrong at «${issue?.path.join('.') ?? ''}»: ${issue?.message ?? ''}.`,
  );
}

/** Fastify's own errors (a body that is no JSON, or too long) are the asker's; anything else is ours. */
function toFault(error: unknown): Fault {
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500)
    return new Fault('request-invalid', error.message, { cause: error });
  return isClosed(error) ? closed(error) : asFault(error);
}

const why = ({ fields }: Fault) => (typeof fields['why'] === 'string' ? { why: fields['why'] } : {});

function answerFault(reply: FastifyReply, fault: Fault, log: Logger, request: FastifyRequest): FastifyReply {
  const status = statusOf(fault);
  if (status >= 500 && fault.code === 'broken-invariant')
    log.error('A request failed', { route: request.routeOptions.url ?? '', words: fault.message });
  const words = fault.code === 'broken-invariant' ? 'The relay failed. Nothing was done; try again.' : fault.message;
  const { needs, anyway } = fault.fields;
  const more = fault.code === 'assurance-low' ? { needs, ...(anyway && { anyway }) } : {};
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .send({ code: fault.code, words, ...why(fault), ...more });
}

/** @param requestWithin a request that has not come whole within it is cut, headers within half of it */
export function openFastify(tls: CertificateFiles | undefined, requestWithin: Duration): FastifyInstance {
  const options = { bodyLimit: 256 * 1024, forceCloseConnections: true, requestTimeout: requestWithin } as const;
  const http = {
    requestTimeout: requestWithin,
    headersTimeout: requestWithin / 2,
    connectionsCheckingInterval: Math.min(5000, requestWithin / 4),
  };
  if (!tls) return fastify({ ...options, http });
  return fastify({ ...options, https: { ...http, ...readCertificate(tls) } }) as unknown as FastifyInstance;
}

/** @param app with all its routes and hooks. @throws Fault `file-missing` where there is no console in the folder */
export async function serve(
  app: FastifyInstance,
  { consoleFolder, tls }: { readonly consoleFolder: string | undefined; readonly tls: CertificateFiles | undefined },
): Promise<Served> {
  if (consoleFolder)
    await app.register(fastifyStatic, {
      root: consoleRoot(consoleFolder),
      wildcard: false,
      cacheControl: false,
      // Each file beside its shorter one, as it was built (`relay/console/vite.config.ts`).
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
      if (tls && app.server instanceof TlsServer) app.server.setSecureContext(readCertificate(tls));
    },
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/**
 * What a page is made of has its content in its name; no other answer is ever kept. The page itself is not either, or the browser
 * would keep it alive, canvas and all, for whoever presses «back».
 */
export const cachingOf = (url: string): string =>
  url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store';

function consoleRoot(folder: string): string {
  const root = resolve(folder);
  if (existsSync(join(root, 'index.html'))) return root;
  throw new Fault(
    'file-missing',
    `There is no console in ${root}. Build it with npm run build:console, or leave out the setting.`,
  );
}
