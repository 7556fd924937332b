/** A home at night on a moved clock: a look that is open when a consent is taken back, the visits that come instead, and what is kept of it. */
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { openStore } from '@nattfrid/relay/store/database';
import { saveSureTime } from '@nattfrid/relay/store/sure-time-table';
import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import { silent } from '@nattfrid/shared/log/logger';
import { type Duration, days, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it } from 'vitest';
import { aConsent, aDecision, aForm, gunborg, secrets } from '../../support/care-samples.ts';
import { type Person, signIn } from '../../support/person.ts';
import { opening } from '../../support/picture-packets.ts';
import { aFall, vitals } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const alias = 'H-7';

/** 23:40 in Stockholm. */
const evening = instant(Date.parse('2026-11-20T22:40:00Z'));
const form = aForm({
  windows: [{ id: 'kvall', from: '23:41', to: '23:44', looks: 1 }],
  physical: { visits: ['23:45', '03:00'], whilePaused: 'visits' },
});

async function enrolled(site: Site, karin: Person, unit: SpeakingUnit): Promise<string> {
  const { client } = await karin.call('addClient', {}, { alias, personal: gunborg });
  await karin.call('decide', { client }, aDecision());
  for (const what of ['technology', 'supervision', 'lives-alone'] as const)
    await karin.call('giveConsent', { client }, aConsent(what));
  await signed(site, karin, client, unit);
  return client;
}

async function signed(site: Site, karin: Person, client: string, unit: SpeakingUnit): Promise<void> {
  const { plan, consents } = await karin.call('draftPlan', { client }, form);
  const { unit: name, unitKey, plan: id, version } = plan!.units[0]!;
  const made = orThrow(planOfForm(form, consents, { plan: id, version, unit: name, unitKey, client: alias as never }));
  await karin.call('signPlan', { client }, { edition: plan!.edition, letters: [await site.sign(made)] });
  await unit.told('plan-letter');
  await unit.say('plan-answer', { type: 'taken', plan: id, version });
}

