/** People and units that are taken away while the relay runs: from the console at once, by a command within seconds. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RouteName } from '@nattfrid/shared/desk/routes';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { elapsed } from '@nattfrid/shared/time/clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import { closing, openSocket, type Person, password, signIn } from '../../support/person.ts';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

let site: Site;
let eva: Person;
beforeAll(async () => {
  site = await openSite({ settings: { beatSeconds: 3600 } });
  eva = await site.person('Eva', 'coordinator');
});
afterAll(() => site[Symbol.asyncDispose]());

/** The program, beside the relay that runs. */
async function command(...words: string[]): Promise<string> {
  const settings = ['--database', site.database, '--secret', site.settings.secret];
  const run = promisify(execFile)(process.execPath, ['relay/src/main.ts', ...words, ...settings]);
  run.child.stdin?.end(process.env['TYPED'] ?? '');
  return (await run).stdout;
}
const cut = (unit: SpeakingUnit) => new Promise<void>((resolve) => unit.client.once('close', () => resolve()));
async function within<Thing>(limit: number, promise: Promise<Thing>): Promise<Thing> {
  const before = elapsed();
  const thing = await promise;
  expect(elapsed() - before).toBeLessThan(limit);
  return thing;
}
const personOf = async (email: string) => {
  const found = (await eva.call('people')).people.find((one) => one.email === email);
  if (!found) throw new Error(`nobody has the address ${email}`);
  return found;
};
const lastLine = (what: string) => {
  using disk = openDisk(site.database, { readOnly: true });
  return disk.prepare('select * from audit where what = ? order by number desc limit 1').get(what) as
    | { who: string; subject: string; details: string }
    | undefined;
};

