/**
 * Break-glass on a real relay: what no role allows is opened by two people, for one home and half an hour. Who may not grant it, how it
 * ends, what a restart leaves of it, and what it never opens.
 */
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay, type Relay } from '@nattfrid/relay/relay';
import type { BreakGlassView } from '@nattfrid/shared/desk/break-glass';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { dayOf } from '@nattfrid/shared/domain/window';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { days, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { gunborg } from '../../support/care-samples.ts';
import { openDisk, wholeOf } from '../../support/disk.ts';
import { computerOf, type Person, signIn } from '../../support/person.ts';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

/** Time goes on as it does, and further where a test moves it; `set` is what somebody does to the clock on the wall. */
let [moved, set] = [0, 0];
const clock: Clock = {
  ...systemClock,
  now: () => instant(Date.now() + moved + set),
  steady: () => milliseconds(systemClock.steady() + moved),
};

let site: Site;
let people: Record<'Karin' | 'Anna' | 'Bo' | 'Inga' | 'Adam' | 'Rut' | 'Lars' | 'Lena', Person>;
let unit: SpeakingUnit;
/** The last has no unit, and never a reason to go there. */
const [home, nextDoor, without] = ['H-1', 'H-2', 'H-3'];
const words = 'Dörren är låst och ingen svarar i telefon';

beforeAll(async () => {
  site = await openSite({ clock });
  await site.relay.addOrganisation({ organisation: 'larm', name: 'Larmcentralen', kind: 'operator' });
  people = {
    Karin: await site.person('Karin', 'coordinator'),
    Anna: await site.person('Anna', 'operator'),
    Bo: await site.person('Bo', 'operator'),
    Inga: await site.person('Inga', 'installer'),
    Adam: await site.person('Adam', 'administrator'),
    Rut: await site.person('Rut', 'auditor'),
    Lars: await site.person('Lars', 'night-patrol', 'larm'),
    Lena: await site.person('Lena', 'coordinator', 'larm'),
  };
  unit = await connectUnit(site.relay, await site.unit('unit-1', home));
  await site.unit('unit-2', nextDoor);
  for (const alias of [home, nextDoor, without]) await people.Karin.call('addClient', {}, { alias, personal: gunborg });
  await people.Adam.call('addAgreement', {}, { operator: 'larm', what: ['visits'], from: '2026-01-01T00:00:00.000Z' });
}, 90_000);
afterAll(async () => {
  await site[Symbol.asyncDispose]();
});
/** Asking is bounded: each story begins an hour later. */
beforeEach(() => {
  moved += minutes(60);
});

interface Line {
  readonly who: string;
  readonly what: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, string>>;
}
/** What the log says of one access, in order. */
const linesOf = (access: string): readonly Line[] => {
  using disk = openDisk(site.database);
  const rows = disk.prepare('select who, what, subject, details from audit where details like ? order by number');
  return (rows.all(`%${access}%`) as unknown as (Omit<Line, 'details'> & { details: string })[]).map((row) => ({
    ...row,
    details: JSON.parse(row.details),
  }));
};
const whatsOf = (access: string) => linesOf(access).map(({ what }) => what.replace('break-glass-', ''));
/** The relay writes lines of its own meanwhile. */
const lastLine = (what: string): Line => {
  using disk = openDisk(site.database);
  const row = disk
    .prepare('select who, what, subject, details from audit where what = ? order by number desc limit 1')
    .get(what);
  return { ...row, details: JSON.parse(String(row?.['details'])) } as unknown as Line;
};
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    ({ code }: Fault) => code,
  );
const ask = (who: Person, more: object = {}): Promise<BreakGlassView> =>
  who.call('askBreakGlass', {}, { client: home, what: 'visit-card', reason: 'nobody-answers', ...more });
const grant = (who: Person, { access }: BreakGlassView) => who.call('grantBreakGlass', { access });
const card = (who: Person, alias = home) => who.call('visitCard', { alias });
/** Asked for and granted. */
async function opened(who: Person, by: Person, more: object = {}): Promise<BreakGlassView> {
  return grant(by, await ask(who, more));
}
async function listening(person: Person) {
  const socket = await person.socket('/live');
  const heard: LiveEvent[] = [];
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))));
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0));
  return { heard, close: () => socket.close() };
}

