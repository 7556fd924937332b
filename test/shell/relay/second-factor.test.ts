/** A second factor, as somebody meets it: codes of an app, recovery codes, passkeys, the own password; each once, and each written first. */
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Manner, openAuthenticator, type TestAuthenticator } from '../../support/authenticator.ts';
import { type Browsing, openBrowsing } from '../../support/browsing.ts';
import { openDisk } from '../../support/disk.ts';
import { type Person, password } from '../../support/person.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';

const origin = 'https://relay.testby.se';
let moved = 0;
const clock: Clock = { ...systemClock, now: () => instant(Date.now() + moved) };
const minutes = (many: number) => {
  moved += many * 60_000;
};
let site: Site;
let karin: Person;
beforeAll(async () => {
  site = await openSite({ clock, settings: { publicOrigin: origin } });
  karin = await site.person('Karin', 'coordinator');
});
afterAll(() => site[Symbol.asyncDispose]());

const rows = (sql: string) => {
  using disk = openDisk(site.database, { readOnly: true });
  return disk.prepare(sql).all() as unknown as readonly Readonly<Record<string, string>>[];
};
/** What the log says of one, newest last. */
const lines = (who: string) =>
  rows(`select what, details from audit where who = '${who}' order by number`).map(({ what, details = '' }) => ({
    what,
    ...(JSON.parse(details) as Readonly<Record<string, string>>),
  }));
/** Somebody who has not signed in yet. */
const add = async (name: string) =>
  orThrow(await site.relay.addOperator({ email: `${name.toLowerCase()}@testby.se`, name, role: 'operator' }, password));
const browse = () => openBrowsing(site.relay);
const codeOf = (secret: string, steps = 0) =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() + steps * 30_000 });

/** Signs in and makes an app known. */
async function withApp(name: string) {
  await add(name);
  const own = browse();
  await own.signIn(name);
  const { ticket, secret = '', uri = '' } = await own.ask('makeCodes', { password });
  const { recovery = [] } = await own.ask('addCodes', { ticket, code: codeOf(secret) });
  minutes(1);
  return { own, secret, uri, recovery, name };
}
/** In another browser, as far as the code. */
async function atTheCode(name: string) {
  const other = browse();
  const { ticket } = await other.signIn(name);
  return { other, ticket, give: (code: string) => other.ask('signInByCode', { ticket, code }) };
}

