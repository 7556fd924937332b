/** Two organisations share a relay: what is of one is not there for the other, but for what an agreement names, while it holds. */
import { randomUUID } from 'node:crypto';
import type { Desk, LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { RouteName } from '@nattfrid/shared/desk/routes';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { provePossession } from '@nattfrid/shared/seal/possession';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { openDisk } from '../../support/disk.ts';
import { closing, type Person } from '../../support/person.ts';
import { aFall, aPlan, vitals } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

/** At noon in Stockholm, whenever the test runs, and later where a test moves it. */
const noon = Date.parse('2026-11-22T11:00:00Z');
let moved = 0;
const began = Date.now();
const clock: Clock = { ...systemClock, now: () => instant(noon + moved + Date.now() - began) };

let site: Site;
/** Of the municipality. */
let anna: Person;
let adam: Person;
let rut: Person;
/** Of the alarm centre. */
let lars: Person;
let lena: Person;
let axel: Person;
let rolf: Person;
let home: SpeakingUnit;
let alarm: string;
let look: string;
let visit: string;
let karin: { readonly id: string; readonly session: string };

beforeAll(async () => {
  site = await openSite({ clock });
  await site.relay.addOrganisation({ organisation: 'larm', name: 'Larmcentralen', kind: 'operator' });
  [anna, adam, rut] = [
    await site.person('Anna', 'operator'),
    await site.person('Adam', 'administrator'),
    await site.person('Rut', 'auditor'),
  ];
  [lars, lena, axel, rolf] = [
    await site.person('Lars', 'operator', 'larm'),
    await site.person('Lena', 'coordinator', 'larm'),
    await site.person('Axel', 'administrator', 'larm'),
    await site.person('Rolf', 'auditor', 'larm'),
  ];
  await site.unit('larm-central-1', 'Alias central', 'larm');
  home = await connectUnit(site.relay, await site.unit('home-1'));
  await home.say('vitals', vitals as never);
  await site.sendPlan(aPlan('home-1'));
  const fall = aFall();
  alarm = fall.alarm;
  await home.say('alarm-report', fall);
  const visiting = aFall();
  await home.say('alarm-report', { ...visiting, kind: 'left-room' as never });
  await anna.call('closeAlarm', { alarm: visiting.alarm }, { verdict: 'help-needed' });
  const desk = await anna.desk();
  look = desk.looks[0]!.look;
  visit = desk.visits[0]!.visit;
  const people = (await adam.call('people')).people;
  const coordinator = people.find(({ name }) => name === 'Karin')!;
  karin = { id: coordinator.person, session: coordinator.sessions[0]!.session };
});
afterAll(async () => {
  await home[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const lines = (sql = '') => {
  using disk = openDisk(site.database);
  return disk.prepare(`select * from audit ${sql} order by number desc`).all() as unknown as readonly {
    readonly who: string;
    readonly what: string;
    readonly subject: string;
    readonly details: string;
  }[];
};
const key = 'k'.repeat(43);
const faultOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    ({ code, message }: Fault) => ({ code, message }),
  );

describe("A5.8 another organisation's everything is not there", () => {
  /** Of each deed: who does it, and how, to a thing of the municipality's or to one that nobody has. */
  const deeds: readonly (readonly [
    RouteName,
    () => Person,
    (there: boolean) => readonly [Record<string, string>, unknown?],
  ])[] = [
    ['takeAlarm', () => lars, (there) => [{ alarm: there ? alarm : randomUUID() }]],
    ['closeAlarm', () => lars, (there) => [{ alarm: there ? alarm : randomUUID() }, { verdict: 'help-needed' }]],
    [
      'openLook',
      () => lars,
      (there) => [
        {},
        { unit: there ? 'home-1' : 'no-such', reason: { type: 'window', window: 'dygnet' }, operatorKey: key },
      ],
    ],
    ['joinLook', () => lars, (there) => [{ look: there ? look : randomUUID() }, { operatorKey: key }]],
    ['leaveLook', () => lars, (there) => [{ look: there ? look : randomUUID() }]],
    ['wishMode', () => lars, (there) => [{ look: there ? look : randomUUID() }, { mode: 'silhouette' }]],
    ['closeLook', () => lars, (there) => [{ look: there ? look : randomUUID() }]],
    ['giveVerdict', () => lars, (there) => [{ look: there ? look : randomUUID() }, { verdict: 'help-needed' }]],
    ['moveVisit', () => lars, (there) => [{ visit: there ? visit : randomUUID() }, { to: 'on-the-way' }]],
    ['keyChanged', () => lars, (there) => [{ unit: there ? 'home-1' : 'no-such' }, { known: key, told: key }]],
    ['newPassword', () => axel, (there) => [{ person: there ? karin.id : 'nobody' }]],
    ['setRole', () => axel, (there) => [{ person: there ? karin.id : 'nobody' }, { role: 'auditor' }]],
    ['endSessions', () => axel, (there) => [{ person: there ? karin.id : 'nobody' }]],
    ['removePerson', () => axel, (there) => [{ person: there ? karin.id : 'nobody' }]],
    ['endSession', () => axel, (there) => [{ session: there ? karin.session : 'none' }]],
    ['newToken', () => axel, (there) => [{ unit: there ? 'home-1' : 'no-such' }]],
    ['replaceUnit', () => axel, (there) => [{ unit: there ? 'home-1' : 'no-such' }, { publicKey: key }]],
    ['removeUnit', () => axel, (there) => [{ unit: there ? 'home-1' : 'no-such' }]],
  ];
  for (const [name, by, how] of deeds)
    it(`${name}: in the words for what nobody has, and written as refused`, async () => {
      const before = lines().length;
      const [params, body] = how(true);
      const theirs = await faultOf(by().call(name, params, body));
      expect(theirs?.code).toBe('not-found');
      const [line, ...others] = lines();
      expect([line!.what, line!.subject, others.length]).toEqual(['refused', name, before]);
      expect(JSON.parse(line!.details)).toMatchObject({ why: 'other-organisation', organisation: 'own' });
      const [noParams, noBody] = how(false);
      const nobodys = await faultOf(by().call(name, noParams, noBody));
      expect(theirs!.message.replace('home-1', 'no-such')).toBe(nobodys?.message);
    });

  it('plan, room and a plan that is sent: not there either', async () => {
    const letter = { municipality: 'testby', body: 'e30', signature: 's'.repeat(86) };
    for (const call of [
      () => lars.call('plan', { unit: 'home-1' }),
      () => lars.call('room', { unit: 'home-1' }),
      () => lars.call('confirmRoom', { unit: 'home-1' }, { room: { beds: [], exits: [], masks: [] } }),
      () => lars.call('secondRoom', { unit: 'home-1' }, { version: 1 }),
      () => lena.call('sendPlan', { unit: 'home-1' }, letter),
    ])
      expect((await faultOf(call()))?.code).toMatch(/not-found|request-invalid/);
    expect(lines("where details like '%other-organisation%' and subject in ('plan', 'room')").length).toBe(2);
  });

  it('the desk, people, tokens and consoles show the own ones alone', async () => {
    const desk = await lars.desk();
    expect([desk.alarms, desk.looks, desk.visits]).toEqual([[], [], []]);
    expect(desk.units.map(({ unit }) => unit)).toEqual(['larm-central-1']);
    expect((await anna.desk()).units.map(({ unit }) => unit)).toEqual(['home-1']);
    const names = async (one: Person) => (await one.call('people')).people.map(({ name }) => name);
    expect(await names(axel)).toEqual(['Axel', 'Lars', 'Lena', 'Rolf']);
    expect(await names(adam)).not.toContain('Lars');
    expect((await axel.call('tokens')).tokens.map(({ unit }) => unit)).toEqual(['larm-central-1']);
    const pair = await makeSignKey();
    const said = await provePossession('anna@testby.se', new Date(clock.now()).toISOString(), pair);
    await anna.call('registerConsole', {}, said);
    expect((await anna.call('consoles')).consoles.length).toBe(1);
    expect((await lena.call('consoles')).consoles).toEqual([]);
  });

  it('the audit log shows the own lines, in the list and in the file', async () => {
    const theirs = (await rolf.call('audit')).lines;
    expect(new Set(theirs.map(({ who }) => who))).not.toContain('Anna');
    expect(theirs.some(({ who, what }) => who === 'Lars' && what === 'refused')).toBe(true);
    expect(theirs.some(({ details }) => details['name'] === 'Anna')).toBe(false);
    const ours = (await rut.call('audit')).lines;
    expect(ours.some(({ who }) => who === 'Anna')).toBe(true);
    // Whoever is refused something of ours is ours to know.
    expect(ours.some(({ who, what }) => who === 'Lars' && what === 'refused')).toBe(true);
    expect(ours.some(({ who, what }) => who === 'Rolf' && what === 'audit-read')).toBe(false);
    const file = async (one: Person) =>
      (await fetch(`${site.relay.url}/api/audit.csv`, { headers: { cookie: one.cookie } })).text();
    expect(await file(rolf)).not.toContain('Anna');
    expect(await file(rut)).toContain('Anna');
  });

  it('a home has one organisation: no unit comes into it from another', async () => {
    const asked = { unit: 'larm-2', client: 'Alias home-1', publicKey: key };
    expect((await faultOf(axel.call('addUnit', {}, asked)))?.code).toBe('already-there');
  });

  it('a name that is another’s, and one that nobody has, are refused in the same words; one’s own is told apart', async () => {
    const asked = (unit: string) => ({ unit, client: `Ny ${unit}`, publicKey: key });
    const [taken, free] = [
      await faultOf(axel.call('addUnit', {}, asked('home-1'))),
      await faultOf(axel.call('addUnit', {}, asked('home-99'))),
    ];
    expect(taken).toEqual(free);
    expect(taken).toMatchObject({ code: 'request-invalid', message: expect.stringContaining('«larm-»') });
    const [theirs, nobodys] = [
      await faultOf(adam.call('addUnit', {}, asked('larm-central-1'))),
      await faultOf(adam.call('addUnit', {}, asked('larm-nobodys'))),
    ];
    expect(theirs).toEqual(nobodys);
    expect((await faultOf(axel.call('addUnit', {}, asked('larm-central-1'))))?.code).toBe('already-there');
    await axel.call('addUnit', {}, asked('larm-central-2'));
    await axel.call('removeUnit', { unit: 'larm-central-2' });
    // Its part of the names would hold another's unit.
    const home = { organisation: 'home', name: 'Hemma', kind: 'operator' } as const;
    expect(await site.relay.addOrganisation(home)).toMatchObject({ code: 'already-there' });
  });
});

/** What a screen of this person is told. */
async function watching(person: Person) {
  const live = await person.socket('/live');
  const heard: LiveEvent[] = [];
  live.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))));
  await vi.waitFor(() => expect(heard[0]?.type).toBe('desk'));
  const desk = (): Desk => (heard.findLast((event) => event.type === 'desk') as { readonly desk: Desk }).desk;
  return { heard, desk, close: () => live.close() };
}
const agree = (what: readonly string[], hours?: { readonly from: string; readonly to: string }) =>
  adam.call('addAgreement', {}, { operator: 'larm', what, from: '2026-01-01T00:00:00.000Z', ...(hours && { hours }) });