describe('a person', () => {
  it('is added, and given another password, by a coordinator alone: each is in the log, and each password opens', async () => {
    const nora = { email: 'nora@testby.se', name: 'Nora', role: 'operator' };
    const { password: first } = await eva.call('addPerson', {}, nora);
    expect(lastLine('operator-added')).toMatchObject({ who: 'Eva', details: expect.stringContaining('Nora') });
    const before = await signIn(site.relay, nora.email, first);
    await expect(eva.call('addPerson', {}, nora)).rejects.toMatchObject({ code: 'already-there' });
    const { person } = await personOf(nora.email);
    for (const [route, params, body] of [
      ['addPerson', {}, { ...nora, email: 'x@testby.se' }],
      ['newPassword', { person }, {}],
      ['tokens', {}, {}],
      ['addUnit', {}, { unit: 'x', client: 'X', publicKey: 'k'.repeat(43) }],
      ['replaceUnit', { unit: 'x' }, { publicKey: 'k'.repeat(43) }],
    ] as const)
      await expect(before.call(route, params, body)).rejects.toMatchObject({ fields: { status: 403 } });

    const live = closing(await before.socket('/live'));
    const { password: second } = await eva.call('newPassword', { person });
    expect(await live).toBe(4001);
    expect(lastLine('password-set')).toMatchObject({ who: 'Eva', subject: person });
    await expect(signIn(site.relay, nora.email, first)).rejects.toMatchObject({ fields: { status: 401 } });
    await (await signIn(site.relay, nora.email, second)).desk();
  });

  it('is listed with the role, the devices and when each was last seen', async () => {
    await site.person('Lina', 'operator');
    const listed = await personOf('lina@testby.se');
    expect(listed).toMatchObject({ name: 'Lina', role: 'operator', sessions: [{ own: false, device: 'node' }] });
    const own = (await personOf('eva@testby.se')).sessions.find((session) => session.own);
    expect(Date.now() - Date.parse(own?.seenAt ?? '')).toBeLessThan(5000);
    const printed = await command('operators');
    expect(printed).toContain('lina@testby.se\toperator\tLina');
    expect(printed).toContain('last seen');
    expect(printed).not.toContain(eva.cookie.split('=')[1]?.split('.')[0]);
  });

  it.each([
    ['whose lost phone is signed out', 'endSession'],
    ['who is signed out everywhere', 'endSessions'],
    ['who has left', 'removePerson'],
    ['whose role changes', 'setRole'],
  ] as const)('%s sees and hears nothing more, at once (%s)', async (_words, route) => {
    const email = `${route.toLowerCase()}@testby.se`;
    const person = await site.person(route, 'operator');
    const live = closing(await person.socket('/live'));
    const { person: id, sessions } = await personOf(email);
    const params = route === 'endSession' ? { session: sessions[0]!.session } : { person: id };
    await eva.call(route as RouteName, params as never, route === 'setRole' ? { role: 'coordinator' } : {});
    expect(await within(300, live)).toBe(4001);
    await expect(person.desk()).rejects.toMatchObject({ fields: { status: 401 } });
    const what = { endSession: 'sessions-ended', endSessions: 'sessions-ended' } as Record<string, string>;
    const line = lastLine(what[route] ?? (route === 'setRole' ? 'role-changed' : 'operator-removed'));
    expect(line).toMatchObject({ who: 'Eva', subject: id });
  });

  it('who has left cannot sign in again, and may be added anew', async () => {
    await site.person('Leaver', 'operator');
    await eva.call('removePerson', { person: (await personOf('leaver@testby.se')).person });
    await expect(signIn(site.relay, 'leaver@testby.se')).rejects.toMatchObject({ fields: { status: 401 } });
    await site.person('Leaver', 'operator');
  });

  it.each([
    ['end-sessions', 'sessions-ended', []],
    ['remove-operator', 'operator-removed', []],
    ['set-role', 'role-changed', ['coordinator']],
  ] as const)('is reached by %s beside a relay that runs', async (name, what, more) => {
    const person = await site.person(`By-${name}`, 'operator');
    const live = closing(await person.socket('/live'));
    await command(name, `by-${name}@testby.se`, ...more);
    expect(await within(5000, live)).toBe(4001);
    expect(lastLine(what)).toMatchObject({ who: 'relay' });
  });

  it('has the new password from then on, and the old one no longer', async () => {
    const person = await site.person('Forgetful', 'operator');
    vi.stubEnv('TYPED', 'ekorre tunnel kaffe sju\n');
    await command('set-password', 'forgetful@testby.se').finally(() => vi.unstubAllEnvs());
    await expect(person.desk()).rejects.toMatchObject({ fields: { status: 401 } });
    await expect(signIn(site.relay, 'forgetful@testby.se', password)).rejects.toThrow();
    await signIn(site.relay, 'forgetful@testby.se', 'ekorre tunnel kaffe sju');
  });

  it('cannot take away themselves, nor others as an operator', async () => {
    const { person } = await personOf('eva@testby.se');
    await expect(eva.call('removePerson', { person })).rejects.toMatchObject({ code: 'not-now' });
    await expect(eva.call('setRole', { person }, { role: 'operator' })).rejects.toMatchObject({ code: 'not-now' });
    const anna = await site.person('Anna', 'operator');
    for (const route of ['people', 'removePerson', 'newToken', 'removeUnit'] as const)
      await expect(anna.call(route, { person, unit: 'any' })).rejects.toMatchObject({ fields: { status: 403 } });
  });

  it('that there is not is told in words', async () => {
    await expect(command('remove-operator', 'ghost@testby.se')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody with the address ghost@testby.se'),
    });
  });
});

