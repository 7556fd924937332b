/** Pure. The API and its webhooks in OpenAPI 3.1, written out of the tables of routes, scopes and what is told outside. */
import { type OutwardName, outwardBody, outwardNames } from '@nattfrid/shared/desk/outward';
import { permissions } from '@nattfrid/shared/desk/permissions';
import type { Route } from '@nattfrid/shared/desk/route';
import { ErrorAnswer, routes } from '@nattfrid/shared/desk/routes';
import { scopesFor } from '@nattfrid/shared/desk/scopes';
import { z } from 'zod';

/** @param version of the relay that answers so */
export function writeOpenApi(version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Nattfrid relay',
      version,
      description: 'Sessions are cookies, set by signIn. Other systems show a key, which has scopes and no role.',
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'nattfrid.session_token' },
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'Authorization: Bearer nf_…, made on the page of connections',
        },
      },
    },
    paths,
    webhooks: Object.fromEntries(outwardNames.map((name) => [name, { post: told(name) }])),
  };
}

function operation(operationId: string, route: Route): unknown {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const fault = { description: 'What is wrong, as a code and in words', content: json(ErrorAnswer, 'output') };
  return {
    operationId,
    ...(route.action && {
      // Scopes of a key stand here as roles do (OpenAPI 3.1, Security Requirement Object).
      security: [{ session: [] }, ...scopesFor(route.action).map((scope) => ({ key: [scope] }))],
      description: `For: ${permissions[route.action].join(', ')}.`,
    }),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: paramSchema(route.params, name) })),
      ...queryNames(route.params, names).map((name) => ({
        name,
        in: 'query',
        schema: paramSchema(route.params, name),
      })),
    ],
    ...(route.method === 'POST' && { requestBody: { required: true, content: json(route.body, 'input') } }),
    responses: { 200: { description: 'Done', content: json(route.answer, 'output') }, default: fault },
  };
}

/** As Standard Webhooks has it: signed over id, time and body, and sent again with the same id until it is answered 2xx. */
function told(name: OutwardName): unknown {
  const header = (title: string, description: string) => ({
    ...{ name: title, in: 'header', required: true, description },
    schema: { type: 'string' },
  });
  return {
    operationId: `told-${name}`,
    parameters: [
      header('webhook-id', 'The same for each attempt of this message'),
      header('webhook-timestamp', 'When it was sent, in seconds since 1970'),
      header('webhook-signature', 'v1, and HMAC-SHA-256 in base64 over id.timestamp.body'),
    ],
    requestBody: { required: true, content: json(outwardBody(name), 'output') },
    responses: {
      '2XX': { description: 'Taken: it is not sent again' },
      410: { description: 'Nobody is here any more: nothing is sent any more' },
      default: { description: 'It is sent again, for 24 hours' },
    },
  };
}

const json = (schema: z.ZodType, io: 'input' | 'output') => ({ 'application/json': { schema: plain(schema, io) } });

function paramSchema(params: z.ZodType, name: string): unknown {
  const { properties } = plain(params, 'input') as { properties?: Record<string, unknown> };
  return properties?.[name] ?? { type: 'string' };
}

const queryNames = (params: Route['params'], inPath: readonly string[]): readonly string[] =>
  Object.keys((plain(params, 'input') as { properties?: object }).properties ?? {}).filter(
    (name) => !inPath.includes(name),
  );

function plain(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