describe('an authenticator app', () => {
  it('is made known with the own password and a code, and what is kept of it tells nothing', async () => {
    await add('Anna');
    const own = browse();
    await own.signIn('Anna');
    expect((await own.ask('makeCodes', { password: 'not the password' })).code).toBe('password-wrong');
    const { ticket, secret = '', uri } = await own.ask('makeCodes', { password });
    expect(uri).toContain(`otpauth://totp/Nattfrid:anna%40testby.se?issuer=Nattfrid&secret=${secret}`);
    expect((await own.ask('addCodes', { ticket, code: '000000' })).code).toBe('code-wrong');
    expect((await own.ask('ownSignIn')).codes).toBeUndefined();
    const { recovery = [] } = await own.ask('addCodes', { ticket, code: codeOf(secret) });
    expect([recovery.length, new Set(recovery).size]).toEqual([10, 10]);
    expect((await own.ask('ownSignIn')).codes).toMatchObject({ recoveryLeft: 10 });
    const kept = JSON.stringify([rows('select * from authenticators'), rows('select * from recovery_codes')]);
    for (const told of [secret, ...recovery]) expect(kept).not.toContain(told);
    expect(lines('Anna').map(({ what }) => what)).toContain('authenticator-added');
  });

  it('is asked for after the password: without a code there is no session, with one it is of level 2', async () => {
    const { secret } = await withApp('Bo');
    const { other, ticket, give } = await atTheCode('Bo');
    expect([ticket === undefined, (await other.ask('me')).code]).toEqual([false, 'not-signed-in']);
    expect(await give(codeOf(secret))).toMatchObject({ name: 'Bo', assurance: 2 });
    expect(await other.ask('me')).toMatchObject({ name: 'Bo', assurance: 2 });
    expect(lines('Bo').at(-1)).toMatchObject({ what: 'signed-in', by: 'password and code', assurance: '2' });
  });

  it('has each code taken once, also by two at one time, and none from before it', async () => {
    const { secret } = await withApp('Cia');
    const [one, two] = [await atTheCode('Cia'), await atTheCode('Cia')];
    const [code, older] = [codeOf(secret), codeOf(secret, -1)];
    const both = await Promise.all([one.give(code), two.give(code)]);
    expect(both.map(({ code: fault }) => fault).sort()).toEqual(['code-wrong', undefined]);
    const three = await atTheCode('Cia');
    expect([(await three.give(code)).code, (await three.give(older)).code]).toEqual(['code-wrong', 'code-wrong']);
    expect((await three.give(codeOf(secret, 1))).name).toBe('Cia');
  });

  it('is guessed at five times, then no code counts for minutes, the right one neither; its owner hears of it', async () => {
    const { secret, own } = await withApp('Dan');
    const guesser = await atTheCode('Dan');
    const guesses = await Promise.all(['1', '2', '3', '4', '5', '6', '7', '8'].map((n) => guesser.give(`00000${n}`)));
    expect(guesses.filter(({ code }) => code === 'code-wrong').length).toBe(5);
    expect((await guesser.give(codeOf(secret))).code).toBe('too-many-requests');
    expect((await own.ask('ownSignIn')).news).toMatchObject([{ what: 'guessed' }]);
    expect(lines('Dan').filter(({ what }) => what === 'codes-guessed').length).toBe(1);
    await own.ask('newsRead');
    expect((await own.ask('ownSignIn')).news).toEqual([]);
    minutes(6);
    const { give } = await atTheCode('Dan');
    expect((await give(codeOf(secret))).name).toBe('Dan');
  });

  it('has to be shown within five minutes after the password, of that password, and once for each', async () => {
    const { secret } = await withApp('Eli');
    const late = await atTheCode('Eli');
    minutes(5);
    expect((await late.give(codeOf(secret))).code).toBe('not-signed-in');
    const { other, ticket, give } = await atTheCode('Eli');
    const forged = `${ticket!.slice(0, 30)}${ticket![30] === 'A' ? 'B' : 'A'}${ticket!.slice(31)}`;
    for (const made of [forged, 'made-up', '', undefined])
      expect((await other.ask('signInWithout', { ticket: made })).name).toBeUndefined();
    expect((await give(codeOf(secret))).name).toBe('Eli');
    minutes(1);
    expect((await give(codeOf(secret))).code).toBe('not-signed-in');
  });

  it('is asked for no more where the password has been changed meanwhile: what was begun with the old one is over', async () => {
    const { own, secret } = await withApp('Egon');
    const [first, second] = [await atTheCode('Egon'), await atTheCode('Egon')];
    expect(await own.ask('changePassword', { old: password, password: 'en-annan-hast-batteri' })).toEqual({});
    expect((await first.other.ask('signInWithout', { ticket: first.ticket })).code).toBe('not-signed-in');
    expect((await second.give(codeOf(secret))).code).toBe('not-signed-in');
    const { ticket } = await browse().signIn('Egon', 'en-annan-hast-batteri');
    const { person } = (await karin.call('people')).people.find(({ name }) => name === 'Egon')!;
    await karin.call('newPassword', { person });
    expect((await browse().ask('signInWithout', { ticket })).code).toBe('not-signed-in');
  });

  it('is not replaced, nor is a passkey added, by whoever had begun to before there was one', async () => {
    await add('Esa');
    const [thief, own] = [browse(), browse()];
    await thief.signIn('Esa');
    await own.signIn('Esa');
    const begun = await thief.ask('makeCodes', { password });
    const made = await thief.ask('makePasskey', { password });
    const { ticket, secret = '' } = await own.ask('makeCodes', { password });
    expect((await own.ask('addCodes', { ticket, code: codeOf(secret) })).recovery?.length).toBe(10);
    const theirs = { ticket: begun.ticket, code: codeOf(begun.secret!) };
    expect(await thief.ask('addCodes', theirs)).toMatchObject({ code: 'assurance-low', needs: 2 });
    const passkey = openAuthenticator(origin).make(made as never);
    expect(await thief.ask('addPasskey', { name: 'x', passkey })).toMatchObject({ code: 'assurance-low', needs: 2 });
    expect(await own.ask('ownSignIn')).toMatchObject({ passkeys: [], codes: { recoveryLeft: 10 } });
    expect((await thief.ask('me')).assurance).toBe(1);
  });

  it('is taken away by its owner alone, who shows it first', async () => {
    const { secret, name } = await withApp('Fia');
    const { other, ticket } = await atTheCode(name);
    await other.ask('signInWithout', { ticket });
    expect(await other.ask('removeCodes')).toMatchObject({ code: 'assurance-low', needs: 2 });
    expect(await other.ask('newRecoveryCodes')).toMatchObject({ code: 'assurance-low' });
    expect(await other.ask('makePasskey', { password })).toMatchObject({ code: 'assurance-low' });
    expect(await other.ask('changePassword', { old: password, password: 'x' })).toMatchObject({
      code: 'assurance-low',
    });
    expect(await other.ask('stepUpByCode', { code: codeOf(secret) })).toEqual({ assurance: 2 });
    expect(await other.ask('removeCodes')).toEqual({});
    expect((await browse().signIn(name)).assurance).toBe(1);
    expect(lines(name).map(({ what }) => what)).toEqual(
      expect.arrayContaining(['stepped-up', 'authenticator-removed']),
    );
  });
});

