/** How sure it must be who does what: what an organisation asks for, what nobody can be asked for, and what happens at three in the morning. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { type Assurance, levelled, waysBack } from '@nattfrid/shared/desk/assurance';
import type { RouteName } from '@nattfrid/shared/desk/routes';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import type { Person } from '../../support/person.ts';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

let site: Site;
let home: SpeakingUnit;
const people: Record<'anna' | 'siv' | 'adam', Person> = {} as never;
beforeAll(async () => {
  site = await openSite();
  people.anna = await site.person('Anna', 'operator');
  people.siv = await site.person('Siv', 'coordinator');
  people.adam = await site.person('Adam', 'administrator');
  home = await connectUnit(site.relay, await site.unit('home'));
  await site.sendPlan(aPlan('home'));
});
afterAll(async () => {
  await home[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const open = () => openDisk(site.database, { timeout: 5000 });
/** As if they had come in by a second factor, or at a provider with an e-ID. */
const surer = (person: 'Anna' | 'Siv' | 'Adam', level: Assurance) => {
  using disk = open();
  disk
    .prepare('update sessions set assurance = ? where "userId" = (select id from operators where name = ?)')
    .run(level, person);
};
const lines = (what: string) => {
  using disk = open();
  return disk
    .prepare('select who, subject, details from audit where what = ? order by number')
    .all(what)
    .map(({ who, subject, details }) => ({ who, subject, ...JSON.parse(String(details)) }));
};
/** For these levels; `look` is among them. */
const ask = ({ look = 1, ...levels }: Readonly<Partial<Record<string, Assurance>>>) =>
  people.adam.call('setSignIn', {}, { settings: { lookAssurance: look, levels } });
const everything = (level: Assurance) => Object.fromEntries(levelled.map((action) => [action, level]));
/** What came of it: «done», or the code of the fault with what it says besides. */
const tried = (person: Person, name: RouteName, params = {}, body = {}) =>
  person.call(name, params, body).then(
    () => 'done',
    ({ code }: { readonly code: string }) => code,
  );
const aLook = (reason: object, more = {}) => ({ unit: 'home', reason, operatorKey: 'k'.repeat(43), ...more });

beforeEach(() => {
  using disk = open();
  disk.exec('delete from sign_in_settings; update sessions set assurance = 1');
});

describe('B3 after an upgrade, and wherever nothing was set', () => {
  it('a password is enough for everything', async () => {
    expect(await people.adam.call('signInSettings')).toMatchObject({ lookAssurance: 1, levels: {} });
    using disk = open();
    // As a relay from before it has left them.
    disk.exec("insert into sign_in_settings (organisation, look_assurance) values ('own', 1)");
    for (const [person, name] of [
      ['siv', 'people'],
      ['siv', 'clients'],
      ['siv', 'audit'],
      ['adam', 'signInSettings'],
    ] as const)
      expect([name, await tried(people[person], name)]).toEqual([name, 'done']);
  });
});

describe('B3 an action that needs more', () => {
  it('is refused with the level that it needs, and written; the surer session goes on', async () => {
    await ask({ 'read-clients': 2, 'read-audit': 3 });
    await expect(people.siv.call('clients')).rejects.toMatchObject({ code: 'assurance-low' });
    expect(lines('refused').at(-1)).toMatchObject({ who: 'Siv', why: 'assurance-low', has: '1', needs: '2' });
    surer('Siv', 2);
    expect([await tried(people.siv, 'clients'), await tried(people.siv, 'audit')]).toEqual(['done', 'assurance-low']);
    surer('Siv', 3);
    expect(await tried(people.siv, 'audit')).toBe('done');
    expect(await tried(people.siv, 'people')).toBe('done');
  });

  it('is set by an administrator, written with each level, and stays where the provider alone is changed', async () => {
    await ask({ look: 2, 'read-statistics': 2 });
    expect(lines('sign-in-set').at(-1)).toMatchObject({ lookAssurance: '2', 'level read-statistics': '2' });
    await people.adam.call('setSignIn', {}, { settings: { lookAssurance: 2 } });
    expect(await people.adam.call('signInSettings')).toMatchObject({
      levels: { 'read-statistics': 2 },
      people: 4,
      sure: 0,
    });
  });

  it('needs as much in a training home: whoever trains does it as at work', async () => {
    const training = { unit: 'ovning', client: 'Astrid', publicKey: 'k'.repeat(43), training: true };
    await people.siv.call('addUnit', {}, training);
    for (const person of [people.siv, people.anna]) await person.call('showTraining', {}, { show: true });
    await ask({ look: 2, 'manage-units': 2 });
    expect(await tried(people.siv, 'newToken', { unit: 'ovning' })).toBe('assurance-low');
    const reason = { type: 'window', window: 'dygnet' };
    expect(await tried(people.anna, 'openLook', {}, { ...aLook(reason), unit: 'ovning' })).toBe('assurance-low');
    surer('Siv', 2);
    expect(await tried(people.siv, 'removeUnit', { unit: 'ovning' })).toBe('done');
  });

  it('can be none of those by which an alarm is answered', async () => {
    for (const action of [
      'answer-alarms',
      'see-desk',
      'make-visits',
      'read-visit-card',
      'withdraw-consent',
      'have-session',
    ])
      expect([
        action,
        await tried(people.adam, 'setSignIn', {}, { settings: { lookAssurance: 1, levels: { [action]: 2 } } }),
      ]).toEqual([action, 'request-invalid']);
  });

  it('locks nobody out: who looks after people and settings shows first what is asked, and the machine has a way back', async () => {
    for (const action of waysBack)
      expect(
        await tried(people.adam, 'setSignIn', {}, { settings: { lookAssurance: 1, levels: { [action]: 2 } } }),
      ).toBe('assurance-low');
    surer('Adam', 2);
    await ask({ 'manage-connections': 2 });
    surer('Adam', 1);
    expect(await tried(people.adam, 'signInSettings')).toBe('assurance-low');
    const settings = ['--database', site.database, '--secret', site.settings.secret];
    await promisify(execFile)(process.execPath, ['relay/src/main.ts', 'forget-levels', 'own', ...settings]);
    expect(await tried(people.adam, 'signInSettings')).toBe('done');
  });
});