it('A5.5 A1.11 A7.1 a look that is open when a consent is taken back gets its verdict, and somebody goes there each time instead, once', async () => {
  const clock = movedClock(evening);
  await using site = await openSite({ clock });
  const karin = await site.person('Karin', 'coordinator');
  const bo = await site.person('Bo', 'night-patrol');
  const home = await site.unit('unit-1', alias);
  const unit = await connectUnit(site.relay, home, { over: 'tcp' });
  /** The unit says that it is there meanwhile. */
  const pass = async (length: Duration) => {
    for (let done = 0; done < length; done += seconds(30)) {
      await unit.say('vitals', vitals, randomUUID(), clock.now());
      await clock.advance(seconds(30));
    }
  };
  const client = await enrolled(site, karin, unit);
  await expect(bo.call('visitCard', { alias })).rejects.toMatchObject({
    code: 'not-allowed',
    message: expect.stringContaining('There is none now.'),
  });
  await pass(minutes(1.5));

  // The comment of the plan is there while somebody looks, and so is who to go to.
  const asked = { unit: 'unit-1', reason: { type: 'window', window: 'kvall' }, operatorKey: 'A'.repeat(43) };
  const { look } = await bo.call('openLook', {}, asked);
  await unit.told('look-call');
  const until = printInstant(after(clock.now(), minutes(2)));
  await unit.say('look-answer', { type: 'opened', look, mode: 'silhouette', until });
  const viewer = await bo.socket(`/pictures/view?look=${look}`);
  const headers = { authorization: `Bearer ${home.unit}:${home.token}` };
  const camera = await bo.socket(`/pictures/unit?look=${look}`, headers);
  camera.send(opening(look));
  camera.send(Uint8Array.of(2, 1, 2, 3));
  const mine = async () => (await bo.desk()).looks.find((one) => one.look === look);
  await expect.poll(mine).toHaveProperty('firstPictureAt');
  expect(await mine()).toMatchObject({ state: 'open', comment: form.comment });
  expect(await bo.call('visitCard', { alias })).toMatchObject({
    name: gunborg.name,
    keyInformation: gunborg.keyInformation,
  });

  const fall = aFall();
  await unit.say('alarm-report', fall);
  await bo.call('withdrawConsent', { alias }, { what: 'all', saidBy: 'client', words: 'Gunborg Ekwall vill inte mer' });
  expect(await unit.told('look-close')).toMatchObject({ look });
  expect(await mine()).toMatchObject({ state: 'awaiting-verdict', end: 'consent-withdrawn' });
  expect(await bo.call('giveVerdict', { look }, { verdict: 'all-well', confirmed: true })).toMatchObject({
    state: 'done',
  });
  const alarms = (await bo.desk()).alarms.filter(({ alarm }) => alarm === fall.alarm);
  expect(alarms.map(({ state }) => state)).toEqual(['raised']);
  await bo.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'all-well', confirmed: true });

  viewer.close();
  camera.close();

  /** The times for which somebody was sent, off the log. */
  const sent = async (who: Person) =>
    (await who.call('audit', { what: 'visit-instead' })).lines.map(({ details }) => details['at']).reverse();
  const [late, early] = ['2026-11-20T22:45:00.000Z', '2026-11-21T02:00:00.000Z'];
  expect(await sent(karin)).toEqual([]);
  await pass(minutes(4.5));
  expect(await sent(karin)).toEqual([late]);
  const visits = (await bo.desk()).visits.filter(({ client: one }) => one === alias);
  expect(visits.map(({ why, state }) => [why, state])).toEqual([['no-supervision', 'needed']]);
  await bo.call('moveVisit', { visit: visits[0]!.visit }, { to: 'done', outcome: 'well' });
  await unit[Symbol.asyncDispose]();

  // A relay that is restarted does not send somebody twice for the same time, and goes on with the next, also one that it missed.
  await site.relay[Symbol.asyncDispose]();
  const settings = orThrow(checkSettings(site.settings));
  const around = { clock, log: silent, newId: randomUUID };
  {
    await using again = await openRelay(settings, around);
    const karinAnew = await signIn(again, 'karin@testby.se');
    await clock.advance(minutes(1));
    expect(await sent(karinAnew)).toEqual([late]);
  }
  clock.moveTo(instant(Date.parse('2026-11-21T02:10:00Z')));
  {
    await using again = await openRelay(settings, around);
    await clock.advance(minutes(1));
    const karinAnew = await signIn(again, 'karin@testby.se');
    expect(await sent(karinAnew)).toEqual([late, early]);
    await karinAnew.call('endClient', { client }, { why: 'Gunborg Ekwall har flyttat' });
    const { surveillance } = await karinAnew.call('register');
    expect(surveillance).toMatchObject([
      { alias, reference: 'SN 2026/311', purpose: 'looks-and-events', units: ['unit-1'], why: 'consent-withdrawn' },
    ]);
    const { lines } = await karinAnew.call('audit', { subject: alias });
    const written = lines.map(({ what }) => what);
    expect(written).toEqual(
      expect.arrayContaining([
        'client-added',
        'consent-withdrawn',
        'supervision-stopped',
        'visit-card-read',
        'visit-instead',
        'refused',
      ]),
    );
    for (const word of secrets) expect([word, JSON.stringify(lines).includes(word)]).toEqual([word, false]);
  }

  // After its days who it was is forgotten; that there was a client, with decision and dates, is not.
  clock.moveTo(after(clock.now(), days(91)));
  {
    await using store = await openStore(site.database);
    await store.write(({ db }) => saveSureTime(db, clock.now()));
  }
  await using last = await openRelay(settings, around);
  const karinLast = await signIn(last, 'karin@testby.se');
  await expect
    .poll(async () => (await karinLast.call('client', { client })).personal.name, { timeout: 8000 })
    .toBe(alias);
  expect((await karinLast.call('register')).surveillance).toMatchObject([
    { alias, reference: 'SN 2026/311', purpose: 'erased' },
  ]);
});
