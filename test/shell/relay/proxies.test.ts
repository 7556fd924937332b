/** Behind a proxy: where somebody comes from is believed of a trusted one alone, and TLS may end in front of the relay. */

import type { Logger } from '@nattfrid/shared/log/logger';
import { elapsed } from '@nattfrid/shared/time/clock';
import { describe, expect, it, vi } from 'vitest';
import { openSocket, password } from '../../support/person.ts';
import { openSite, type Site, type SiteOptions } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

const fromOutside = { trustedProxies: '10.0.0.0/8' as never };

async function wrongSignIns(site: Site, many: number, headers: (time: number) => Record<string, string>) {
  let took = 0;
  for (let time = 0; time < many; time++) {
    const before = elapsed();
    const answer = await fetch(`${site.relay.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers(time) },
      body: JSON.stringify({ email: `nobody${time}@testby.se`, password: 'wrong' }),
    });
    expect(answer.status).toBe(401);
    took = elapsed() - before;
  }
  return took;
}

describe('the address of whoever asks', () => {
  for (const [name, settings, forwarded, slow] of [
    ['is what a trusted proxy says', {}, (time: number) => `203.0.113.${time}`, false],
    [
      'cannot be chosen by whoever asks through that proxy',
      {},
      (time: number) => `198.51.100.${time}, 203.0.113.7`,
      true,
    ],
    ['cannot be chosen by a stranger', fromOutside, (time: number) => `203.0.113.${time}`, true],
    [
      'is told through two proxies',
      { trustedProxies: '127.0.0.1,10.0.0.0/8' as never },
      (time: number) => `203.0.113.${time}, 10.1.2.3`,
      false,
    ],
    [
      'is nobody’s word where no proxy is trusted',
      { trustedProxies: '' as never },
      (time: number) => `203.0.113.${time}`,
      true,
    ],
  ] as const)
    it(`${name}: wrong attempts are ${slow ? '' : 'not '}slowed down`, async () => {
      await using site = await openSite({ settings });
      const took = await wrongSignIns(site, 8, (time) => ({ 'x-forwarded-for': forwarded(time) }));
      expect(took > 900).toBe(slow);
    });

  for (const [name, settings, told] of [
    ['a trusted proxy', {}, '203.0.113.9'],
    ['a stranger', fromOutside, '127.0.0.1'],
  ] as const)
    it(`in the log, for a unit whose WebSocket came through ${name}, is ${told}`, async () => {
      const refused: unknown[] = [];
      const log = logOf((sentence, fields) => {
        if (sentence === 'A connection is refused') refused.push(fields['address']);
      });
      await using site = await openSite({ settings, log });
      const unit = await site.unit('proxied');
      const headers = { 'x-forwarded-for': '203.0.113.9' };
      await expect(connectUnit(site.relay, unit, { password: 'wrong', wsOptions: { headers } })).rejects.toThrow();
      await vi.waitFor(() => expect(refused).toEqual([told]));
    });

  it('of a socket is that of its request', async () => {
    await using site = await openSite();
    const unit = await site.unit('pictures');
    const knock = async (forwarded: string) => {
      const before = elapsed();
      await openSocket(`${site.relay.url}/pictures/unit`, {
        authorization: `Bearer ${unit.unit}:wrong`,
        'x-forwarded-for': forwarded,
      }).catch(() => {});
      return elapsed() - before;
    };
    let last = 0;
    for (let time = 0; time < 8; time++) last = await knock('203.0.113.1');
    expect(last).toBeGreaterThan(900);
    expect(await knock('203.0.113.2')).toBeLessThan(700);
  });
});

describe('a proxy that ends TLS', () => {
  const signIn = async (options: SiteOptions, headers: Record<string, string>) => {
    await using site = await openSite(options);
    await site.person('Anna', 'operator');
    const answer = await fetch(`${site.relay.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ email: 'anna@testby.se', password }),
    });
    const cookies = answer.headers.getSetCookie();
    const secure = cookies.filter((line) => /; *secure/i.test(line)).length;
    return [secure === cookies.length && secure > 0, answer.headers.has('strict-transport-security')];
  };
  const viaTls = { 'x-forwarded-proto': 'https' };

  it.for([
    ['is believed where it is trusted', {}, viaTls, true],
    ['is not believed where it is not', fromOutside, viaTls, false],
    ['is known from publicOrigin', { publicOrigin: 'https://tillsyn.se' }, {}, true],
    ['is not there', {}, {}, false],
    ['says that it was plain', {}, { 'x-forwarded-proto': 'https, http' }, false],
  ] as const)(
    '%s: cookies are for TLS alone, and browsers are told to keep to it',
    async ([, settings, headers, so]) => {
      expect(await signIn({ settings }, headers)).toEqual([so, so]);
    },
  );
});

function logOf(tell: (sentence: string, fields: Record<string, unknown>) => void): Logger {
  const say = (sentence: string, fields: Record<string, unknown> = {}) => tell(sentence, fields);
  const log = { debug() {}, info() {}, warn: say, error: say, child: () => log } as unknown as Logger;
  return log;
}
