/** Hundreds of strangers guess at once at a real relay, and whoever knows the password comes in while they are still at it. */
import { describe, expect, it } from 'vitest';
import { password } from '../../support/person.ts';
import { openRelayProcess } from '../../support/relay-process.ts';

const many = 300;

const floods: readonly (readonly [string, (time: number) => readonly string[], boolean])[] = [
  ['at all accounts from behind the same proxy', (time: number) => [`nobody${time}`, '198.51.100.1'], false],
  ['at this account from many addresses', (time: number) => ['anna', `203.0.113.${time % 250}`], false],
  ['at this account, and it is a device that has signed in before', () => ['anna', '198.51.100.1'], true],
];

async function signIn(url: string, name: string, word: string, from: string, cookie = '') {
  const answer = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, cookie },
    body: JSON.stringify({ email: `${name}@testby.se`, password: word }),
  });
  await answer.arrayBuffer();
  return { status: answer.status, cookies: answer.headers.getSetCookie() };
}

describe(`while ${many} strangers guess at once`, () => {
  it.for(floods)('the right password is taken: %s', async ([, stranger, known]) => {
    await using relay = openRelayProcess();
    await relay.command(['add-operator', 'anna@testby.se', 'Anna', 'operator'], `${password}\n`);
    const url = await relay.start();
    const cookie = known ? (await signIn(url, 'anna', password, '192.0.2.1')).cookies.join('; ') : '';
    let answered = 0;
    for (let time = 0; time < many; time++) {
      const [name = '', address = ''] = stranger(time);
      const guess = signIn(url, name, `guess number ${time}`, address);
      // Those that are left when the relay is ended hear nothing.
      void guess.then(() => answered++).catch(() => {});
    }
    const right = await signIn(url, 'anna', password, '198.51.100.1', cookie);
    expect([right.status, answered < many]).toEqual([200, true]);
  });
});
