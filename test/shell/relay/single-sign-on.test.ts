/** Signing in at an organisation's own provider: a real one, with PKCE, state and nonce; who it may name, and how sure it is. */
import { randomUUID } from 'node:crypto';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import { openTestProvider, openWalker, type TestProvider } from '../../support/oidc-provider.ts';
import type { Person } from '../../support/person.ts';
import { aPlan } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const loa3 = 'http://id.elegnamnden.se/loa/1.0/loa3';
let site: Site;
let provider: TestProvider;
let anna: Person;
let adam: Person;
let home: SpeakingUnit;
const settings = (more: object = {}) => ({
  lookAssurance: 1,
  provider: {
    issuer: provider.issuer,
    clientId: provider.clientId,
    roleClaim: 'groups',
    roles: [
      { claim: 'nattpatrull', role: 'night-patrol' },
      { claim: 'larm', role: 'operator' },
    ],
    letsInUnknown: false,
    ...more,
  },
});
const set = (more: object = {}, lookAssurance = 1) =>
  adam.call('setSignIn', {}, { settings: { ...settings(more), lookAssurance }, secret: provider.clientSecret });

beforeAll(async () => {
  site = await openSite();
  provider = await openTestProvider();
  provider.redirectTo(`${site.relay.url}/api/sso/callback/own`);
  await site.relay.addOrganisation({ organisation: 'larm', name: 'Larmcentralen', kind: 'operator' });
  [anna, adam] = [await site.person('Anna', 'operator'), await site.person('Adam', 'administrator')];
  await site.person('Lars', 'operator', 'larm');
  home = await connectUnit(site.relay, await site.unit('home'));
  await site.sendPlan(aPlan('home'));
  await set();
});
afterAll(async () => {
  await home[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

/** Signs in as whom the provider names. @returns where the browser ends, and who the relay says that it is */
async function comeIn(person: TestProvider['person'], back = '/visits') {
  provider.person = person;
  const browser = openWalker();
  const way = await browser.walk(`${site.relay.url}/api/sso/start/own?back=${encodeURIComponent(back)}`);
  const cookie = browser.cookies(site.relay.url);
  const me = await fetch(`${site.relay.url}/api/me`, { headers: { cookie } });
  const answer = (await me.json()) as { readonly name?: string; readonly role?: string };
  return { end: way.at(-1)!.slice(site.relay.url.length), cookie, me: me.status === 200 ? answer : undefined };
}
const openLook = async (cookie: string) => {
  const answer = await fetch(`${site.relay.url}/api/looks/open`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ unit: 'home', reason: { type: 'window', window: 'dygnet' }, operatorKey: 'k'.repeat(43) }),
  });
  return { status: answer.status, ...((await answer.json()) as { readonly code?: string }) };
};
const column = (sql: string) => {
  using disk = openDisk(site.database);
  return disk.prepare(sql).all();
};