describe('B3 three in the morning: everything needs an e-ID, and there is a password alone', () => {
  const alarm = async () => {
    const fall = aFall(randomUUID());
    await home.say('alarm-report', fall);
    return fall.alarm;
  };
  beforeEach(async () => {
    surer('Adam', 3);
    await ask(everything(3));
  });

  it('the desk is seen, the alarm taken, a visit sent, made, and told how it was', async () => {
    const id = await alarm();
    expect((await people.anna.desk()).alarms.map(({ alarm: one }) => one)).toContain(id);
    expect(await tried(people.anna, 'takeAlarm', { alarm: id })).toBe('done');
    expect(await tried(people.anna, 'closeAlarm', { alarm: id }, { verdict: 'help-needed' })).toBe('done');
    const { visits } = await people.anna.desk();
    const { visit } = visits.at(-1)!;
    expect(await tried(people.anna, 'moveVisit', { visit }, { to: 'on-the-way' })).toBe('done');
    expect(await tried(people.anna, 'moveVisit', { visit }, { to: 'done', outcome: 'Uppe igen.' })).toBe('done');
  });

  it('the home is looked into for the alarm all the same, once that is said, and the log tells it apart', async () => {
    const id = await alarm();
    const reason = { type: 'alarm', alarm: id };
    expect(await tried(people.anna, 'openLook', {}, aLook(reason))).toBe('assurance-low');
    expect(lines('looked-anyway')).toEqual([]);
    const { look } = await people.anna.call('openLook', {}, aLook(reason, { anyway: true }));
    expect(lines('looked-anyway')).toMatchObject([{ who: 'Anna', subject: 'home', alarm: id, has: '1', needs: '3' }]);
    // Written before the look was.
    using disk = open();
    const order = disk
      .prepare("select what from audit where what in ('looked-anyway', 'look-opened') order by number")
      .all();
    expect(order.map(({ what }) => what).slice(-2)).toEqual(['looked-anyway', 'look-opened']);
    expect(await tried(people.anna, 'closeLook', { look })).toBe('done');
    surer('Siv', 3);
    // The last day is not counted, and it may be tomorrow in the home already.
    const [from, until] = [-1, 2].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
    const { check } = await people.siv.call('makeLogCheck', {}, { from, until });
    const { accesses } = await people.siv.call('checkedAccesses', { check });
    expect(accesses.filter(({ what }) => what === 'looked-anyway')).toMatchObject([
      { who: 'Anna', oddities: ['looked-anyway'] },
    ]);
  });

  it('a look at an agreed time waits for the level, whatever is said', async () => {
    const reason = { type: 'window', window: 'dygnet' };
    expect(await tried(people.anna, 'openLook', {}, aLook(reason, { anyway: true }))).toBe('assurance-low');
  });

  it('and is opened by no alarm: neither one that there is nor one that is made up, with the look named beside it', async () => {
    surer('Siv', 3);
    await people.siv.call('addUnit', {}, { unit: 'next', client: 'Alias next', publicKey: 'k'.repeat(43) });
    await people.siv.call('sendPlan', { unit: 'next' }, await site.sign(aPlan('next')));
    const due = () => people.anna.desk().then(({ looks }) => looks.find(({ unit }) => unit === 'next')!);
    await vi.waitFor(async () => expect(await due()).toMatchObject({ state: 'due' }));
    const { look } = await due();
    for (const one of [randomUUID(), await alarm()])
      expect(
        await tried(
          people.anna,
          'openLook',
          {},
          {
            ...aLook({ type: 'alarm', alarm: one }, { look, anyway: true }),
            unit: 'next',
          },
        ),
      ).toBe('request-invalid');
    expect((await due()).state).toBe('due');
  });

  it('a look that was opened before is given its verdict: nothing waits for ever for a level', async () => {
    surer('Anna', 3);
    const { look } = await people.anna.call('openLook', {}, aLook({ type: 'window', window: 'dygnet' }));
    surer('Anna', 1);
    await home.say('look-answer', {
      type: 'opened',
      look,
      mode: 'silhouette',
      until: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(await tried(people.anna, 'closeLook', { look })).toBe('done');
    expect(await tried(people.anna, 'giveVerdict', { look }, { verdict: 'not-seen' })).not.toBe('assurance-low');
  });

  it('a consent is taken back', async () => {
    const answer = await tried(people.anna, 'withdrawConsent', { alias: 'Alias home' }, {});
    expect(answer).not.toBe('assurance-low');
  });
});
