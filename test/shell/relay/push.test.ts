/** Web Push: a real relay, real units and people, and a push service that checks what is sent and opens it as a browser does. */
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { silent } from '@nattfrid/shared/log/logger';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeOwnCertificate, type OwnCertificate } from '../../stand-ins/own-certificate.ts';
import { openPushService, type PushService, type StandInBrowser } from '../../stand-ins/push-service/push-service.ts';
import { quickClock } from '../../stand-ins/quick-clock.ts';
import { type Person, password, signIn } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

/** Ten times as fast as life: what is tried again after five seconds is tried after half a second. */
const clock = quickClock(10);
/** Nothing but what these tests do may raise an alarm or make one louder. */
const patient = {
  lateAfterSeconds: 80_000,
  silentAfterSeconds: 86_000,
  overdueAfterSeconds: 80_000,
  visitAfterSeconds: 86_000,
};

let certificate: OwnCertificate;
let service: PushService;
let site: Site;
let unit: SpeakingUnit;
let [anna, siv]: (Person | undefined)[] = [];
let devices = 0;

const outgoing = () => ({
  outgoingNetworks: '127.0.0.1',
  outgoingCa: certificate.file,
  pushContact: 'mailto:drift@testby.se',
});
beforeAll(async () => {
  certificate = makeOwnCertificate();
  service = await openPushService(certificate);
  site = await openSite({ clock, settings: { ...patient, ...outgoing() } as never });
  anna = await site.person('Anna', 'operator');
  siv = await site.person('Siv', 'coordinator');
});
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await service?.[Symbol.asyncDispose]();
  certificate?.[Symbol.dispose]();
});

/** A browser of somebody, turned on. */
async function turnOn(
  by: Person,
  label = `Telefon ${++devices}`,
): Promise<StandInBrowser & { readonly device: string }> {
  const { key } = await by.call('myPush');
  const browser = service.subscribe(key);
  const { device } = await by.call('turnOnPush', {}, { subscription: browser.subscription, label, language: 'sv' });
  return Object.assign(browser, { device });
}
async function falls(): Promise<string> {
  const fall = aFall();
  await unit.say('alarm-report', fall);
  return fall.alarm;
}
const waits = { timeout: 30_000, interval: 20 };
const arrives = (browser: StandInBrowser, many = 1) =>
  vi.waitFor(() => expect(browser.arrived.length).toBeGreaterThanOrEqual(many), waits);
/** Another browser that is rung for the same alarm has been: what has not come by then was not sent. */
const reachOf = async (by: Person, alarm: string) => (await by.desk()).push?.find((one) => one.alarm === alarm);
const settled = (by: Person, alarm: string, reach: object) =>
  vi.waitFor(async () => expect(await reachOf(by, alarm)).toMatchObject(reach), waits);