describe('A5.9 whoever signs in at the own provider', () => {
  it('is who they are here, goes back to where they were, and the request is bound by PKCE, state and nonce', async () => {
    const { end, me, cookie } = await comeIn({
      sub: 'a-1',
      email: 'anna@testby.se',
      email_verified: true,
      name: 'Anna',
      acr: loa3,
    });
    expect([end, me]).toMatchObject(['/visits', { name: 'Anna', role: 'operator' }]);
    const asked = provider.asked.at(-1)!;
    expect([asked.get('code_challenge_method'), asked.get('response_type')]).toEqual(['S256', 'code']);
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)!.length).toBeGreaterThan(20);
    expect(cookie).toContain('session_token');
    expect(
      column('select "accessToken", "refreshToken", "idToken" from accounts where "providerId" = \'own\''),
    ).toEqual([{ accessToken: null, refreshToken: null, idToken: null }]);
  });

  it('has the role that the provider says', async () => {
    const anna = { sub: 'a-1', email: 'anna@testby.se', email_verified: true, name: 'Anna' };
    expect((await comeIn({ ...anna, groups: ['annat', 'nattpatrull'] })).me?.role).toBe('night-patrol');
    expect((await comeIn({ ...anna, groups: ['larm'] })).me?.role).toBe('operator');
  });

  it('is not let in where nobody knows them, unless the organisation says so, and then with the least role', async () => {
    const siv = { sub: 's-1', email: 'siv@testby.se', email_verified: true, name: 'Siv' };
    expect(await comeIn(siv)).toMatchObject({ end: '/?refused=not-allowed', me: undefined });
    await set({ letsInUnknown: true });
    expect((await comeIn(siv)).me).toMatchObject({ name: 'Siv', role: 'statistics' });
    await set();
  });

  it('is never somebody of another organisation, whatever the provider says', async () => {
    for (const letsInUnknown of [true, false]) {
      await set({ letsInUnknown });
      const { me } = await comeIn({ sub: 'l-1', email: 'lars@testby.se', email_verified: true, name: 'Lars' });
      expect(me).toBeUndefined();
    }
  });

  it('that names first one and then another is not believed', async () => {
    await site.person('Bo', 'operator');
    const { me } = await comeIn({ sub: 'a-1', email: 'bo@testby.se', email_verified: true, name: 'Bo' });
    expect(me?.name).not.toBe('Bo');
    expect(me).toBeUndefined();
  });

  it('comes back to no other site', async () => {
    const anna = { sub: 'a-1', email: 'anna@testby.se', email_verified: true, name: 'Anna' };
    for (const back of ['https://evil.example', '//evil.example', '/\\evil.example', '/%0d%0aset-cookie:x'])
      expect((await comeIn(anna, back)).end).toBe('/');
  });

  it('a callback that nobody here has begun, or with a code that is not the provider’s, lets nobody in', async () => {
    for (const query of ['', 'code=made-up', `code=made-up&state=${randomUUID()}`, 'error=access_denied']) {
      const browser = openWalker();
      await browser.walk(`${site.relay.url}/api/sso/callback/own?${query}`);
      expect(browser.cookies(site.relay.url)).not.toContain('session_token');
    }
  });

  it('a sign-in that was begun in one browser cannot be finished in another', async () => {
    provider.person = { sub: 'a-1', email: 'anna@testby.se', email_verified: true, name: 'Anna' };
    const one = openWalker();
    const way = await one.walk(`${site.relay.url}/api/sso/start/own`, (url) => url.includes('/callback/'));
    const other = openWalker();
    await other.walk(way.at(-1)!);
    expect(other.cookies(site.relay.url)).not.toContain('session_token');
  });
});

describe('B3 how sure it must be who looks', () => {
  const anna3 = { sub: 'a-1', email: 'anna@testby.se', email_verified: true, name: 'Anna', acr: loa3 };
  it('a password is not enough where the organisation says so, an e-ID is; both are written', async () => {
    await set({}, 3);
    expect(await openLook(anna.cookie)).toMatchObject({ status: 403, code: 'assurance-low' });
    expect(column("select details from audit where what = 'refused' and details like '%assurance-low%'").length).toBe(
      1,
    );
    const weak = await comeIn({ ...anna3, acr: 'http://id.elegnamnden.se/loa/1.0/loa2' });
    expect((await openLook(weak.cookie)).code).toBe('assurance-low');
    const strong = await comeIn(anna3, '/look/1');
    expect(strong.end).toBe('/look/1');
    expect((await openLook(strong.cookie)).status).toBe(200);
    expect(
      column('select details from audit where what = \'signed-in\' and details like \'%"assurance":"3"%\'').length,
    ).toBeGreaterThan(0);
    await set();
  });
  it('everything else goes on with a password', async () => {
    await set({}, 3);
    expect((await anna.desk()).units.length).toBe(1);
    await set();
  });
});

describe('the settings', () => {
  it('never tell the secret, on the disk it is sealed, and another provider does not get it', async () => {
    expect(JSON.stringify(await adam.call('signInSettings'))).not.toContain(provider.clientSecret);
    expect(JSON.stringify(column('select * from sign_in_settings'))).not.toContain(provider.clientSecret);
    await adam.call('setSignIn', {}, { settings: settings({ issuer: 'https://other.example' }) });
    expect(column('select secret from sign_in_settings')).toEqual([{ secret: null }]);
    await set();
  });
  it('take no provider that is reached in the open', async () => {
    const code = await adam.call('setSignIn', {}, { settings: settings({ issuer: 'http://provider.example' }) }).then(
      () => 'taken',
      ({ code }: Fault) => code,
    );
    expect(code).toBe('request-invalid');
  });
  it('say on the sign-in page whose provider there is', async () => {
    const answer = await fetch(`${site.relay.url}/api/sign-in-ways`);
    expect(await answer.json()).toEqual({ passkeys: false, ways: [{ organisation: 'own', name: 'Kommunen' }] });
  });
});
