/** Pure. The API in OpenAPI 3.1, written out of the table of routes. */
import { permissions } from '@nattfrid/shared/desk/permissions';
import type { Route } from '@nattfrid/shared/desk/route';
import { ErrorAnswer, routes } from '@nattfrid/shared/desk/routes';
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
    info: { title: 'Nattfrid relay', version, description: 'Sessions are cookies, set by signIn.' },
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'nattfrid.session_token' } } },
    paths,
  };
}

function operation(operationId: string, route: Route): unknown {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const fault = { description: 'What is wrong, as a code and in words', content: json(ErrorAnswer, 'output') };
  return {
    operationId,
    ...(route.action && {
      security: [{ session: [] }],
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
