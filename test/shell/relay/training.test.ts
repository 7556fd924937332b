/** Training on a real relay: homes in which nobody lives reach nobody who does not train, and no figure; and what people have practised. */
import { dayOf } from '@nattfrid/shared/domain/window';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { days, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOwnCertificate, type OwnCertificate } from '../../stand-ins/own-certificate.ts';
import { openPushService, type PushService } from '../../stand-ins/push-service/push-service.ts';
import { openDisk } from '../../support/disk.ts';
import { type Person, password, signIn } from '../../support/person.ts';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

/** By the clock of the machine, as the sign-in library counts sessions. */
const clock = movedClock(instant(Date.now()));
const period = { from: dayOf(after(clock.now(), milliseconds(-days(2)))), until: dayOf(after(clock.now(), days(2))) };
const real = aFall();
const trained = aFall();
let certificate: OwnCertificate;
let service: PushService;
let site: Site;
let [anna, siv, adam]: Person[] = [];
let [home, practice]: SpeakingUnit[] = [];

/** Alarms that stand in a table of the relay's own disk. */
function alarmsIn(table: string, column = 'alarm'): readonly unknown[] {
  using disk = openDisk(site.database, { readOnly: true });
  return disk
    .prepare(`select distinct ${column} as alarm from ${table} order by 1`)
    .all()
    .map(({ alarm }) => alarm);
}

const clientsOf = (all: readonly { readonly client: string }[]) =>
  [...new Set(all.map(({ client }) => client))].toSorted();

beforeAll(async () => {
  certificate = makeOwnCertificate();
  service = await openPushService(certificate);
  // Nothing listens at these: what would be told stays in its outbox.
  const gateway = { fallbackUrl: 'https://127.0.0.1:9/', fallbackSecret: 'a secret of this test only, long enough' };
  const outgoing = { outgoingNetworks: '127.0.0.1', outgoingCa: certificate.file };
  const brisk = { overdueAfterSeconds: 10, visitAfterSeconds: 20, visitGoWithinSeconds: 60 };
  const settings = { lateAfterSeconds: 80_000, silentAfterSeconds: 86_000, ...brisk, ...gateway, ...outgoing } as never;
  site = await openSite({ clock, settings });
  [anna, siv, adam] = [
    await site.person('Anna', 'operator'),
    await site.person('Siv', 'coordinator'),
    await site.person('Adam', 'administrator'),
  ];
  const events = ['alarm.raised', 'alarm.overdue', 'visit.needed'];
  await adam.call('addWebhook', {}, { name: 'Trygghet', url: 'https://127.0.0.1:9/hook', events });
  const central = { name: 'Central', transport: 'tcp', controller: '26317', heartbeatMinutes: 0 };
  await adam.call('saveReceiver', {}, { settings: { ...central, primary: 'larm@127.0.0.1:9' } });
  const { key } = await anna.call('myPush');
  const { subscription } = service.subscribe(key);
  await anna.call('turnOnPush', {}, { subscription, label: 'Telefon', language: 'sv' });
  const publicKey = toBase64Url((await makeSignKey()).publicKey);
  const added = await siv.call('addUnit', {}, { unit: 'ovning-1', client: 'Astrid', publicKey, training: true });
  home = await connectUnit(site.relay, await site.unit('sovrum-1', 'Alma'), { over: 'tcp' });
  practice = await connectUnit(site.relay, { unit: 'ovning-1' as never, token: added.token }, { over: 'tcp' });
  await siv.call('showTraining', {}, { show: true });
  const plan = aPlan('ovning-1', { client: 'ÖVNING Astrid' as never });
  await siv.call('sendPlan', { unit: 'ovning-1' }, await site.sign(plan));
  expect(clientsOf((await siv.desk()).looks)).toEqual(['ÖVNING Astrid']);
  await siv.call('showTraining', {}, { show: false });
  await home.say('alarm-report', real);
  await practice.say('alarm-report', trained);
});
afterAll(async () => {
  for (const one of [home, practice]) await one?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
  await service?.[Symbol.asyncDispose]();
  certificate?.[Symbol.dispose]();
});