describe('three in the morning, and the telephone with the app lies at home', () => {
  it('the password alone lets in, with level 1, and the log says that the code was left out', async () => {
    await withApp('Gun');
    const { other, ticket } = await atTheCode('Gun');
    expect(await other.ask('signInWithout', { ticket })).toMatchObject({ name: 'Gun', assurance: 1 });
    expect(lines('Gun').at(-1)).toMatchObject({ what: 'signed-in', assurance: '1', without: 'second-factor' });
    expect((await other.ask('desk')).alarms).toEqual([]);
    expect((await other.ask('signInWithout', { ticket })).code).toBe('not-signed-in');
  });

  it('a recovery code opens once, however it is typed, and new ones make the old ones worth nothing', async () => {
    const { recovery, secret } = await withApp('Hans');
    const typed = ` ${recovery[0]!.toUpperCase().replaceAll('-', ' ')}`;
    const first = await atTheCode('Hans');
    expect(await first.give(typed)).toMatchObject({ assurance: 2 });
    expect((await first.other.ask('ownSignIn')).codes?.recoveryLeft).toBe(9);
    expect((await (await atTheCode('Hans')).give(recovery[0]!)).code).toBe('code-wrong');
    expect((await first.other.ask('newRecoveryCodes')).recovery?.length).toBe(10);
    expect((await (await atTheCode('Hans')).give(recovery[1]!)).code).toBe('code-wrong');
    expect((await (await atTheCode('Hans')).give(codeOf(secret))).assurance).toBe(2);
  });

  it('whoever has lost it is helped by a coordinator: signed out, told at the next sign-in, and written', async () => {
    const { own } = await withApp('Ida');
    const ida = (await karin.call('people')).people.find(({ name }) => name === 'Ida')!;
    const { person } = ida;
    expect(ida).toMatchObject({ hasCodes: true, passkeys: 0 });
    await expect(
      site.person('Ivar', 'operator').then((ivar) => ivar.call('resetSecondFactor', { person })),
    ).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await karin.call('resetSecondFactor', { person });
    expect((await own.ask('me')).code).toBe('not-signed-in');
    expect((await own.signIn('Ida')).assurance).toBe(1);
    expect(await own.ask('ownSignIn')).toMatchObject({ news: [{ what: 'reset', by: 'Karin' }], passkeys: [] });
    expect(lines('Karin').at(-1)).toMatchObject({ what: 'second-factor-reset', name: 'Ida' });
    const self = (await karin.call('people')).people.find(({ name }) => name === 'Karin')!;
    await expect(karin.call('resetSecondFactor', { person: self.person })).rejects.toMatchObject({ code: 'not-now' });
  });
});