describe('A6.1 a telephone is rung', () => {
  let person: Person;
  let browser: Awaited<ReturnType<typeof turnOn>>;
  let turn = 0;
  beforeEach(async () => {
    person = await site.person(`Natt${++turn}`, 'night-patrol');
    browser = await turnOn(person);
    // Of its own: more alarms of one unit than two stand behind one card.
    unit = await connectUnit(site.relay, await site.unit(`unit-push-${turn}`, 'Björken 3'));
  });
  afterEach(() => unit[Symbol.asyncDispose]());

  it('A6.1 by an alarm: which kind, and nothing about whom; sealed, urgent, short-lived, one topic for each alarm', async () => {
    const [first, second] = [await falls(), await falls()];
    await arrives(browser, 2);
    const of = (alarm: string) => browser.arrived.find(({ message }) => message.alarm === alarm);
    expect(of(first)?.message).toEqual({ type: 'alarm', language: 'sv', kind: 'fall', alarm: first });
    expect(of(first)?.headers).toMatchObject({ ttl: '900', urgency: 'high' });
    expect(of(first)?.headers['topic']).not.toBe(of(second)?.headers['topic']);
    expect(of(first)?.length).toBeLessThan(4096);
    expect(service.complaints).toEqual([]);
  });

  it('names the alias only where the organisation has said so', async () => {
    const boss = await site.person('Chef', 'administrator');
    await boss.call('setPushSetting', {}, { tellAlias: true });
    const alarm = await falls();
    await arrives(browser);
    expect(browser.arrived[0]?.message).toMatchObject({ alarm, client: 'Björken 3' });
    await boss.call('setPushSetting', {}, { tellAlias: false });
    expect(await boss.call('pushSetting')).toEqual({ tellAlias: false });
  });

  it('only where its person answers alarms, in this organisation, and is signed in there', async () => {
    orThrow(
      await site.relay.addOperator(
        { email: 'x@annan.se', name: 'Xena', role: 'operator', organisation: 'annan' },
        password,
      ),
    );
    const stranger = await turnOn(await signIn(site.relay, 'x@annan.se'));
    const planner = await turnOn(siv!);
    const gone = await site.person(`Borta${turn}`, 'operator');
    const signedOut = await turnOn(gone);
    await gone.call('signOut');
    const alarm = await falls();
    await arrives(browser);
    await settled(anna!, alarm, { failed: 0 });
    expect([stranger.asked, planner.asked, signedOut.asked]).toEqual([0, 0, 0]);
    expect((await siv!.call('myPush')).rings).toBe(false);
  });

  it('A6.3 by the steps of the alarm’s chain: first the team that is named, then the next, and once more when it is told again', async () => {
    const car = { kind: 'car', crew: 'single', looks: 'never', visits: 'always' } as const;
    const [first, second] = [
      await siv!.call('addTeam', {}, { ...car, name: `Bil ${turn}` }),
      await siv!.call('addTeam', {}, { ...car, name: `Bord ${turn}` }),
    ];
    const colleague = await site.person(`Kollega${turn}`, 'operator');
    const other = await turnOn(colleague);
    const offShift = await turnOn(await site.person(`Ledig${turn}`, 'operator'));
    await person.call('joinShift', { team: first.team });
    await colleague.call('joinShift', { team: second.team });
    const steps = [
      { to: first.team, withinMinutes: 0.3 },
      { to: second.team, withinMinutes: 60 },
    ];
    await siv!.call('setAlarmLine', {}, { steps, fallback: { telephone: '0500-123 456', words: 'Ring' } });
    const alarm = await falls();
    await arrives(browser);
    expect(other.asked).toBe(0);
    await arrives(other);
    // Taken, and nobody's again: both are told once more, and are rung once more.
    await person.call('takeAlarm', { alarm });
    await person.call('leaveShift', { team: first.team }, {});
    await arrives(other, 2);
    expect([other.arrived.length, offShift.asked]).toEqual([2, 0]);
    await colleague.call('takeAlarm', { alarm });
    await colleague.call('closeAlarm', { alarm }, { verdict: 'all-well', confirmed: true });
    await colleague.call('leaveShift', { team: second.team }, {});
    await siv!.call(
      'setAlarmLine',
      {},
      { steps: [{ to: 'everybody', withinMinutes: 60 }], fallback: { telephone: '0500-123 456', words: 'Ring' } },
    );
  });

  it('is turned on again by whoever signs in on it anew, and is one device', async () => {
    const again = await signIn(site.relay, `natt${turn}@testby.se`);
    const before = (await again.call('myPush')).devices;
    expect(before).toMatchObject([{ device: browser.device, signedIn: true, own: false }]);
    await again.call('turnOnPush', {}, { subscription: browser.subscription, label: 'Bil 2', language: 'sv' });
    await person.call('signOut');
    expect((await again.call('myPush')).devices).toMatchObject([{ device: browser.device, label: 'Bil 2', own: true }]);
    const alarm = await falls();
    await arrives(browser);
    expect(browser.arrived.map(({ message }) => message.alarm)).toEqual([alarm]);
  });

  it('no more once it is turned off', async () => {
    const other = await turnOn(person);
    await person.call('turnOffPush', { device: browser.device });
    await falls();
    await arrives(other);
    expect(browser.asked).toBe(0);
    await expect(person.call('turnOffPush', { device: browser.device })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('A6.1 and forgotten where its push service knows it no more: written in the log, told to its person until that is read', async () => {
    browser.answer({ status: 410 });
    await falls();
    await vi.waitFor(async () => expect((await person.call('myPush')).forgotten).toHaveLength(1), waits);
    const { devices: left, forgotten } = await person.call('myPush');
    expect([left, forgotten]).toMatchObject([[], [{ device: browser.device, why: 'gone' }]]);
    const { lines } = await siv!.call('audit', { what: 'push-device-forgotten' });
    expect(lines[0]).toMatchObject({ who: 'relay', subject: browser.device });
    await person.call('seenForgotten', { device: browser.device });
    expect((await person.call('myPush')).forgotten).toEqual([]);
    const other = await turnOn(person);
    await falls();
    await arrives(other);
    expect(browser.asked).toBe(1);
  });

  for (const [how, manner] of [
    ['is too busy', { status: 429, headers: { 'retry-after': '3' } }],
    ['is broken', { status: 500 }],
    ['does not answer', 'hangs'],
    ['cuts it off', 'dies'],
  ] as const)
    it(`once more where its push service ${how}`, async () => {
      browser.answer(manner);
      await falls();
      await arrives(browser);
      expect(browser.asked).toBeGreaterThanOrEqual(2);
      await vi.waitFor(
        async () => expect((await person.call('myPush')).devices[0]).not.toHaveProperty('failingSince'),
        waits,
      );
    });

  it('no more for an alarm that somebody has taken', async () => {
    browser.answer({ status: 500 }, { status: 500 });
    const alarm = await falls();
    await vi.waitFor(() => expect(browser.asked).toBe(1), waits);
    await person.call('takeAlarm', { alarm });
    const other = await falls();
    await arrives(browser);
    expect(browser.arrived.map(({ message }) => message.alarm)).toEqual([other]);
  });

  it('A6.3 beside the live stream, which says how many could not be reached', async () => {
    const colleague = await site.person(`Kollega${turn}`, 'operator');
    const broken = await turnOn(colleague);
    broken.answer(...Array.from({ length: 20 }, () => ({ status: 503 })));
    const live = await person.socket(sockets.live);
    const events: LiveEvent[] = [];
    live.on('message', (data) => events.push(JSON.parse(String(data))));
    const alarm = await falls();
    await vi.waitFor(() => {
      const told = events.findLast((event) => event.type === 'push' && event.push.alarm === alarm);
      expect(told).toMatchObject({ push: { failed: 1 } });
      expect(events.some((event) => event.type === 'alarm' && event.alarm.alarm === alarm)).toBe(true);
    }, waits);
    live.terminate();
    await colleague.call('turnOffPush', { device: broken.device });
  });

  it('by a press, which tells what its push service has said', async () => {
    expect(await person.call('tryPush', { device: browser.device })).toEqual({ taken: true });
    expect(browser.arrived[0]?.message).toEqual({ type: 'trial', language: 'sv' });
    browser.answer({ status: 500 });
    expect(await person.call('tryPush', { device: browser.device })).toMatchObject({
      taken: false,
      words: expect.stringContaining('500'),
    });
    expect((await person.call('myPush')).devices[0]).toHaveProperty('failingSince');
    await expect(anna!.call('tryPush', { device: browser.device })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('at no address inside: not by its figures, not by plain http, and not by way of a redirect', async () => {
    const { keys } = browser.subscription;
    const give = (endpoint: string) =>
      person.call('turnOnPush', {}, { subscription: { endpoint, keys }, label: 'Fel', language: 'sv' });
    for (const [endpoint, code] of [
      ['https://10.0.0.1/push', 'not-allowed'],
      ['https://[::ffff:192.168.0.1]/push', 'not-allowed'],
      ['https://169.254.169.254/latest', 'not-allowed'],
      ['https://0x0a000001/push', 'not-allowed'],
      ['http://8.8.8.8/push', 'request-invalid'],
      ['https://a:b@8.8.8.8/push', 'request-invalid'],
    ] as const)
      await expect(give(endpoint)).rejects.toMatchObject({ code });
    // A name that leads inside is found out when it is looked up.
    await give('https://localhost:1/push');
    const inside = (await person.call('myPush')).devices.find(({ label }) => label === 'Fel');
    expect(await person.call('tryPush', { device: inside!.device })).toMatchObject({ taken: false });

    const aim = service.subscribe((await person.call('myPush')).key);
    browser.answer({ status: 307, headers: { location: aim.subscription.endpoint } });
    expect(await person.call('tryPush', { device: browser.device })).toMatchObject({ taken: false });
    expect([browser.asked, aim.asked]).toEqual([1, 0]);
  });
});

describe('a relay that dies with a ring unsent', () => {
  it('A6.1 rings after it has come back, by the same key', async () => {
    const own = await openSite({ clock, settings: { ...patient, ...outgoing() } as never });
    const person = await own.person('Nils', 'operator');
    const { key } = await person.call('myPush');
    const browser = service.subscribe(key);
    await person.call('turnOnPush', {}, { subscription: browser.subscription, label: 'Bil', language: 'sv' });
    browser.answer('dies', 'dies');
    const home = await own.unit('unit-restart');
    const speaking = await connectUnit(own.relay, home);
    const fall = aFall();
    await speaking.say('alarm-report', fall);
    await vi.waitFor(() => expect(browser.asked).toBeGreaterThanOrEqual(1), waits);
    await speaking[Symbol.asyncDispose]();
    await own.relay[Symbol.asyncDispose]();
    expect(browser.arrived).toEqual([]);
    const settings = orThrow(checkSettings(own.settings));
    await using _again = await openRelay(settings, { clock, log: silent, newId: randomUUID });
    await arrives(browser);
    expect(browser.arrived[0]?.message.alarm).toBe(fall.alarm);
    expect(service.complaints).toEqual([]);
  });
});