describe('a unit', () => {
  const pictures = (unit: string, token: string) =>
    openSocket(`${site.relay.url}/pictures/unit`, { authorization: `Bearer ${unit}:${token}` });
  const onDesk = async (unit: string) => (await eva.desk()).units.find((one) => one.unit === unit);

  it('with a new token is cut with the old one, at once', async () => {
    const home = await site.unit('retokened');
    await using unit = await connectUnit(site.relay, home);
    const standing = closing(await pictures(home.unit, home.token));
    const gone = cut(unit);
    const { token } = await eva.call('newToken', { unit: home.unit });
    await within(300, Promise.all([gone, standing]));
    await expect(connectUnit(site.relay, home)).rejects.toThrow();
    await using _again = await connectUnit(site.relay, { ...home, token });
    expect(lastLine('unit-token-made')).toMatchObject({ who: 'Eva', subject: home.unit });
  });

  it('that is taken out is cut, and gone from every desk; its alarm stays, and nothing of its plan is due', async () => {
    const home = await site.unit('taken-out');
    await using unit = await connectUnit(site.relay, home);
    await site.sendPlan(aPlan(home.unit));
    const fall = aFall();
    await unit.say('alarm-report', fall);
    const live = await eva.socket('/live');
    let shown: string[] | undefined;
    live.on('message', (data: Buffer) => {
      const event = JSON.parse(data.toString('utf8'));
      if (event.type === 'desk') shown = event.desk.units.map((one: { unit: string }) => one.unit);
    });
    await vi.waitFor(() => expect(shown).toContain(home.unit));
    const gone = cut(unit);
    await eva.call('removeUnit', { unit: home.unit });
    await within(300, gone);
    await vi.waitFor(() => expect(shown).not.toContain(home.unit));
    const desk = await eva.desk();
    expect(desk.alarms.find((one) => one.alarm === fall.alarm)?.state).toBe('raised');
    expect(desk.looks.filter((one) => one.unit === home.unit && one.state !== 'done')).toEqual([]);
    await expect(connectUnit(site.relay, home)).rejects.toThrow();
    live.close();
  });

  it.each(['new-token', 'remove-unit'] as const)('is reached by %s beside a relay that runs', async (name) => {
    const home = await site.unit(`by-${name}`);
    await using unit = await connectUnit(site.relay, home);
    const both = Promise.all([cut(unit), closing(await pictures(home.unit, home.token))]);
    const printed = await command(name, home.unit);
    await within(5000, both);
    await expect(connectUnit(site.relay, home)).rejects.toThrow();
    if (name === 'remove-unit') return expect(await onDesk(home.unit)).toBeUndefined();
    await using _again = await connectUnit(site.relay, { ...home, token: printed.trim() });
  });

  it('that is exchanged keeps name and place; the old one is kept out, and a plan that names its key is gone', async () => {
    const home = await site.unit('exchanged');
    const old = (await onDesk(home.unit))!.publicKey;
    await using unit = await connectUnit(site.relay, home);
    await site.sendPlan(aPlan(home.unit, { unitKey: old }));
    const other = toBase64Url((await makeSignKey()).publicKey);
    const gone = cut(unit);
    const printed = await command('replace-unit', home.unit, '--public-key', other);
    await within(5000, gone);
    const { plan, ...now } = (await onDesk(home.unit))!;
    expect([now.publicKey, now.presence, plan]).toEqual([other, 'expected', undefined]);
    await expect(connectUnit(site.relay, home)).rejects.toThrow();
    await using _new = await connectUnit(site.relay, { ...home, token: printed.trim() });
    await site.sendPlan(aPlan(home.unit, { unitKey: other }));
  });

  it('that is exchanged is handed the plan that names no key', async () => {
    const home = await site.unit('exchanged-too');
    await site.sendPlan(aPlan(home.unit));
    const other = toBase64Url((await makeSignKey()).publicKey);
    const token = (await command('replace-unit', home.unit, '--public-key', other)).trim();
    await using unit = await connectUnit(site.relay, { ...home, token });
    await unit.say('announce', { state: 'here', agent: '0.1.0', models: [] });
    await unit.told('plan-letter');
  });

  it('is added and exchanged by a coordinator, who stands in the log and in the list of tokens', async () => {
    const key = async () => toBase64Url((await makeSignKey()).publicKey);
    const given = { unit: 'added', client: 'Ek 9', place: 'Hall', publicKey: await key() };
    const { token } = await eva.call('addUnit', {}, given);
    await using unit = await connectUnit(site.relay, { unit: 'added' as never, token });
    expect(lastLine('unit-added')).toMatchObject({ who: 'Eva', subject: 'added' });
    await expect(eva.call('addUnit', {}, given)).rejects.toMatchObject({ code: 'already-there' });
    const gone = cut(unit);
    const made = await eva.call('replaceUnit', { unit: 'added' }, { publicKey: await key() });
    await gone;
    expect(lastLine('unit-replaced')).toMatchObject({ who: 'Eva', subject: 'added' });
    await using _other = await connectUnit(site.relay, { unit: 'added' as never, token: made.token });
    const { tokens } = await eva.call('tokens');
    expect(tokens.find((one) => one.unit === 'added')).toMatchObject({ madeAt: expect.any(String), madeBy: 'Eva' });
    expect(JSON.stringify(tokens)).not.toContain(made.token);
    expect(await command('tokens')).toMatch(/^added\t\S+\tEva$/m);
  });

  it('is listed', async () => {
    await site.unit('listed', 'Ek 7');
    expect(await command('units')).toContain('listed\tEk 7\t\texpected');
  });
});