describe('A5.8 an agreement', () => {
  it('about alarms shows them with least data, and lets them be answered: no visit, no agreed time, no room', async () => {
    const screen = await watching(lars);
    expect(screen.desk().alarms).toEqual([]);
    const { agreement } = await agree(['alarms']);
    await vi.waitFor(() => expect(screen.desk().alarms.map((one) => one.alarm)).toContain(alarm));
    const { units, visits, looks } = screen.desk();
    expect(visits).toEqual([]);
    expect(looks).toEqual([]);
    const unit = units.find((one) => one.unit === 'home-1');
    expect(Object.keys(unit ?? {})).not.toContain('vitals');
    expect(Object.keys((await anna.desk()).units[0]!)).toContain('vitals');
    const fall = aFall();
    await home.say('alarm-report', { ...fall, kind: 'not-in-bed' as never });
    await vi.waitFor(() => expect(JSON.stringify(screen.heard)).toContain(fall.alarm));
    expect((await lars.call('takeAlarm', { alarm })).takenBy).toBe('Lars');
    const window = { unit: 'home-1', reason: { type: 'window', window: 'dygnet' }, operatorKey: key };
    expect((await faultOf(lars.call('openLook', {}, window)))?.code).toBe('not-found');
    expect((await faultOf(lars.call('moveVisit', { visit }, { to: 'there' })))?.code).toBe('not-found');
    expect((await faultOf(lars.call('room', { unit: 'home-1' })))?.code).toBe('not-found');
    expect((await lars.call('plan', { unit: 'home-1' })).plan?.unit).toBe('home-1');
    await adam.call('endAgreement', { agreement });
    await vi.waitFor(() => expect(screen.desk().alarms).toEqual([]));
    expect((await faultOf(lars.call('closeAlarm', { alarm }, { verdict: 'help-needed' })))?.code).toBe('not-found');
    screen.close();
  });

  it('that is taken back ends a look that is open and its pictures, and the alarm waits for somebody again', async () => {
    const { agreement } = await agree(['alarms']);
    const opened = await openAlarmLook(site, lars, 'home-3');
    const pictures = await lars.socket(`/pictures/view?look=${opened.look}`);
    const closed = closing(pictures);
    await adam.call('endAgreement', { agreement });
    expect(await closed).toBe(4000);
    const { looks, alarms } = await anna.desk();
    const seen = looks.find((one) => one.look === opened.look);
    expect(seen?.state).not.toBe('open');
    expect(alarms.find((one) => one.alarm === seen?.alarm)?.state).toBe('raised');
    expect(lines(`where subject = '${opened.look}' and what = 'look-closed'`)[0]?.details).toContain('agreement-over');
    await opened.unit[Symbol.asyncDispose]();
  });

  it('of the night shows nothing at noon, and the desk is told anew when its hours come', async () => {
    const screen = await watching(lars);
    const { agreement } = await agree(['looks', 'visits'], { from: '22:00', to: '06:00' });
    expect((await lars.desk()).visits).toEqual([]);
    moved = 11 * 3600_000;
    await vi.waitFor(() => expect(screen.desk().visits.length).toBeGreaterThan(0), { timeout: 8000 });
    expect(screen.desk().alarms).toEqual([]);
    moved = 0;
    await vi.waitFor(() => expect(screen.desk().visits).toEqual([]), { timeout: 8000 });
    await adam.call('endAgreement', { agreement });
    screen.close();
  });

  it('is made and taken back by the administrator of the municipality alone, and both organisations read of it', async () => {
    const { agreement } = await agree(['alarms']);
    expect((await faultOf(axel.call('endAgreement', { agreement })))?.code).toBe('not-found');
    expect((await axel.call('agreements')).agreements.some((one) => one.agreement === agreement)).toBe(true);
    for (const by of [anna, lars, lena])
      expect((await faultOf(by.call('endAgreement', { agreement })))?.code).toBe('not-allowed');
    await adam.call('endAgreement', { agreement });
    for (const one of [rut, rolf])
      expect(
        (await one.call('audit')).lines.filter(({ subject }) => subject === agreement).map(({ what }) => what),
      ).toEqual(expect.arrayContaining(['agreement-made', 'agreement-ended']));
  });

  it('that means nothing is not made', async () => {
    for (const asked of [
      { operator: 'own', what: ['alarms'] },
      { operator: 'nobody', what: ['alarms'] },
      { operator: 'larm', what: [] },
      { operator: 'larm', what: ['alarms'], until: '2020-01-01T00:00:00.000Z' },
      { operator: 'larm', what: ['alarms'], hours: { from: '06:00', to: '06:00' } },
    ])
      expect(
        (await faultOf(adam.call('addAgreement', {}, { from: '2026-01-01T00:00:00.000Z', ...asked })))?.code,
      ).toMatch(/request-invalid|not-found/);
  });
});
