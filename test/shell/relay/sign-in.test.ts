/** Signing in while somebody guesses: wrong attempts wait, and whoever knows the password comes in. */
import { scryptSync } from 'node:crypto';
import { elapsed } from '@nattfrid/shared/time/clock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import { password } from '../../support/person.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
  for (const name of ['Anna', 'Bo', 'Cia', 'Dan', 'Eli']) await site.person(name, 'operator');
});
afterAll(() => site[Symbol.asyncDispose]());

let tests = 0;
let from = '';
/** Each test comes from an address of its own, as a proxy on this machine tells it. */
beforeEach(() => {
  from = `10.0.0.${++tests}`;
});

async function attempt(name: string, word: string, cookie = '') {
  const before = elapsed();
  const response = await fetch(`${site.relay.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-forwarded-for': from },
    body: JSON.stringify({ email: `${name.toLowerCase()}@testby.se`, password: word }),
  });
  await response.arrayBuffer();
  return { status: response.status, took: elapsed() - before, cookies: response.headers.getSetCookie() };
}
/** One after the other. */
async function guess(name: string, many: number) {
  const answers = [];
  for (let time = 0; time < many; time++) answers.push(await attempt(name, `guess number ${time}`));
  return answers;
}
const deviceOf = (cookies: readonly string[]) => cookies.find((line) => line.startsWith('nattfrid.device-'));

describe('whoever knows the password', () => {
  it('is let in after many wrong attempts at the account, a little later', async () => {
    const wrong = await guess('Anna', 9);
    expect(wrong.map(({ status }) => status)).toEqual(Array(9).fill(401));
    expect(wrong.at(-1)!.took).toBeGreaterThan(1800);
    const right = await attempt('Anna', password);
    expect(right.status).toBe(200);
    expect(right.took).toBeLessThan(5500);
  });

  it('is let in at once where nobody guesses at this account, whatever comes from the same address', async () => {
    await guess('Bo', 7);
    const right = await attempt('Cia', password);
    expect([right.status, right.took < 700]).toEqual([200, true]);
  });

  it('is let in at once on a device that has signed in before, while others guess', async () => {
    const device = deviceOf((await attempt('Dan', password)).cookies);
    expect(device).toMatch(/HttpOnly/);
    expect(device).toMatch(/SameSite=Strict/);
    expect(device).toMatch(/Max-Age=\d{8}/);
    const cookie = device!.split(';')[0]!;
    await guess('Dan', 8);
    const [known, unknown, forged] = [
      await attempt('Dan', password, cookie),
      await attempt('Dan', password),
      await attempt('Dan', password, `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`),
    ];
    expect([known.status, unknown.status, forged.status]).toEqual([200, 200, 200]);
    expect(known.took).toBeLessThan(700);
    expect(Math.min(unknown.took, forged.took)).toBeGreaterThan(900);
  });
});

describe('whoever guesses', () => {
  it('gains nothing by guessing many times at once', async () => {
    const before = elapsed();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, time) => attempt('Cia', `all at once ${time}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(elapsed() - before).toBeGreaterThan(4900);
  });

  it('is slowed down on a known device as well', async () => {
    const { cookies } = await attempt('Dan', password);
    const cookie = deviceOf(cookies)!.split(';')[0]!;
    let last = 0;
    for (let time = 0; time < 7; time++) last = (await attempt('Dan', `known ${time}`, cookie)).took;
    expect(last).toBeGreaterThan(450);
  });

  it('waits as long for an account that there is not', async () => {
    const took = async (name: string, address: string) => {
      from = address;
      return (await guess(name, 7)).at(-1)!.took;
    };
    const [there, not] = [await took('Eli', '10.1.0.1'), await took('Nobody', '10.1.0.2')];
    expect([there > 450, not > 450]).toEqual([true, true]);
  });
});

describe('a password that is chosen', () => {
  for (const [name, word, words] of [
    ['twelve equal letters', 'aaaaaaaaaaaa', 'easy to guess'],
    ['a row of the keyboard', 'qwertyuiopåä', 'easy to guess'],
    ['figures in order', '123456789012', 'easy to guess'],
    ['the own name and address', 'gun.berg@testby.se', 'easy to guess'],
    ['a season and a year', 'sommaren2026', 'easy to guess'],
    ['what everybody takes in Swedish', 'Lösenord1234', 'easy to guess'],
    ['short', 'k7#pQ9!x', 'at least 12 characters'],
  ] as const)
    it(`cannot be ${name}`, async () => {
      const person = { email: 'gun.berg@testby.se', name: 'Gun Berg', role: 'operator' } as const;
      const fault = await site.relay.addOperator(person, word);
      expect(fault).toMatchObject({ code: 'request-invalid', message: expect.stringContaining(words) });
      expect((fault as Error).message).toContain('Take four words');
    });

  it('may be four words, or drawn by a machine', async () => {
    const who = { name: 'Iris', role: 'operator' } as const;
    expect(await site.relay.addOperator({ ...who, email: 'iris@testby.se' }, 'kaffe tunnel ekorre sju')).toHaveProperty(
      'id',
    );
    expect(
      await site.relay.addOperator({ ...who, name: 'Jon', email: 'jon@testby.se' }, 'x3Gk_9fPqT2v'),
    ).toHaveProperty('id');
  });

  it('goes on working where it was chosen before', async () => {
    const salt = 'ab'.repeat(16);
    const hash = scryptSync('aaaaaaaaaaaa', salt, 64, { N: 16384, r: 16, p: 1, maxmem: 2 ** 26 }).toString('hex');
    using disk = openDisk(site.database);
    const sql = `update accounts set password = ? where "userId" = (select id from operators where name = 'Iris')`;
    disk.prepare(sql).run(`${salt}:${hash}`);
    expect((await attempt('Iris', 'aaaaaaaaaaaa')).status).toBe(200);
  });
});
