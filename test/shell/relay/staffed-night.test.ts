/** A staffed night through a real relay on a moved clock: the chain to its end and past a restart, cars, hand-over, and one list for two. */
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { signatureOf } from '@nattfrid/relay/fallback/fallback';
import { openRelay } from '@nattfrid/relay/relay';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openGateway } from '../../stand-ins/gateway.ts';
import { type Person, signIn } from '../../support/person.ts';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

const evening = instant(Date.parse('2026-11-21T21:00:00Z'));
const secret = 'of the gateway and of this test only, long';
/** As by default, in a fraction of the time: every second of the moved clock is worked through. */
const brisk = {
  overdueAfterSeconds: 20,
  visitAfterSeconds: 40,
  againAfterSeconds: 60,
  goingAgainAfterSeconds: 600,
  visitGoWithinSeconds: 60,
  silentAfterSeconds: 3600,
};
const aTeam = (name: string, kind: 'desk' | 'car') => ({
  name,
  kind,
  crew: 'single',
  telephone: '0500-123 456',
  looks: kind === 'desk' ? 'always' : 'never',
  visits: kind === 'car' ? 'always' : 'never',
});
const anyKey = () => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
const addTeam = async (by: Person, name: string, kind: 'desk' | 'car'): Promise<TeamId> =>
  (await by.call('addTeam', {}, aTeam(name, kind))).team;

it('A2.6 A6.3 an alarm goes along its card to the fallback, which a refusal, a silence, a death and a restart do not lose', async () => {
  const clock = movedClock(evening);
  await using gateway = await openGateway();
  const settings = { ...brisk, fallbackUrl: gateway.url, fallbackSecret: secret };
  await using site = await openSite({ clock, settings });
  const eva = await site.person('Eva', 'coordinator');
  const bo = await site.person('Bo', 'night-patrol');
  const [centre, car] = [await addTeam(eva, 'Centralen', 'desk'), await addTeam(eva, 'Bil 1', 'car')];
  const steps = [
    { to: centre, withinMinutes: 0.5 },
    { to: car, withinMinutes: 0.5 },
  ];
  const fallback = { telephone: '0500-999 000', words: 'Ring jouren' };
  await eva.call('setAlarmLine', {}, { steps, fallback });
  await eva.call('joinShift', { team: centre });
  await bo.call('joinShift', { team: car });
  const home = await site.unit('unit-1', 'Björken 3');
  const unit = await connectUnit(site.relay, home, { over: 'tcp' });
  const fall = aFall();
  await unit.say('alarm-report', fall);
  const shown = async (by = bo) => (await by.desk()).alarms.find(({ alarm }) => alarm === fall.alarm)!;
  const chain = async () => (await shown()).chain;
  expect(await chain()).toMatchObject({ step: 'telling', told: [centre] });
  await clock.advance(seconds(31));
  expect(await chain()).toMatchObject({ step: 'telling', told: [centre, car] });
  await clock.advance(seconds(30));
  expect([await chain(), (await shown()).overdue]).toMatchObject([{ step: 'louder' }, true]);
  expect(gateway.heard).toEqual([]);

  gateway.manner = 'refuses';
  await clock.advance(seconds(21));
  const calls = () => gateway.heard.filter(({ body }) => body.includes(fall.alarm));
  await vi.waitFor(() => expect(calls()).toHaveLength(1));
  expect(await shown()).toMatchObject({
    state: 'raised',
    overdue: true,
    chain: { step: 'fallen-back', call: '0500-999 000' },
  });
  const { visit } = await shown();
  expect((await bo.desk()).visits.find((one) => one.visit === visit)).toMatchObject({ team: car, state: 'needed' });

  gateway.manner = 'hangs';
  await vi.waitFor(async () => {
    await clock.advance(seconds(1));
    expect(calls()).toHaveLength(2);
  });
  await gateway.die();
  await clock.advance(seconds(30));
  await unit[Symbol.asyncDispose]();
  await site.relay[Symbol.asyncDispose]();

  const later = movedClock(instant(clock.now() + seconds(20)));
  const around = { clock: later, log: silent, newId: randomUUID };
  await using relay = await openRelay(orThrow(checkSettings(site.settings)), around);
  const again = await signIn(relay, 'bo@testby.se');
  await later.advance(seconds(5));
  expect(calls()).toHaveLength(2);
  gateway.manner = 'answers';
  await gateway.rise();
  await vi.waitFor(async () => {
    await later.advance(seconds(1));
    expect(calls()).toHaveLength(3);
  });
  await later.advance(seconds(70));
  expect(calls()).toHaveLength(3);
  const [first, , last] = calls();
  expect([last!.call, last!.body]).toEqual([first!.call, first!.body]);
  expect(last!.signature).toBe(signatureOf(secret, last!.time, last!.body));
  expect(JSON.parse(last!.body)).toEqual({
    id: last!.call,
    alarm: fall.alarm,
    what: 'fall',
    code: 'lying-on-floor',
    alias: 'Björken 3',
    since: (await shown(again)).receivedAt,
    call: '0500-999 000',
    words: 'Ring jouren',
  });
  // The gateway has been told, and the alarm is where it was: a person ends it.
  expect(await shown(again)).toMatchObject({ state: 'raised', chain: { step: 'fallen-back' } });
});