describe('two people', () => {
  it('open the address of one home to somebody whose role has none; each step is written before it is done', async () => {
    const { Inga, Anna } = people;
    const screen = await listening(Anna);
    expect(await codeOf(card(Inga))).toBe('not-allowed');
    const asked = await ask(Inga, { words });
    expect(asked).toMatchObject({ state: 'asked', who: 'Inga', role: 'installer', client: home });
    expect(await codeOf(card(Inga))).toBe('not-allowed');
    await vi.waitFor(() => expect(JSON.stringify(screen.heard)).toContain(words));
    const open = await grant(Anna, asked);
    expect(open).toMatchObject({ state: 'open', grantedBy: 'Anna' });
    expect(Date.parse(open.until) - clock.now()).toBeCloseTo(minutes(30), -4);
    expect(await card(Inga)).toMatchObject({ address: gunborg.address, keyInformation: gunborg.keyInformation });
    expect(await codeOf(card(Inga, nextDoor))).toBe('not-allowed');
    await Inga.call('endBreakGlass', { opened: asked.access });
    expect(await codeOf(card(Inga))).toBe('not-allowed');
    expect(linesOf(asked.access).map(({ who, what, subject }) => [who, what, subject])).toEqual([
      ['Inga', 'break-glass-asked', home],
      ['Anna', 'break-glass-granted', home],
      ['Inga', 'break-glass-used', home],
      ['Inga', 'break-glass-ended', home],
    ]);
    screen.close();
  });

  it('leave what was written beside the reason sealed: it stands neither in the log nor in the database', () => {
    expect(wholeOf(site.database)).not.toContain('ingen svarar i telefon');
  });

  it('open it to an operator who has no reason to go there, in the one session that asked', async () => {
    const { Anna, Bo } = people;
    expect(await codeOf(card(Anna))).toBe('not-allowed');
    const { access } = await opened(Anna, Bo);
    expect(await card(Anna)).toMatchObject({ name: gunborg.name });
    const elsewhere = await signIn(site.relay, 'anna@testby.se');
    expect(await codeOf(card(elsewhere))).toBe('not-allowed');
    await Anna.call('endBreakGlass', { opened: access });
  });

  it('can say no, and take back what one of them has said yes to', async () => {
    const { Inga, Bo, Karin } = people;
    const asked = await ask(Inga);
    await Bo.call('declineBreakGlass', { access: asked.access });
    expect(await codeOf(grant(Karin, asked))).toBe('not-now');
    const open = await opened(Inga, Karin);
    await Bo.call('endBreakGlass', { opened: open.access });
    expect(await codeOf(card(Inga))).toBe('not-allowed');
    expect(linesOf(open.access).at(-1)).toMatchObject({ who: 'Bo', details: { why: 'taken-back' } });
  });
});

describe('nobody opens it', () => {
  it('for themselves; it is written as refused', async () => {
    const asked = await ask(people.Anna);
    expect(await codeOf(grant(people.Anna, asked))).toBe('not-allowed');
    const elsewhere = await signIn(site.relay, 'anna@testby.se');
    expect(await codeOf(grant(elsewhere, asked))).toBe('not-allowed');
    expect(lastLine('refused')).toMatchObject({ who: 'Anna', subject: 'grantBreakGlass' });
    expect(await codeOf(card(people.Anna))).toBe('not-allowed');
    await people.Anna.call('endBreakGlass', { opened: asked.access });
  });

  it('with two accounts at one computer', async () => {
    const { Anna, Bo } = people;
    const asked = await ask(Anna);
    const cookie = Bo.cookie.replace(computerOf(Bo), computerOf(Anna));
    expect(cookie).not.toBe(Bo.cookie);
    const answer = await fetch(`${site.relay.url}/api/break-glass/${asked.access}/grant`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{}',
    });
    expect([answer.status, ((await answer.json()) as Fault).code]).toEqual([403, 'not-allowed']);
    expect(lastLine('refused')).toMatchObject({ who: 'Bo', subject: 'grantBreakGlass' });
    // That both sit behind one network's address is no proof of anything: whoever reviews it is told.
    await grant(Bo, asked);
    const { accesses } = await people.Rut.call('breakGlasses');
    expect(accesses[0]).toMatchObject({ access: asked.access, alike: ['same-network'] });
    await Anna.call('endBreakGlass', { opened: asked.access });
  });

  it('who is of another organisation than the client, or has no agreement', async () => {
    const asked = await ask(people.Lars);
    expect(await codeOf(grant(people.Lena, asked))).toBe('not-found');
    await people.Lars.call('endBreakGlass', { opened: asked.access });
    await site.unit('larm-9', 'Langt bort', 'larm');
    expect(await codeOf(ask(people.Anna, { client: 'Langt bort' }))).toBe('not-found');
    expect(await codeOf(ask(people.Anna, { client: 'Ingen' }))).toBe('not-found');
  });

  it('by naming a home first that is to be another organisation’s: its unit takes no such alias', async () => {
    await people.Lena.call('addClient', {}, { alias: 'H-7', personal: gunborg });
    await expect(site.unit('unit-7', 'H-7')).rejects.toMatchObject({ code: 'already-there' });
    await site.unit('larm-7', 'H-7', 'larm');
  });

  it('without end: a person asks some times, and then rings the coordinator', async () => {
    const codes: string[] = [];
    for (let time = 0; time < 8; time++) {
      const asked = await ask(people.Bo).catch((fault: Fault) => fault);
      codes.push('code' in asked ? asked.code : 'asked');
      if (!('code' in asked)) await people.Bo.call('endBreakGlass', { opened: asked.access });
    }
    expect(codes.slice(-3)).toEqual(['too-many-requests', 'too-many-requests', 'too-many-requests']);
  });
});