describe('a passkey', () => {
  let own: Browsing;
  let key: TestAuthenticator;
  const addTo = async (browsing: Browsing, authenticator: TestAuthenticator, manner?: Manner, name = 'Telefonen') => {
    const asked = await browsing.ask('makePasskey', { password });
    return browsing.ask('addPasskey', { name, passkey: authenticator.make(asked as never, manner) });
  };
  const come = async (authenticator: TestAuthenticator, manner?: Manner) => {
    const browsing = browse();
    const asked = await browsing.ask('askForPasskey');
    const shown = authenticator.show(asked as never, manner);
    return { browsing, shown, answer: await browsing.ask('signInByPasskey', { passkey: shown }) };
  };
  const name = 'Pia';
  beforeAll(async () => {
    await add(name);
    own = browse();
    await own.signIn(name);
  });
  beforeEach(() => {
    using disk = openDisk(site.database, { timeout: 5000 });
    disk.exec('delete from passkeys; update sessions set assurance = 1');
    key = openAuthenticator(origin);
  });

  it('is made known and signs in by itself, with level 2; both are written, and it bears its name', async () => {
    const before = lines(name).length;
    expect(await addTo(own, key)).toMatchObject({ name: 'Telefonen' });
    expect((await own.ask('me')).assurance).toBe(2);
    expect((await addTo(own, openAuthenticator(origin), {}, 'Säkerhetsnyckeln')).name).toBe('Säkerhetsnyckeln');
    const { answer, browsing } = await come(key);
    expect(answer).toMatchObject({ name, assurance: 2 });
    expect((await browsing.ask('me')).name).toBe(name);
    expect((await browsing.ask('ownSignIn')).passkeys).toMatchObject([
      { name: 'Telefonen', usedAt: expect.any(String) },
      { name: 'Säkerhetsnyckeln' },
    ]);
    expect(
      lines(name)
        .slice(before)
        .map(({ what }) => what),
    ).toEqual(['passkey-added', 'passkey-added', 'signed-in']);
    expect(lines(name).at(-1)).toMatchObject({ by: 'passkey', passkey: 'Telefonen', assurance: '2' });
  });

  for (const [how, manner] of [
    ['from another page', { origin: 'https://evil.example' }],
    ['for another relay', { rpId: 'evil.example' }],
    ['without a finger, a face or a PIN', { verifies: false }],
    ['for a challenge of its own', { challenge: Buffer.alloc(88, 7).toString('base64url') }],
    ['signed with another key', { forges: true }],
  ] as const)
    it(`is not taken ${how}`, async () => {
      if (!('forges' in manner)) expect((await addTo(own, key, manner)).code).toBe('passkey-wrong');
      expect((await own.ask('ownSignIn')).passkeys).toEqual([]);
      await addTo(own, key);
      expect((await come(key, manner)).answer.code).toBe('passkey-wrong');
      expect((await come(key)).answer.name).toBe(name);
    });

  it('shows each challenge once, within five minutes, and counts upwards only', async () => {
    await addTo(own, key);
    const { shown } = await come(key);
    const again = browse();
    expect((await again.ask('signInByPasskey', { passkey: shown })).code).toBe('passkey-wrong');
    const late = await again.ask('askForPasskey');
    minutes(5);
    expect((await again.ask('signInByPasskey', { passkey: key.show(late as never) })).code).toBe('passkey-wrong');
    expect((await come(key, { counter: 9 })).answer.name).toBe(name);
    expect((await come(key, { counter: 9 })).answer.code).toBe('passkey-wrong');
    expect((await come(key, { counter: 3 })).answer.code).toBe('passkey-wrong');
    expect((await come(key, { counter: 10 })).answer.name).toBe(name);
  });

  it('makes a session surer that began with a password, and only that one, and only of its owner', async () => {
    await addTo(own, key);
    const [mine, colleague] = [browse(), browse()];
    await mine.signIn(name);
    await colleague.signIn('Karin');
    const stranger = await colleague.ask('askForOwnPasskey');
    expect((await colleague.ask('stepUpByPasskey', { passkey: key.show(stranger as never) })).code).toBe(
      'passkey-wrong',
    );
    const asked = await mine.ask('askForOwnPasskey');
    const passkey = key.show(asked as never);
    // What was asked for in one session counts in no other one, nor for signing in.
    expect((await own.ask('stepUpByPasskey', { passkey })).code).toBe('passkey-wrong');
    const { allowCredentials } = await mine.ask('askForOwnPasskey');
    expect(allowCredentials?.length).toBe(1);
    const fresh = key.show((await mine.ask('askForOwnPasskey')) as never);
    expect((await browse().ask('signInByPasskey', { passkey: fresh })).code).toBe('passkey-wrong');
    const right = key.show((await mine.ask('askForOwnPasskey')) as never);
    expect(await mine.ask('stepUpByPasskey', { passkey: right })).toEqual({ assurance: 2 });
    expect((await mine.ask('me')).assurance).toBe(2);
  });

  it('that is taken away opens nothing any more, and nobody takes away another’s', async () => {
    const { passkey = '' } = await addTo(own, key);
    const colleague = browse();
    await colleague.signIn('Karin');
    expect((await colleague.ask('removePasskey', {}, { passkey })).code).toBe('not-found');
    expect(await own.ask('removePasskey', {}, { passkey })).toEqual({});
    expect((await come(key)).answer.code).toBe('passkey-wrong');
    expect(lines(name).at(-1)).toMatchObject({ what: 'passkey-removed', name: 'Telefonen' });
  });

  it('goes with whoever is taken away', async () => {
    await addTo(own, key);
    const { person } = (await karin.call('people')).people.find((one) => one.name === name)!;
    await karin.call('removePerson', { person });
    expect((await come(key)).answer.code).toBe('passkey-wrong');
    expect(rows(`select * from passkeys where person = '${person}'`)).toEqual([]);
  });
});