describe('a night with people at work', () => {
  const clock = movedClock(evening);
  let site: Site;
  let eva: Person;
  let anna: Person;
  let bo: Person;
  let centre: TeamId;
  const cars: TeamId[] = [];
  const told: LiveEvent[] = [];
  const alarmOf = async (alarm: string) => (await eva.desk()).alarms.find((one) => one.alarm === alarm)!;
  const visitTo = async (client: string) => (await eva.desk()).visits.find((one) => one.client === client)!;

  async function fallIn(name: string) {
    const unit = await connectUnit(site.relay, await site.unit(name, `Hem ${name}`), { over: 'tcp' });
    const fall = aFall(randomUUID());
    await unit.say('alarm-report', fall);
    return { alarm: fall.alarm, client: `Hem ${name}`, unit };
  }

  beforeAll(async () => {
    site = await openSite({ clock, settings: brisk });
    [eva, anna, bo] = [
      await site.person('Eva', 'coordinator'),
      await site.person('Anna', 'operator'),
      await site.person('Bo', 'night-patrol'),
    ];
    centre = await addTeam(eva, 'Centralen', 'desk');
    for (const name of ['Bil 1', 'Bil 2']) cars.push(await addTeam(eva, name, 'car'));
    const live = await eva.socket('/live');
    live.on('message', (data) => told.push(JSON.parse(String(data)) as LiveEvent));
  });
  afterAll(() => site[Symbol.asyncDispose]());

  it('shows who is in which team, and keeps what one shift tells the next until somebody else has read it', async () => {
    await anna.call('joinShift', { team: centre });
    await anna.call('joinShift', { team: centre });
    const { shifts } = await bo.call('joinShift', { team: cars[0]! });
    expect(shifts.map(({ who, team }) => [who, team]).sort()).toEqual([
      ['Anna', centre],
      ['Bo', cars[0]],
    ]);
    await expect(bo.call('addTeam', {}, aTeam('Bil 9', 'car'))).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(eva.call('removeTeam', { team: centre })).rejects.toMatchObject({ code: 'not-now' });
    const night = await anna.call('leaveShift', { team: centre }, { note: 'Björken 3 sover oroligt' });
    expect(night.shifts.map(({ who }) => who)).toEqual(['Bo']);
    const [note] = night.handovers;
    await expect(anna.call('readHandover', { handover: note!.handover })).rejects.toMatchObject({ code: 'not-now' });
    const after = await bo.call('readHandover', { handover: note!.handover });
    expect(after.handovers).toMatchObject([{ note: 'Björken 3 sover oroligt', by: 'Anna', readBy: 'Bo' }]);
    await anna.call('joinShift', { team: centre });
  });

  it('A6.3 an alarm whose holder signs out is told again at once, and the others are told who has gone', async () => {
    const { alarm, unit } = await fallIn('left');
    const dag = await site.person('Dag', 'operator');
    await dag.call('joinShift', { team: centre });
    await dag.call('takeAlarm', { alarm });
    await clock.advance(seconds(2));
    expect(await alarmOf(alarm)).toMatchObject({ state: 'taken', takenBy: 'Dag' });
    await dag.call('signOut');
    await clock.advance(seconds(2));
    expect(await alarmOf(alarm)).toMatchObject({ state: 'raised', leftBy: 'Dag', chain: { again: 1 } });
    expect((await eva.desk()).night!.shifts.map(({ who }) => who)).not.toContain('Dag');
    await vi.waitFor(() =>
      expect(told.filter(({ type }) => type === 'left-in-hand')).toMatchObject([
        { left: { who: 'Dag', alarms: [alarm] } },
      ]),
    );
    await anna.call('takeAlarm', { alarm });
    await clock.advance(seconds(55));
    expect(await alarmOf(alarm)).toMatchObject({ state: 'taken', takenBy: 'Anna' });
    await clock.advance(seconds(10));
    expect(await alarmOf(alarm)).toMatchObject({ state: 'raised', leftBy: 'Anna', chain: { again: 2 } });
    await anna.call('closeAlarm', { alarm }, { verdict: 'all-well', confirmed: true });
    await unit[Symbol.asyncDispose]();
  });

  it('A1.5 A5.7 A9.1 a car goes to an alarm: on the way and there stand in the alarm, and another car takes over the rest', async () => {
    const rest = await fallIn('rest');
    await anna.call('closeAlarm', { alarm: rest.alarm }, { verdict: 'not-seen' });
    const fall = await fallIn('fall');
    await anna.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'help-needed' });
    const { visit, team } = await visitTo(fall.client);
    expect(team).toBe(cars[0]);
    await expect(anna.call('assignVisit', { visit }, { team: randomUUID() })).rejects.toMatchObject({
      code: 'not-found',
    });
    await anna.call('assignVisit', { visit }, { team: cars[1]! });
    expect(await visitTo(fall.client)).toMatchObject({ team: cars[1], state: 'needed' });
    await anna.call('assignVisit', { visit }, { team: cars[0]! });

    const { alarm, client, unit } = await fallIn('going');
    await clock.advance(seconds(41));
    const needed = await visitTo(client);
    expect(needed).toMatchObject({ state: 'needed', why: 'alarm-not-taken', team: cars[0] });
    // A home that does not answer at its time, which the car has not set out for; and a second car.
    const quiet = await site.unit('quiet', 'Hem quiet');
    await site.sendPlan(aPlan(quiet.unit, { client: 'Hem quiet' as never }));
    const due = (await eva.desk()).looks.find((one) => one.unit === quiet.unit && one.state === 'due')!;
    const { look, reason } = due;
    await anna.call('openLook', {}, { unit: quiet.unit, reason, look, operatorKey: anyKey() });
    expect(await visitTo('Hem quiet')).toMatchObject({ why: 'technical-fault', team: cars[0] });
    const dag = await signIn(site.relay, 'dag@testby.se');
    await dag.call('joinShift', { team: cars[1]! });
    await bo.call('moveVisit', { visit: needed.visit }, { to: 'on-the-way' });
    expect(await visitTo('Hem quiet')).toMatchObject({ team: cars[1], state: 'needed' });
    // What else is for an alarm stays with its car.
    expect(await visitTo(rest.client)).toMatchObject({ team: cars[0] });
    await dag.call('leaveShift', { team: cars[1]! });
    expect(await visitTo('Hem quiet')).toMatchObject({ team: cars[0] });
    expect(await alarmOf(alarm)).toMatchObject({ state: 'taken', takenBy: 'Bo', onTheWayAt: expect.any(String) });
    // Whoever is given another one's visit is not on the way: the alarm waits no longer than for somebody at a desk.
    await anna.call('assignVisit', { visit: needed.visit }, { team: cars[1]! });
    await clock.advance(seconds(65));
    expect(await alarmOf(alarm)).toMatchObject({ state: 'raised', leftBy: 'Bo', chain: { again: 1 } });
    await anna.call('assignVisit', { visit: needed.visit }, { team: cars[0]! });
    await bo.call('moveVisit', { visit: needed.visit }, { to: 'on-the-way' });
    await clock.advance(minutes(2));
    expect(await alarmOf(alarm)).toMatchObject({ state: 'taken' });
    await bo.call('moveVisit', { visit: needed.visit }, { to: 'there' });
    expect(await alarmOf(alarm)).toMatchObject({ thereAt: expect.any(String) });
    await bo.call('moveVisit', { visit: needed.visit }, { to: 'done', outcome: 'Hjälpte upp.' });
    await clock.advance(seconds(62));
    // The visit is done, and nobody has said how it was: the alarm asks again, and goes on asking.
    expect(await alarmOf(alarm)).toMatchObject({ state: 'raised', chain: { again: 2 } });
    // Those that nobody has set out for are told louder.
    expect(await visitTo(rest.client)).toMatchObject({ state: 'needed', overdue: true });
    for (const one of [rest.unit, fall.unit, unit]) await one[Symbol.asyncDispose]();
  });

  it('A1.10 two operators on one list never meet in a home', async () => {
    const dag = await signIn(site.relay, 'dag@testby.se');
    for (const name of ['a', 'b', 'c']) {
      const home = await site.unit(`round-${name}`, `Runda ${name}`);
      await site.sendPlan(aPlan(home.unit, { client: `Runda ${name}` as never }));
    }
    const next = async (by: Person) => (await by.call('nextLook')).reserved;
    const [one, other] = [(await next(anna))!, (await next(dag))!];
    expect(one.client).not.toBe(other.client);
    expect((await next(anna))!.look).toBe(one.look);
    const look = (await eva.desk()).looks.find((each) => each.look === one.look)!;
    const asked = { unit: look.unit, reason: look.reason, look: look.look, operatorKey: anyKey() };
    await expect(dag.call('openLook', {}, asked)).rejects.toMatchObject({
      code: 'not-now',
      message: expect.stringContaining('Anna'),
    });
    await anna.call('skipLook', { look: one.look });
    await expect(anna.call('skipLook', { look: one.look })).rejects.toMatchObject({ code: 'not-now' });
    expect((await next(anna))!.client).not.toBe(one.client);
    await clock.advance(seconds(61));
    expect((await eva.desk()).night!.reserved).toEqual([]);
    // Somebody whose team makes no looks now is told so.
    await expect(bo.call('nextLook')).rejects.toMatchObject({ code: 'not-now' });
  });

  it('A5.12 a window that those on shift cannot finish is told, once', async () => {
    const short = () => told.filter((event) => event.type === 'short-of-hands');
    const home = await site.unit('short', 'Kort 1');
    // Two looks at once in a home that nobody is at the desk for.
    await anna.call('leaveShift', { team: centre });
    await site.sendPlan(aPlan(home.unit, { client: 'Kort 1' as never }));
    await clock.advance(seconds(61));
    await vi.waitFor(() => expect(short().length).toBeGreaterThan(0));
    const many = short().length;
    await clock.advance(seconds(61));
    await eva.desk();
    expect(short()).toHaveLength(many);
    expect((await eva.call('workLoad')).windows[0]).toMatchObject({ operators: 0, short: true });
  });
});