describe('A2.8 a training home', () => {
  it('reaches no receiver, webhook, telephone or fallback, however long nobody takes its alarm', async () => {
    await clock.advance(minutes(2));
    expect(alarmsIn('alarms')).toEqual(expect.arrayContaining([real.alarm, trained.alarm]));
    for (const outbox of ['push_outbox', 'fallback_calls']) {
      expect(alarmsIn(outbox)).toContain(real.alarm);
      expect(alarmsIn(outbox)).not.toContain(trained.alarm);
    }
    expect(alarmsIn('webhook_outbox', 'client')).toEqual(['Alma']);
    expect(alarmsIn('scaip_outbox', 'client')).toEqual(['Alma']);
  });

  it('stands on nobody’s desk, in no figure, file, round, work-load or check of the log', async () => {
    const { alarms, units, visits, looks } = await anna!.desk();
    for (const all of [alarms, units, visits]) expect(clientsOf(all)).toEqual(['Alma']);
    expect(looks).toEqual([]);
    expect((await anna!.call('nextLook')).reserved).toBeUndefined();
    for (const load of (await anna!.call('workLoad')).windows) expect(load.looks).toBe(0);
    const { clients, visits: counted } = await siv!.call('statistics', period);
    expect([clientsOf(clients), counted.caused]).toEqual([['Alma'], 1]);
    const { check } = await siv!.call('makeLogCheck', {}, period);
    const { accesses } = await siv!.call('checkedAccesses', { check });
    expect(accesses.map(({ client }) => client)).not.toContain('ÖVNING Astrid');
    expect(clientsOf((await anna!.call('listAlarms')).items)).toEqual(['Alma']);
    expect((await siv!.call('documentFacts')).homes).toBe(1);
    await expect(anna!.call('takeAlarm', { alarm: trained.alarm })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is shown, marked, to whoever trains and to nobody else, and its alarm is answered as a real one is', async () => {
    await anna!.call('showTraining', {}, { show: true });
    const { alarms, units } = await anna!.desk();
    expect(clientsOf(alarms)).toEqual(['Alma', 'ÖVNING Astrid']);
    expect(units.filter(({ training }) => training).map(({ unit }) => unit)).toEqual(['ovning-1']);
    expect(clientsOf((await siv!.desk()).alarms)).toEqual(['Alma']);
    await anna!.call('takeAlarm', { alarm: trained.alarm });
    await anna!.call('closeAlarm', { alarm: trained.alarm }, { verdict: 'help-needed' });
    expect(clientsOf((await siv!.call('statistics', period)).clients)).toEqual(['Alma']);
    const done = (await anna!.call('firstSteps')).people[0]?.done;
    expect(done).not.toHaveProperty('take-alarm');
    await anna!.call('showTraining', {}, { show: false });
    expect(clientsOf((await anna!.desk()).alarms)).toEqual(['Alma']);
  });

  it('is gone from the desk when the session that trained is over', async () => {
    const again = await signIn(site.relay, 'anna@testby.se', password);
    await again.call('showTraining', {}, { show: true });
    expect((await anna!.desk()).units).toHaveLength(2);
    await again.call('signOut');
    await clock.advance(seconds(61));
    expect((await anna!.desk()).units).toHaveLength(1);
  });

  it('is one from the day it is added: no alias of a real home looks like it, and another unit in its place is one too', async () => {
    const key = async () => toBase64Url((await makeSignKey()).publicKey);
    await expect(
      siv!.call('addUnit', {}, { unit: 'sovrum-9', client: 'ÖVNING Berit', publicKey: await key() }),
    ).rejects.toMatchObject({ message: expect.stringContaining('training homes alone') });
    await siv!.call('showTraining', {}, { show: true });
    await siv!.call('replaceUnit', { unit: 'ovning-1' }, { publicKey: await key() });
    expect((await siv!.desk()).units.find(({ unit }) => unit === 'ovning-1')).toMatchObject({ training: true });
    await siv!.call('removeUnit', { unit: 'ovning-1' });
    await expect(
      siv!.call('addUnit', {}, { unit: 'ovning-1', client: 'Cilla', publicKey: await key() }),
    ).rejects.toMatchObject({ code: 'already-there' });
  });
});

describe('A3.2 an exercise', () => {
  it('is written down step by step as it was done, and is complete with the last one', async () => {
    const { run } = await anna!.call('beginExercise', {}, { exercise: 'make-visit' });
    const tell = (step: string, who = anna!) => who.call('tellExercise', { run }, { step });
    await tell('on-the-way');
    await tell('on-the-way');
    expect(await tell('there')).toMatchObject({ done: ['on-the-way', 'there'] });
    await expect(tell('plan-signed')).rejects.toMatchObject({ message: 'The exercise has no step plan-signed.' });
    await expect(tell('outcome-given', siv!)).rejects.toMatchObject({ code: 'not-found' });
    expect(await tell('outcome-given')).toHaveProperty('doneAt');
  });

  it('is seen by whoever did it, and by whoever looks after people, of the own organisation alone', async () => {
    await siv!.call('beginExercise', {}, { exercise: 'sign-plan' });
    const names = async (who: Person) => (await who.call('exercises')).runs.map(({ name }) => name).toSorted();
    expect(await names(anna!)).toEqual(['Anna']);
    expect(await names(siv!)).toEqual(['Anna', 'Siv']);
    expect(await names(await site.person('Eva', 'coordinator', 'annan'))).toEqual([]);
  });

  it('has a console of its own, from which no request leaves, in a frame of ours alone', async () => {
    const policy = async (path: string) =>
      (await fetch(`${site.relay.url}${path}`)).headers.get('content-security-policy') ?? '';
    const training = await policy('/training.html?exercise=answer-alarm');
    expect(training).toContain("connect-src 'none'");
    expect(training).toContain("frame-ancestors 'self'");
    expect(training).toContain("form-action 'self'");
    expect(await policy('/training')).toContain("frame-ancestors 'none'");
  });
});