describe('the own password', () => {
  it('is changed by whoever knows the old one: the other sessions end, this one goes on, and it is written', async () => {
    await add('Olle');
    const [here, elsewhere] = [browse(), browse()];
    await here.signIn('Olle');
    await elsewhere.signIn('Olle');
    const next = 'kaffe tunnel ekorre sju';
    expect((await here.ask('changePassword', { old: 'not this one', password: next })).code).toBe('password-wrong');
    expect((await here.ask('changePassword', { old: password, password: 'sommaren2026' })).code).toBe('password-weak');
    expect((await elsewhere.ask('me')).name).toBe('Olle');
    expect(await here.ask('changePassword', { old: password, password: next })).toEqual({});
    expect([(await here.ask('me')).name, (await elsewhere.ask('me')).code]).toEqual(['Olle', 'not-signed-in']);
    expect((await browse().signIn('Olle')).code).toBe('not-signed-in');
    expect((await browse().signIn('Olle', next)).assurance).toBe(1);
    expect(lines('Olle').filter(({ what }) => what === 'password-changed').length).toBe(1);
  });

  it('is guessed at in an open session as slowly as at the door', async () => {
    await add('Per');
    const here = browse();
    await here.signIn('Per');
    const before = performance.now();
    for (let time = 0; time < 7; time++) await here.ask('changePassword', { old: `guess ${time}`, password: 'x' });
    expect(performance.now() - before).toBeGreaterThan(700);
  });
});