describe('it is over', () => {
  it('ten minutes after it was asked for, where nobody has answered', async () => {
    const asked = await ask(people.Inga);
    moved += minutes(10);
    expect(await codeOf(grant(people.Anna, asked))).toBe('not-now');
    await vi.waitFor(() => expect(whatsOf(asked.access)).toEqual(['asked', 'ended']), { timeout: 5000 });
    expect(linesOf(asked.access).at(-1)).toMatchObject({ who: 'relay', details: { why: 'not-answered' } });
  });

  it('half an hour after it was granted, to the moment; a clock that is set back makes it no longer', async () => {
    const { access } = await opened(people.Inga, people.Anna);
    moved += minutes(29);
    await card(people.Inga);
    set = -minutes(20);
    moved += minutes(1);
    expect(await codeOf(card(people.Inga))).toBe('not-allowed');
    set = 0;
    await vi.waitFor(() => expect(whatsOf(access)).toEqual(['asked', 'granted', 'used', 'ended']), { timeout: 5000 });
  });

  it('as soon as the session that asked has been ended by somebody else, also for whoever signs in again', async () => {
    const nora = await site.person('Nora', 'support');
    const { access } = await opened(nora, people.Anna);
    await card(nora);
    const { sessions } = (await people.Karin.call('people')).people.find(({ name }) => name === 'Nora')!;
    await people.Karin.call('endSession', { session: sessions[0]!.session });
    expect(linesOf(access).at(-1)).toMatchObject({ what: 'break-glass-ended', details: { why: 'session-over' } });
    expect(await codeOf(card(nora))).toBe('not-signed-in');
    expect(await codeOf(card(await signIn(site.relay, 'nora@testby.se')))).toBe('not-allowed');
  });

  it('and a person who is signed out grants nothing', async () => {
    const ture = await site.person('Ture', 'operator');
    const asked = await ask(people.Inga);
    await ture.call('signOut');
    expect(await codeOf(grant(ture, asked))).toBe('not-signed-in');
    await people.Inga.call('endBreakGlass', { opened: asked.access });
  });
});

