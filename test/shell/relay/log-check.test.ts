/** A month is looked back at on a real relay: statistics, why an alarm came to nothing, a check of the log that is signed off, an extract. */
import { dayOf } from '@nattfrid/shared/domain/window';
import { days, milliseconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

let site: Site;
let people: Record<'Anna' | 'Rut' | 'Stina', Person>;
const now = instant(Date.now());
const period = { from: dayOf(after(now, milliseconds(-days(2)))), until: dayOf(after(now, days(1))) };
const fall = aFall();
beforeAll(async () => {
  site = await openSite();
  people = {
    Anna: await site.person('Anna', 'operator'),
    Rut: await site.person('Rut', 'auditor'),
    Stina: await site.person('Stina', 'statistics'),
  };
  const home = await site.unit('hem-1', 'Alma');
  await using unit = await connectUnit(site.relay, home);
  await unit.say('alarm-report', fall);
  await people.Anna.call('takeAlarm', { alarm: fall.alarm });
  await people.Anna.call(
    'openLook',
    {},
    {
      ...{ unit: home.unit, reason: { type: 'alarm', alarm: fall.alarm }, operatorKey: 'k'.repeat(43) },
    },
  );
  await people.Anna.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'all-well', confirmed: true });
});
afterAll(() => site[Symbol.asyncDispose]());

describe('an alarm that came to nothing', () => {
  it('is said why with one press, and stands in the client’s figures', async () => {
    await people.Anna.call('labelAlarm', { alarm: fall.alarm }, { reason: 'pet' });
    await people.Anna.call('labelAlarm', { alarm: fall.alarm }, { reason: 'sat-on-floor' });
    const { clients } = await people.Stina.call('statistics', period);
    expect(clients).toMatchObject([{ client: 'Alma', falseAlarms: 1, reasons: { 'sat-on-floor': 1 } }]);
  });
  it('is the only one that is', async () => {
    const other = aFall();
    await expect(people.Anna.call('labelAlarm', { alarm: other.alarm }, { reason: 'pet' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('a check of the log', () => {
  it('is due where none has been made, gathers accesses, and is signed off once each has been looked at', async () => {
    const { Rut } = people;
    expect((await Rut.call('logChecks')).dueSince).toBeDefined();
    const made = await Rut.call('makeLogCheck', {}, period);
    const { check } = made;
    expect(made).toMatchObject({ found: 1, left: 1 });
    const { accesses, more } = await Rut.call('checkedAccesses', { check });
    expect(accesses).toMatchObject([{ who: 'Anna', client: 'Alma', what: 'look-opened', checked: 'not-yet' }]);
    expect(more).toBe(false);
    const { access } = accesses[0]!;
    const signing = { words: 'Inget att anmärka.' };
    await expect(Rut.call('signOffLogCheck', { check }, signing)).rejects.toMatchObject({ code: 'not-now' });
    await expect(Rut.call('checkAccess', { check }, { access, checked: 'follow-up' })).rejects.toMatchObject({
      message: expect.stringContaining('sentence'),
    });
    expect(await Rut.call('checkAccess', { check }, { access, checked: 'in-order' })).toMatchObject({ left: 0 });
    // Said once more, in other words: it is counted once.
    expect(
      await Rut.call('checkAccess', { check }, { access, checked: 'follow-up', words: 'Fråga Anna' }),
    ).toMatchObject({ found: 1, left: 0 });
    expect(await Rut.call('signOffLogCheck', { check }, signing)).toMatchObject({ signedOffBy: 'Rut', ...signing });
    await expect(Rut.call('checkAccess', { check }, { access, checked: 'in-order' })).rejects.toMatchObject({
      code: 'not-now',
    });
    expect((await Rut.call('logChecks')).dueSince).toBeUndefined();
  });

  it('has everything that was done with it in the log', async () => {
    const whats = (await people.Rut.call('audit')).lines.map(({ what }) => what);
    for (const what of [
      'log-check-made',
      'access-checked',
      'log-check-signed-off',
      'alarm-labelled',
      'statistics-read',
    ])
      expect(whats).toContain(what);
  });

  it('is nothing for an operator', async () =>
    expect(people.Anna.call('logChecks')).rejects.toMatchObject({ code: 'not-allowed' }));
});

it('a client is told when somebody looked, why and how long, and no name of the staff', async () => {
  const extract = await people.Rut.call('clientExtract', { alias: 'Alma', ...period });
  expect(JSON.stringify(extract)).not.toContain('Anna');
  expect(extract.client).toBe('Alma');
});

it('files come as CSV', async () => {
  const file = await fetch(`${site.relay.url}/api/billing.csv?from=${period.from}&until=${period.until}`, {
    headers: { cookie: people.Stina.cookie },
  });
  expect([file.status, await file.text()]).toEqual([200, '"month","client","looks_agreed","looks_done"\r\n']);
});

it('a time that ends before it begins is told in words', async () =>
  expect(people.Stina.call('statistics', { from: period.until, until: period.from })).rejects.toMatchObject({
    message: 'The last day must come after the first.',
  }));

it('A3.3 what each has done once is ticked by itself: one’s own, or everybody’s to whoever looks after people', async () => {
  const [own, ...others] = (await people.Anna.call('firstSteps')).people;
  expect([own?.name, others]).toEqual(['Anna', []]);
  expect(Object.keys(own?.done ?? {})).toEqual(expect.arrayContaining(['take-alarm', 'give-verdict']));
  expect(own?.done['move-visit']).toBeUndefined();
  const karin = await site.person('Karla', 'coordinator');
  expect((await karin.call('firstSteps')).people.map(({ name }) => name)).toContain('Anna');
});

it('A9.3 an answer is counted, and who gave it is not kept', async () => {
  await people.Anna.call('answerQuestionnaire', {}, { who: 'night-patrol', scores: { 'sees-clearly': 4 } });
  const { figures } = await people.Stina.call('questionnaires', period);
  expect(figures).toEqual([{ who: 'night-patrol', question: 'sees-clearly', answers: 1, mean: 4 }]);
});
