/** A municipality with something of everything: homes in each state, people of each role, clients, a night that is going on; and one with nothing. */
import { randomUUID } from 'node:crypto';
import type { Relay } from '@nattfrid/relay/relay';
import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import { Role } from '@nattfrid/shared/desk/role';
import { monthsAfter } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { days, hours, minutes } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Message } from '@nattfrid/shared/wire/messages';
import { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import { aConsent, aDecision, aForm, gunborg } from '../../support/care-samples.ts';
import { openDisk } from '../../support/disk.ts';
import { type Person, signIn } from '../../support/person.ts';
import type { Home, Site } from '../site.ts';

/** Whoever walks: what they are, and whether anything is there to be seen. */
export interface Walker {
  readonly name: string;
  readonly role: Role;
  readonly email: string;
  readonly where: 'full' | 'empty';
}
export const word = 'natt-och-frid-77';
const names: Readonly<Record<Role, string>> = {
  operator: 'Olle Frisk',
  coordinator: 'Kajsa Holm',
  'night-patrol': 'Nina Ros',
  'case-officer': 'Birgit Alm',
  installer: 'Ivar Sten',
  support: 'Sune Dal',
  statistics: 'Stina Berg',
  auditor: 'Lova Grip',
  administrator: 'Adam Lund',
};
export const walkers: readonly Walker[] = [
  ...Role.options.map((role) => ({ name: names[role], role, email: `${role}@example.se`, where: 'full' as const })),
  ...(['operator', 'coordinator', 'administrator'] as const).map((role) => ({
    ...{ name: `${names[role].split(' ')[0]} Granby`, role, email: `${role}@granby.example.se` },
    where: 'empty' as const,
  })),
];

/** All that is said here by people and units, so that it is not taken for words of the console. */
export const spokenData: string[] = [];
const said = <Text extends string>(text: Text): Text => {
  spokenData.push(text);
  return text;
};

export interface Municipality {
  readonly homes: Readonly<Record<'bed' | 'hall' | 'eken' | 'tallen' | 'aspen', Home>>;
  /** Addresses that no link leads to while the desk is as it is. */
  readonly addresses: readonly string[];
}

const fall = { code: 'fell-from-standing', figures: { lyingForSeconds: 15, fellInSeconds: 0.8 } };
const vitals = (more: Partial<Message<'vitals'>>): Message<'vitals'> => ({
  ...{ uptimeSeconds: 93_600, camera: 'connected', picturesPerSecond: 14.9, analysedPerSecond: 4.8 },
  ...{ droppedPictures: 12, outboxDepth: 0, memoryMegabytes: 412, lookOpen: false },
  ...more,
});
const inHours = (count: number) => printInstant(after(systemClock.now(), hours(count)));
const onDay = (count: number) => printInstant(after(systemClock.now(), days(count))).slice(0, 10);

export async function fill(site: Site): Promise<Municipality> {
  const { relay } = site;
  spokenData.push(...Object.values(gunborg).filter((one) => typeof one === 'string'), gunborg.relatives[0].relation);
  await relay.addOrganisation({ organisation: 'granby', name: said('Granby'), kind: 'municipality' });
  await relay.addOrganisation({ organisation: 'larm', name: said('Larmcentralen'), kind: 'operator' });
  for (const { name, role, email, where } of walkers) {
    const own = where === 'empty' ? { organisation: 'granby' as never } : {};
    const added = await relay.addOperator({ name: said(name), role, email: said(email), ...own }, word);
    if (added instanceof Fault) throw added;
  }
  const as = (role: Role): Promise<Person> => signIn(relay, `${role}@example.se`, word);
  const [operator, nurse, coordinator, admin, officer] = await Promise.all([
    as('operator'),
    as('night-patrol'),
    as('coordinator'),
    as('administrator'),
    as('case-officer'),
  ]);
  const bed = await site.addHome('bjorken-3-sovrum', said('Björken 3'), { looks: 2 }, said('Sovrum'));
  const hall = await site.addHome('bjorken-3-hall', 'Björken 3', { looks: 2 }, said('Hall'));
  const eken = await site.addHome('eken-4', said('Eken 4'), { looks: 1 }, 'Sovrum');
  const tallen = await site.addHome('tallen-9', said('Tallen 9'), { looks: 1 }, 'Sovrum');
  const aspen = await site.addHome('aspen-5', said('Aspen 5'), { looks: 1 }, 'Sovrum');
  const far = await site.addHome('akerbar-12', said('Åkerbärsvägen 12 B'), undefined, said('Vardagsrummet mot gården'));
  const cared = await site.addHome('linden-2', said('Linden 2'), undefined, 'Sovrum');
  await site.addUnit('ronnen-7', said('Rönnen 7'), toBase64Url((await makeSignKey()).publicKey));

  await staffed(coordinator, operator, nurse);
  await clients(site, cared, coordinator, officer);
  await neighbours(admin);
  await lookedAfter(coordinator, admin);
  await bed.unit.say('vitals', vitals({ legibility: { pictures: 5200, hard: 340, why: 'small' } }));
  await hall.unit.say(
    'vitals',
    vitals({ roomChanged: [{ type: 'bed-gone', bed: 0 }], cameraAdvice: CameraAdvice.options }),
  );
  await far.unit.say('vitals', vitals({ camera: 'lost', cameraFault: 'camera-unreachable', diskFull: true }));
  for (const phase of ['began', 'ended'] as const)
    await cared.unit.say('shadow-event', {
      ...{
        event: '6f1c0a52-7a36-4c55-9d0b-0a6a1d3b5a11',
        kind: 'left-room',
        phase,
        at: inHours(phase === 'began' ? -2 : -1),
      },
      evidence: { code: 'left-room', figures: { outForMinutes: 20 }, models: [], attended: false },
    });
  const alarms = await nightOf({ eken, tallen, aspen, far }, operator, nurse, coordinator);
  await lastMonth(site, coordinator);
  lastWeek(site);
  const orders = await workOrders(coordinator, admin);
  // A look is opened by a press, and not by a link.
  const { looks } = await operator.desk();
  const addresses = [
    ...alarms.map((alarm) => `/alarm/${alarm}`),
    ...looks.slice(0, 1).map(({ look }) => `/look/${look}`),
    // A label's square leads there, and the last steps of a unit that is being set up.
    '/pair',
    ...orders.flatMap((order) => [`/work-order/${order}`, `/install-papers/${order}`, `/install-record/${order}`]),
  ];
  return { homes: { bed, hall, eken, tallen, aspen }, addresses };
}

/** The summary that a relay makes by itself once a month is over: of this one's figures, as if they were the last one's. */
async function lastMonth(site: Site, coordinator: Person): Promise<void> {
  const from = onDay(-1);
  const { clients, ...together } = await coordinator.call('statistics', { from, until: onDay(2) });
  const month = monthsAfter(`${from.slice(0, 7)}-01`, -1).slice(0, 7);
  const summary = { ...together, month, madeAt: inHours(-1), homes: clients.length };
  using disk = openDisk(site.database);
  disk
    .prepare('insert into months (organisation, month, made_at, body) values (?, ?, ?, ?)')
    .run('own', month, Date.parse(summary.madeAt), JSON.stringify(summary));
}

/** The last seven days of two units, by the hour: one well, one whose camera was away on two nights, and which was silent on one. */
function lastWeek(site: Site): void {
  using disk = openDisk(site.database, { timeout: 5000 });
  const insert = disk.prepare(
    'insert or replace into unit_hours (unit, hour, samples, heard, camera, clock, plan) values (?, ?, 12, ?, ?, ?, ?)',
  );
  const now = Math.floor(systemClock.now() / hours(1));
  for (let ago = 167; ago > 0; ago--) {
    const at = (now - ago) * hours(1);
    insert.run('eken-4', at, 12, 12, 12, 12);
    const heard = ago > 30 && ago < 36 ? 0 : 12;
    const camera = (ago > 74 && ago < 79) || ago === 99 ? 4 : heard;
    insert.run('tallen-9', at, heard, Math.min(heard, camera), heard, heard);
  }
}

/** Teams with people in them, what was handed over, whom an alarm is told to. */
async function staffed(coordinator: Person, operator: Person, nurse: Person): Promise<void> {
  const line = { crew: 'single', telephone: '0500-12 34 56' } as const;
  const desk = { ...line, name: said('Trygghetscentralen'), kind: 'desk', looks: 'always', visits: 'never' } as const;
  const { team } = await coordinator.call('addTeam', {}, desk);
  const car = { ...line, name: said('Bil 1'), kind: 'car', looks: 'never', visits: { from: '21:00', to: '07:00' } };
  const { team: first } = await coordinator.call('addTeam', {}, car);
  await coordinator.call('addTeam', {}, { ...car, name: said('Bil 2'), crew: 'double' });
  await coordinator.call(
    'setAlarmLine',
    {},
    {
      steps: [
        { to: team, withinMinutes: 2 },
        { to: 'everybody', withinMinutes: 3 },
      ],
      words: said('Ring jouren'),
      fallback: { telephone: '0510-77 00 00', words: said('Nattpatrullens telefon') },
    },
  );
  await operator.call('joinShift', { team });
  await nurse.call('joinShift', { team: first });
  await operator.call('handOver', { team }, { note: said('Björken 3 sov oroligt, titta en gång extra.') });
}

/** One in force, one complete, one with holes, one stopped, one ended. */
async function clients(site: Site, cared: Home, coordinator: Person, officer: Person): Promise<void> {
  const whole = async (alias: string | undefined, name: string): Promise<ClientView> => {
    const personal = { ...gunborg, name: said(name) };
    const { client } = await officer.call('addClient', {}, { ...(alias && { alias }), personal });
    await officer.call('decide', { client }, aDecision());
    for (const what of ['technology', 'supervision', 'lives-alone'] as const)
      await officer.call('giveConsent', { client }, aConsent(what));
    return officer.call('draftPlan', { client }, aForm());
  };
  const form = aForm();
  spokenData.push(form.comment ?? '', form.events.other ?? '', aDecision().by, aDecision().reference, 'akt blad');
  const signed = await whole('Linden 2', gunborg.name);
  const letters = [];
  for (const { plan, version, unit, unitKey } of signed.plan?.units ?? []) {
    const made = planOfForm(form, signed.consents, { plan, version, unit, unitKey, client: signed.alias });
    if (made instanceof Fault) throw made;
    letters.push(await site.sign(made));
  }
  cared.unit.planKey = site.planKey;
  await coordinator.call('signPlan', { client: signed.client }, { edition: signed.plan?.edition ?? 1, letters });
  await whole(undefined, 'Karl-Erik Lindström');
  await officer.call('addClient', {}, { personal: { name: said('Märta Nilsson'), address: said('Storgatan 1') } });
  const stopped = await whole('Aspen 5', 'Ingrid Falk');
  await officer.call('withdrawConsent', { alias: stopped.alias }, { saidBy: 'client', what: 'all' });
  const over = await whole(undefined, 'Torsten Ek');
  await officer.call('endClient', { client: over.client }, { why: said('Flyttat till boende') });
  await coordinator.call('pauseSupervision', { alias: 'Tallen 9' }, { until: inHours(8), words: said('På sjukhus') });
}

/** Receivers, webhooks, keys, agreements. */
async function neighbours(admin: Person): Promise<void> {
  await admin.call(
    'saveReceiver',
    {},
    {
      settings: {
        name: said('Larmcentralen Väst'),
        primary: 'larm@127.0.0.1:5999',
        transport: 'tcp',
        controller: '26317',
        heartbeatMinutes: 0,
      },
    },
  );
  const events = ['alarm.raised', 'alarm.overdue'];
  await admin.call('addWebhook', {}, { name: said('Trygghetslarm'), url: 'https://webhook.invalid/hook', events });
  const { key } = await admin.call('addApiKey', {}, { name: said('Treserva'), scopes: ['read:looks'], days: 30 });
  await admin.call('addApiKey', {}, { name: said('Uppföljning'), scopes: ['read:statistics', 'read:alarms'], days: 3 });
  await admin.call('revokeApiKey', { key: key.key });
  const agreed = { operator: 'larm', what: ['alarms'], hours: { from: '22:00', to: '06:00' }, from: inHours(-1) };
  await admin.call('addAgreement', {}, agreed);
  const { agreement } = await admin.call('addAgreement', {}, { ...agreed, what: ['looks', 'visits'] });
  await admin.call('endAgreement', { agreement });
}

/** A unit to put up, and one to take home. @returns the orders */
async function workOrders(coordinator: Person, admin: Person): Promise<readonly string[]> {
  const { publicKey } = await makeSignKey();
  const article = { number: 'nattfrid', individual: said('e-ab23cd45'), authority: 'SoL' } as const;
  const label = { unit: 'e-ab23cd45', publicKey: toBase64Url(publicKey), doorHash: toBase64Url(publicKey), article };
  await admin.call('addLabels', {}, { location: 'Hjälpmedelslagret', labels: [label] });
  const put = {
    kind: 'install',
    client: 'Eken 4',
    place: 'Sovrum',
    on: onDay(2),
    words: said('Nyckel hos värden'),
  } as const;
  const back = { kind: 'return', client: 'Aspen 5', place: 'Sovrum', unit: 'aspen-5' } as const;
  await coordinator.call('addWorkOrder', {}, put);
  const { orders } = await coordinator.call('addWorkOrder', {}, back);
  return orders.map(({ order }) => order);
}

/** What the days are for: stock, documents, checks of the log, answers to questions. */
async function lookedAfter(coordinator: Person, admin: Person): Promise<void> {
  await coordinator.call(
    'setContact',
    {},
    {
      ...{ controller: said('Socialnämnden i Falköping'), telephone: '0500-12 34 56' },
      ...{ email: 'namnden@example.se', dataProtectionOfficer: 'ombud@example.se' },
    },
  );
  await coordinator.call('setStockLocation', {}, { location: said('Hjälpmedelslagret'), least: 5 });
  for (const individual of ['NF-1001', 'NF-1002', 'NF-1003'])
    await coordinator.call(
      'addStockItem',
      {},
      {
        article: { iso: '22 27 24', number: 'NF-1', individual, authority: 'SoL' },
        location: 'Hjälpmedelslagret',
      },
    );
  const { items } = await admin.call('stock');
  const [first, second] = items;
  if (first)
    await admin.call('moveStockItem', { item: first.item }, { to: 'installed', unit: 'eken-4', client: 'Eken 4' });
  if (second) await admin.call('moveStockItem', { item: second.item }, { to: 'faulty', words: said('Slår inte på') });
  await coordinator.call(
    'planSwap',
    {},
    {
      ...{
        client: 'Tallen 9',
        old: said('Lampan från förr'),
        unit: 'tallen-9',
        batch: 'mars',
        on: onDay(3),
        neededNights: 5,
      },
    },
  );
  await coordinator.call('makeLogCheck', {}, { from: onDay(-30), until: onDay(1) });
  for (const scores of [{ 'feels-safe': 4, 'slept-undisturbed': 5 }, { 'feels-safe': 5 }])
    await coordinator.call('answerQuestionnaire', {}, { who: 'client', client: 'Eken 4', scores });
}

/** Alarms and visits in each state. @returns the alarms */
async function nightOf(
  { eken, tallen, aspen, far }: Readonly<Record<'eken' | 'tallen' | 'aspen' | 'far', Home>>,
  operator: Person,
  nurse: Person,
  coordinator: Person,
): Promise<readonly string[]> {
  const raise = async (home: Home, kind: Parameters<Home['unit']['raise']>[0], evidence = fall) => {
    const alarm = await home.unit.raise(kind, evidence);
    for (let tries = 0; tries < 100; tries++) {
      if ((await operator.desk()).alarms.some((one) => one.alarm === alarm)) return alarm;
      await systemClock.sleep(minutes(0.001));
    }
    throw new Error(`The alarm ${alarm} did not come to the desk.`);
  };
  const out = { code: 'left-room', figures: { outForMinutes: 20, fellInSeconds: 0, lyingForSeconds: 0 } };
  const told = [];
  for (const [home, by, verdict] of [
    [aspen, operator, 'all-well'],
    [tallen, nurse, 'help-needed'],
    [aspen, nurse, 'help-needed'],
    [far, operator, 'help-needed'],
  ] as const) {
    const alarm = await raise(home, 'fall');
    await by.call('takeAlarm', { alarm });
    await by.call('closeAlarm', { alarm }, { verdict, confirmed: true });
    told.push(alarm);
  }
  const { visits } = await coordinator.desk();
  const [going, , done] = visits;
  if (going) await nurse.call('moveVisit', { visit: going.visit }, { to: 'on-the-way' });
  if (done) {
    await nurse.call('moveVisit', { visit: done.visit }, { to: 'on-the-way' });
    await nurse.call('moveVisit', { visit: done.visit }, { to: 'there' });
    await nurse.call('moveVisit', { visit: done.visit }, { to: 'done', outcome: said('Fick hjälp upp.') });
  }
  const mine = await raise(aspen, 'left-room', out as never);
  await operator.call('takeAlarm', { alarm: mine });
  const theirs = await raise(far, 'fall');
  await nurse.call('takeAlarm', { alarm: theirs });
  const free = await raise(eken, 'fall');
  return [...told, mine, theirs, free, randomUUID()];
}

/** The address of the relay, with the cookie of somebody who has signed in. */
export async function cookieOf(
  relay: Pick<Relay, 'url'>,
  email: string,
): Promise<{ name: string; value: string; url: string }[]> {
  const { cookie } = await signIn(relay, email, word);
  return cookie.split('; ').map((one) => {
    const at = one.indexOf('=');
    return { name: one.slice(0, at), value: one.slice(at + 1), url: relay.url };
  });
}
