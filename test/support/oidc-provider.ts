/** A real OpenID Connect provider on loopback (oidc-provider, certified): whoever is asked for has signed in there already. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the browser may be sent back to. */
  redirectTo(uri: string): void;
  /** Who signs in from now on, and what is said of them. */
  person: { readonly sub: string; readonly acr?: string; readonly [claim: string]: unknown };
  /** What each authorisation request held. */
  readonly asked: URLSearchParams[];
}

export async function openTestProvider(): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirects: string[] = ['http://127.0.0.1:1/'];
  const asked: URLSearchParams[] = [];
  const [clientId, clientSecret] = ['nattfrid', 'a secret between these two'];
  const loa3 = 'http://id.elegnamnden.se/loa/1.0/loa3';
  let provider: Provider | undefined;
  const test: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    redirectTo(uri) {
      redirects.push(uri);
      provider = build();
    },
    person: { sub: 'nobody' },
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  function build(): Provider {
    const made = new Provider(issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: redirects,
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      pkce: { required: () => true },
      acrValues: [loa3, 'http://id.elegnamnden.se/loa/1.0/loa2'],
      conformIdTokenClaims: false,
      claims: { openid: ['sub', 'acr'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      cookies: { keys: ['only for tests'] },
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ ...test.person, sub }) }),
      async loadExistingGrant(context) {
        const { client, session } = context.oidc;
        const grant = new context.oidc.provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
      features: { devInteractions: { enabled: false } },
    });
    return made;
  }
  server.on('request', (request, response) => {
    provider ??= build();
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/auth') asked.push(url.searchParams);
    if (url.pathname.startsWith('/interaction/')) {
      const { sub, acr } = test.person;
      void provider.interactionFinished(request, response, { login: { accountId: sub, ...(acr && { acr }) } });
    } else provider.callback()(request, response);
  });
  return test;
}

/** A browser without a page: goes where it is sent, and keeps the cookies of each site. */
export function openWalker() {
  const jars = new Map<string, Map<string, string>>();
  return {
    cookies: (site: string) =>
      [...(jars.get(new URL(site).host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; '),
    /** @returns every address on the way, the last of which answered with something else than «go there» */
    async walk(from: string, stop: (url: string) => boolean = () => false): Promise<readonly string[]> {
      const way = [from];
      for (let url = from; way.length < 20; ) {
        if (stop(url)) return way;
        const { host } = new URL(url);
        const jar = jars.get(host) ?? new Map<string, string>();
        jars.set(host, jar);
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
        const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
        await answer.arrayBuffer();
        for (const line of answer.headers.getSetCookie()) {
          const [name = '', ...value] = line.split(';')[0]!.split('=');
          jar.set(name, value.join('='));
        }
        const to = answer.headers.get('location');
        if (!to) return way;
        url = new URL(to, url).href;
        way.push(url);
      }
      return way;
    },
  };
}
