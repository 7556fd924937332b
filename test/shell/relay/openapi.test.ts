/** The document that the relay writes about itself: a kept validator takes it, and everything that there is stands in it. */
import { writeOpenApi } from '@nattfrid/relay/api/openapi';
import { outwardNames } from '@nattfrid/shared/desk/outward';
import { permissions } from '@nattfrid/shared/desk/permissions';
import type { Route } from '@nattfrid/shared/desk/route';
import { routes } from '@nattfrid/shared/desk/routes';
import { scopeNames, scopes, scopesFor } from '@nattfrid/shared/desk/scopes';
import { validate } from '@readme/openapi-parser';
import { describe, expect, it } from 'vitest';

const written = () => JSON.parse(JSON.stringify(writeOpenApi('0.0.0')));

describe('A6.5 the API as OpenAPI 3.1', () => {
  it('A6.5 is valid', async () => expect(await validate(written())).toMatchObject({ valid: true }));

  it('is found wrong where it is', async () => {
    const wrong = written();
    wrong.paths['/api/alarms'].get.parameters[0].in = 'nowhere';
    expect(await validate(wrong)).toMatchObject({ valid: false });
  });

  it('names every route with who may: a session, or a key with a scope', () => {
    const { paths } = written();
    for (const [name, { path, method, action }] of Object.entries(routes) as [string, Route][]) {
      const operation = paths[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()];
      expect(operation.operationId).toBe(name);
      const keys = action ? scopesFor(action).map((scope) => ({ key: [scope] })) : [];
      expect([name, operation.security]).toEqual([name, action ? [{ session: [] }, ...keys] : undefined]);
    }
  });

  it('names every webhook', () => expect(Object.keys(written().webhooks)).toEqual([...outwardNames]));

  it('has no scope that nothing needs, and no action in a scope that there is not', () => {
    const used = new Set((Object.values(routes) as Route[]).flatMap(({ action }) => action ?? []));
    const idle = scopeNames.filter((scope) => !scopes[scope].some((action) => used.has(action)));
    expect(idle).toEqual([]);
    for (const actions of Object.values(scopes))
      for (const action of actions) expect(permissions).toHaveProperty(action);
  });
});
