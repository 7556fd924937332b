/** Somebody on the way in: calls routes with the cookies that the answers before have set, and tells what was refused. */
import type { Relay } from '@nattfrid/relay/relay';
import { type Answered, type RouteName, routes } from '@nattfrid/shared/desk/routes';
import { password } from './person.ts';

export interface Browsing {
  readonly cookie: string;
  /** The answer, or `{ code }` and what else a refusal tells. */
  ask<Name extends RouteName>(
    name: Name,
    body?: unknown,
    params?: Readonly<Record<string, string>>,
  ): Promise<Partial<Answered<Name>> & { readonly code?: string; readonly needs?: number; readonly anyway?: boolean }>;
  /** As far as the password goes. */
  signIn(
    name: string,
    word?: string,
  ): Promise<{ readonly ticket?: string; readonly assurance?: number; readonly code?: string }>;
}

export function openBrowsing(relay: Pick<Relay, 'url'>): Browsing {
  const jar = new Map<string, string>();
  const browsing: Browsing = {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    async ask(name, body = {}, params = {}) {
      const { method, path } = routes[name];
      const answer = await fetch(`${relay.url}${path.replace(/:(\w+)/g, (_, param: string) => params[param] ?? '')}`, {
        method,
        headers: { cookie: browsing.cookie, ...(method === 'POST' && { 'content-type': 'application/json' }) },
        ...(method === 'POST' && { body: JSON.stringify(body) }),
      });
      for (const line of answer.headers.getSetCookie()) {
        const [cookie = '', ...value] = line.split(';')[0]!.split('=');
        jar.set(cookie, value.join('='));
      }
      return (await answer.json()) as never;
    },
    signIn: (name, word = password) =>
      browsing.ask('signIn', { email: `${name.toLowerCase()}@testby.se`, password: word }) as never,
  };
  return browsing;
}
