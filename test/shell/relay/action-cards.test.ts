/** Teams in a client's action card, through a real relay: who is told and when, what of it is told, and that a team that goes leaves nobody without a chain. */
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aConsent, aDecision, aForm, gunborg } from '../../support/care-samples.ts';
import { type Person, signIn } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const alias = 'H-31';
const clock = movedClock(instant(Date.parse('2026-11-21T21:00:00Z')));
const settings = { overdueAfterSeconds: 20, visitAfterSeconds: 40, silentAfterSeconds: 3600, againAfterSeconds: 3600 };
const fallback = { telephone: '0510-77 00 00', words: 'Nattpatrullens telefon' };

let site: Site;
let unit: SpeakingUnit;
let client: string;
let [eva, anna, bo]: Person[] = [];
let [patrol, operators]: TeamId[] = [];

const addTeam = async (name: string, kind: 'desk' | 'car'): Promise<TeamId> =>
  (
    await eva!.call(
      'addTeam',
      {},
      { name, kind, crew: 'single', looks: kind === 'desk' ? 'always' : 'never', visits: 'always' },
    )
  ).team;
const card = (...teams: readonly (string | undefined)[]) => ({
  steps: teams.map((to) => ({ to: to as TeamId, withinMinutes: 0.5 })),
  fallback,
});
const form = (...teams: readonly (string | undefined)[]) =>
  aForm({ cards: Object.fromEntries(aKinds.map((kind) => [kind, card(...teams)])) });
const aKinds = ['fall', 'leftRoom', 'notInBed', 'notSeen', 'technical'] as const;

async function fall(): Promise<string> {
  const report = aFall(randomUUID());
  await unit.say('alarm-report', report);
  return report.alarm;
}
const chainOf = async (alarm: string, by = anna!) => (await by.desk()).alarms.find((one) => one.alarm === alarm)!.chain;
const closed = (alarm: string) => anna!.call('closeAlarm', { alarm }, { verdict: 'all-well', confirmed: true });

beforeAll(async () => {
  site = await openSite({ clock, settings });
  [eva, anna, bo] = [
    await site.person('Eva', 'coordinator'),
    await site.person('Anna', 'operator'),
    await site.person('Bo', 'night-patrol'),
  ];
  [patrol, operators] = [await addTeam('Nattpatrull Norr', 'car'), await addTeam('Operatörer', 'desk')];
  unit = await connectUnit(site.relay, await site.unit('unit-1', alias), { over: 'tcp' });
  client = (await eva.call('addClient', {}, { alias, personal: gunborg })).client;
  await eva.call('decide', { client }, aDecision());
  for (const what of ['technology', 'supervision', 'lives-alone'] as const)
    await eva.call('giveConsent', { client }, aConsent(what));
});
afterAll(async () => {
  await unit[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

it('A2.6 a card that names a team which is not there is not complete, and its plan is not signed', async () => {
  await site.relay.addOrganisation({ organisation: 'larm', name: 'Larmcentralen', kind: 'operator' });
  const lena = await site.person('Lena', 'coordinator', 'larm');
  const theirs = await lena.call(
    'addTeam',
    {},
    { name: 'Natt', kind: 'desk', crew: 'single', looks: 'always', visits: 'never' },
  );
  for (const team of [randomUUID(), theirs.team]) {
    const { plan } = await eva!.call('draftPlan', { client }, form(team, operators));
    expect(plan).toMatchObject({ state: 'drafted' });
    expect(plan!.lacking).toContainEqual({ field: 'cards.fall', why: 'no-such-team' });
  }
});

describe('A2.6 A6.3 with a plan in force', () => {
  beforeAll(async () => {
    const whole = form(patrol, operators);
    const { plan, consents } = await eva!.call('draftPlan', { client }, whole);
    expect(plan!.lacking).toEqual([]);
    const { unit: name, unitKey, plan: id, version } = plan!.units[0]!;
    const made = orThrow(
      planOfForm(whole, consents, { plan: id, version, unit: name, unitKey, client: alias as never }),
    );
    await eva!.call('signPlan', { client }, { edition: plan!.edition, letters: [await site.sign(made)] });
    await unit.told('plan-letter');
    await unit.say('plan-answer', { type: 'taken', plan: id, version });
    await anna!.call('joinShift', { team: operators! });
  });

  it('a team that is empty tonight is stepped over in the same moment, and that is told', async () => {
    const alarm = await fall();
    expect(await chainOf(alarm)).toMatchObject({ step: 'telling', told: [patrol, operators], empty: [patrol] });
    await closed(alarm);
  });

  it('the team of each step is told in its minutes, then everybody, then the way without a computer', async () => {
    await bo!.call('joinShift', { team: patrol! });
    const alarm = await fall();
    const first = await chainOf(alarm);
    expect(first).toMatchObject({ step: 'telling', told: [patrol] });
    expect(first).not.toHaveProperty('empty');
    await clock.advance(seconds(31));
    expect(await chainOf(alarm)).toMatchObject({ step: 'telling', told: [patrol, operators] });
    await clock.advance(seconds(30));
    expect(await chainOf(alarm)).toMatchObject({ step: 'louder', told: [patrol, operators, 'everybody'] });
    await clock.advance(seconds(21));
    expect(await chainOf(alarm)).toMatchObject({ step: 'fallen-back', call: fallback.telephone });
    await closed(alarm);
  });

  it('a team whose crew goes home is stepped over at once; renamed it is the same team', async () => {
    const alarm = await fall();
    await eva!.call(
      'changeTeam',
      { team: patrol! },
      { name: 'Bil Norr', kind: 'car', crew: 'double', looks: 'never', visits: 'always' },
    );
    await clock.advance(seconds(2));
    expect(await chainOf(alarm)).toMatchObject({ told: [patrol] });
    await bo!.call('leaveShift', { team: patrol! }, {});
    await clock.advance(seconds(2));
    expect(await chainOf(alarm)).toMatchObject({ told: [patrol, operators], empty: [patrol] });
    await closed(alarm);
  });

  it('a team that is taken away, and a restart, leave an alarm with its chain; the page says whose card names it', async () => {
    await bo!.call('joinShift', { team: patrol! });
    const alarm = await fall();
    await bo!.call('leaveShift', { team: patrol! }, {});
    await eva!.call('removeTeam', { team: patrol! });
    expect((await eva!.call('namedTeams')).named).toEqual(
      expect.arrayContaining([
        { team: patrol, lost: true, clients: [alias], inLine: false },
        { team: operators, lost: false, clients: [alias], inLine: false },
      ]),
    );
    await expect(anna!.call('namedTeams')).rejects.toMatchObject({ code: 'not-allowed' });
    // What stands in the plan is told beside its field, and the plan goes on.
    const { plan } = await eva!.call('client', { client });
    expect(plan).toMatchObject({ state: 'in-force' });
    expect(plan!.lacking).toContainEqual({ field: 'cards.fall', why: 'no-such-team' });

    await unit[Symbol.asyncDispose]();
    await site.relay[Symbol.asyncDispose]();
    const around = { clock, log: silent, newId: randomUUID };
    await using relay = await openRelay(orThrow(checkSettings(site.settings)), around);
    const again = await signIn(relay, 'anna@testby.se');
    await clock.advance(seconds(2));
    expect(await chainOf(alarm, again)).toMatchObject({ told: [patrol, operators], empty: [patrol] });
    await clock.advance(seconds(60));
    expect(await chainOf(alarm, again)).toMatchObject({ step: 'fallen-back' });
    expect((await again.desk()).alarms.find((one) => one.alarm === alarm)).toMatchObject({ state: 'raised' });
  });
});