describe('alarms of a home that somebody has nothing to do with at this hour', () => {
  it('are seen, taken and closed by it, and nothing else: the unit is asked for no picture', async () => {
    const { Lars, Karin } = people;
    const fall = aFall();
    await unit.say('alarm-report', fall);
    const screen = await listening(Lars);
    const seen = () => screen.heard.findLast((event) => event.type === 'desk')!.desk.alarms.map(({ alarm }) => alarm);
    expect(seen()).toEqual([]);
    expect(await codeOf(Lars.call('takeAlarm', { alarm: fall.alarm }))).toBe('not-found');
    const open = await opened(Lars, Karin, { what: 'alarms', reason: 'alarm-of-others' });
    await vi.waitFor(() => expect(seen()).toEqual([fall.alarm]));
    const other = aFall();
    await unit.say('alarm-report', { ...other, kind: 'left-room' as never });
    await vi.waitFor(() => expect(JSON.stringify(screen.heard)).toContain(other.alarm));
    expect(await Lars.call('takeAlarm', { alarm: fall.alarm })).toMatchObject({ takenBy: 'Lars' });

    const key = 'k'.repeat(43);
    const letter = await site.sign(aPlan('unit-1'));
    for (const [name, params, body] of [
      ['openLook', {}, { unit: 'unit-1', reason: { type: 'alarm', alarm: fall.alarm }, operatorKey: key }],
      ['openLook', {}, { unit: 'unit-1', reason: { type: 'window', window: 'dygnet' }, operatorKey: key }],
      ['plan', { unit: 'unit-1' }],
      ['room', { unit: 'unit-1' }],
      ['stopUnit', { unit: 'unit-1' }, { planVersion: 1 }],
      ['sendPlan', { unit: 'unit-1' }, letter],
      ['visitCard', { alias: home }],
    ] as const)
      expect([name, await codeOf(Lars.call(name, params, body))]).not.toEqual([name, 'done']);
    expect(await unit.untold('look-call')).toBe(0);
    expect(await unit.untold('plan-letter')).toBe(0);

    await Karin.call('endBreakGlass', { opened: open.access });
    await vi.waitFor(() => expect(seen()).toEqual([]));
    const { alarms } = await people.Anna.desk();
    expect(alarms.find(({ alarm }) => alarm === fall.alarm)).toMatchObject({ state: 'raised' });
    expect(lastLine('alarm-let-go')).toMatchObject({ details: { why: 'break-glass-over' } });
    expect(await codeOf(Lars.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'help-needed' }))).toBe('not-found');
    for (const { alarm } of [fall, other])
      await people.Anna.call('closeAlarm', { alarm }, { verdict: 'all-well', confirmed: true });
    screen.close();
  });

  it('are closed by it, with a visit where help is needed', async () => {
    const fall = aFall();
    await unit.say('alarm-report', fall);
    await opened(people.Lars, people.Anna, { what: 'alarms', reason: 'alarm-of-others' });
    await people.Lars.call('takeAlarm', { alarm: fall.alarm });
    const closed = await people.Lars.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'help-needed' });
    expect(closed).toMatchObject({ state: 'closed', closedBy: 'Lars' });
    expect((await people.Anna.desk()).visits.at(-1)).toMatchObject({ why: 'help-needed', client: home });
  });

  it('are in nobody’s hand who may not answer them: whoever has been there, and sees no alarm, keeps none', async () => {
    const fall = aFall();
    await unit.say('alarm-report', fall);
    moved += minutes(20);
    const visit = await vi.waitFor(
      async () => {
        const { visits } = await people.Lars.desk();
        const found = visits.find((one) => [one, ...(one.also ?? [])].some((why) => why.alarm === fall.alarm));
        return found ?? Promise.reject(new Error('no visit yet'));
      },
      { timeout: 5000 },
    );
    await people.Lars.call('moveVisit', { visit: visit.visit }, { to: 'there' });
    const own = async () => (await people.Anna.desk()).alarms.find(({ alarm }) => alarm === fall.alarm);
    expect(await own()).toMatchObject({ state: 'taken', takenBy: 'Lars' });
    await people.Lars.call('moveVisit', { visit: visit.visit }, { to: 'done', outcome: 'I sängen' });
    await vi.waitFor(async () => expect(await own()).toMatchObject({ state: 'raised' }), { timeout: 5000 });
    await people.Anna.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'all-well', confirmed: true });
  });

  it('are no longer there once the agreement is taken back', async () => {
    const { agreements } = await people.Adam.call('agreements');
    const open = await opened(people.Lars, people.Anna, { client: nextDoor, what: 'alarms', reason: 'other' });
    await people.Adam.call('endAgreement', { agreement: agreements.at(-1)!.agreement });
    await vi.waitFor(() => expect(whatsOf(open.access).at(-1)).toBe('ended'), { timeout: 5000 });
    expect(linesOf(open.access).at(-1)!.details['why']).toBe('agreement-over');
    expect(await codeOf(ask(people.Lars))).toBe('not-found');
  });
});

describe('afterwards', () => {
  const day = (later: number) => dayOf(after(clock.now(), milliseconds(later * days(1))));
  it('each has to be looked at by somebody else than the two before a check of the log is signed off', async () => {
    const { Karin, Rut } = people;
    const { access } = await opened(people.Inga, Karin, { reason: 'danger', words });
    await card(people.Inga);
    await people.Inga.call('endBreakGlass', { opened: access });
    const found = (await Karin.call('breakGlasses')).accesses;
    expect(found.find((one) => one.access === access)).toMatchObject({
      ...{ who: 'Inga', grantedBy: 'Karin', reason: 'danger', words, why: 'given-back' },
      uses: [{ route: 'visitCard', subject: home }],
    });
    const { check } = await Rut.call('makeLogCheck', {}, { from: day(-2), until: day(1) });
    const { accesses } = await Rut.call('checkedAccesses', { check });
    expect(accesses.find(({ what, who }) => what === 'break-glass-used' && who === 'Inga')).toMatchObject({
      client: home,
      oddities: ['break-glass'],
    });
    for (const one of accesses) await Rut.call('checkAccess', { check }, { access: one.access, checked: 'in-order' });
    const signing = { words: 'Inget att anmärka.' };
    await expect(Rut.call('signOffLogCheck', { check }, signing)).rejects.toMatchObject({
      code: 'not-now',
      message: expect.stringContaining('break-glass'),
    });
    expect(await codeOf(Karin.call('reviewBreakGlass', { access }, { checked: 'in-order' }))).toBe('not-allowed');
    expect(await codeOf(Rut.call('reviewBreakGlass', { access }, { checked: 'follow-up' }))).toBe('request-invalid');
    for (const one of (await Rut.call('breakGlasses')).accesses)
      if (!one.reviewedBy) await Rut.call('reviewBreakGlass', { access: one.access }, { checked: 'in-order' });
    expect(await Rut.call('signOffLogCheck', { check }, signing)).toMatchObject({ signedOffBy: 'Rut' });
    expect(whatsOf(access).at(-1)).toBe('reviewed');
  });

  it('it stands in the client’s own extract, with the roles and no name of the staff', async () => {
    const extract = await people.Rut.call('clientExtract', { alias: home, from: day(-2), until: day(1) });
    expect(extract.breakGlass?.at(-1)).toMatchObject({
      ...{ what: 'visit-card', reason: 'danger', role: 'installer', grantedByRole: 'coordinator', uses: 1 },
    });
    expect(JSON.stringify(extract)).not.toMatch(/Inga|Karin|telefon/);
  });

  it('none is pushed out of sight by however many that are asked for after it', async () => {
    const { access } = await opened(people.Inga, people.Karin);
    await people.Inga.call('endBreakGlass', { opened: access });
    const asked = await ask(people.Inga);
    await people.Inga.call('endBreakGlass', { opened: asked.access });
    using disk = openDisk(site.database, { timeout: 5000 });
    disk.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 300)
      insert into break_glass (access, organisation, client, state, asked_at, ended_at, body)
      select 'flood-' || i, organisation, client, state, asked_at + i, ended_at, body
      from break_glass, n where access = '${asked.access}'`);
    const found = (await people.Rut.call('breakGlasses')).accesses;
    expect(found.find((one) => !one.reviewedBy)).toMatchObject({ access, who: 'Inga' });
    disk.exec("delete from break_glass where access like 'flood-%'");
    await people.Rut.call('reviewBreakGlass', { access }, { checked: 'in-order' });
  });
});

it('a restart leaves it as it was: what is asked for can be granted, what is open goes on, what is over opens nothing', async () => {
  const { Inga, Anna, Bo } = people;
  const open = await opened(Inga, Bo, { client: without });
  const asked = await ask(Anna, { client: without });
  moved += minutes(5);
  await unit[Symbol.asyncDispose]();
  await site.relay[Symbol.asyncDispose]();
  const again = async (): Promise<Relay> =>
    openRelay(orThrow(checkSettings(site.settings)), { clock, log: silent, newId: randomUUID });
  const at =
    (relay: Relay, { cookie }: Person) =>
    (path: string, method: 'GET' | 'POST') =>
      fetch(`${relay.url}${path}`, {
        method,
        headers: { cookie, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: '{}' }),
      }).then(({ status }) => status);
  {
    await using relay = await again();
    expect(await at(relay, Inga)(`/api/homes/${without}/visit-card`, 'GET')).toBe(200);
    expect(await at(relay, Anna)(`/api/homes/${without}/visit-card`, 'GET')).toBe(403);
    expect(await at(relay, Bo)(`/api/break-glass/${asked.access}/grant`, 'POST')).toBe(200);
    expect(await at(relay, Anna)(`/api/homes/${without}/visit-card`, 'GET')).toBe(200);
  }
  moved += minutes(40);
  await using relay = await again();
  expect(await at(relay, Inga)(`/api/homes/${without}/visit-card`, 'GET')).toBe(403);
  for (const { access } of [open, asked])
    await vi.waitFor(() => expect(whatsOf(access).filter((what) => what === 'ended')).toEqual(['ended']), {
      timeout: 5000,
    });
});
