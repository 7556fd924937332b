import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aConsent, aDecision, aForm, gunborg, secrets } from '../../support/care-samples.ts';
import { wholeOf } from '../../support/disk.ts';
import type { Person } from '../../support/person.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

let site: Site;
let karin: Person;
let bo: Person;
let unit: SpeakingUnit;
let client = '';
const alias = 'H-1';
const read = () => karin.call('client', { client });

const lettersOf = ({ plan, alias: home, consents }: ClientView): Promise<PlanLetter[]> =>
  Promise.all(
    plan!.units.map(({ unit: name, unitKey, plan: id, version }) => {
      const made = planOfForm(plan!.form, consents, { plan: id, version, unit: name, unitKey, client: home });
      if (made instanceof Error) throw made;
      return site.sign(made);
    }),
  );

const sign = async (view: ClientView) =>
  karin.call('signPlan', { client }, { edition: view.plan!.edition, letters: await lettersOf(view) });

/** The unit takes the newest plan that it is sent, as an agent does. */
async function taken(): Promise<void> {
  const letter = await unit.told('plan-letter');
  const { plan, version } = JSON.parse(Buffer.from(letter.body, 'base64url').toString());
  await unit.say('plan-answer', { type: 'taken', plan, version });
}

/** From where it is to a plan in force. */
async function inForce(): Promise<void> {
  for (const what of ['technology', 'supervision', 'lives-alone'] as const)
    await karin.call('giveConsent', { client }, aConsent(what));
  await sign(await karin.call('draftPlan', { client }, aForm()));
  await taken();
  expect((await read()).plan?.state).toBe('in-force');
}

const unsignedPlan = ({ plan, alias: home }: ClientView) => {
  const { unit: name, unitKey, plan: id, version } = plan!.units[0]!;
  const asIf = (['technology', 'supervision', 'cohabitant'] as const).map((what, index) => ({
    consent: `00000000-0000-4000-8000-00000000000${index}` as never,
    given: aConsent(what),
    recordedBy: 'Karin',
    recordedAt: '2026-01-02T08:00:00.000Z',
  }));
  const made = planOfForm(plan!.form, asIf, { plan: id, version, unit: name, unitKey, client: home });
  if (made instanceof Error) throw made;
  return made;
};

beforeAll(async () => {
  site = await openSite();
  karin = await site.person('Karin', 'coordinator');
  bo = await site.person('Bo', 'operator');
  const credential = await site.unit('unit-1', alias);
  unit = await connectUnit(site.relay, credential);
  client = (await karin.call('addClient', {}, { alias, personal: gunborg })).client;
}, 30_000);
afterAll(async () => {
  await unit?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

describe('a plan on its way', () => {
  it('A1.11 A5.11 is drafted with holes, and each is told with its field', async () => {
    const { plan } = await karin.call('draftPlan', { client }, aForm({ cards: {} }));
    const fields = plan!.lacking.map(({ field }) => field);
    expect(plan).toMatchObject({ edition: 1, state: 'drafted' });
    expect(fields).toEqual(
      expect.arrayContaining([
        'decision',
        'cards.fall',
        'cards.technical',
        'consents.technology',
        'consents.cohabitant',
      ]),
    );
  });

  it('A5.1 A7.1 A2.6 is not signed while something is missing, and the answer says what', async () => {
    const view = await read();
    const letters = [await site.sign(unsignedPlan(view))];
    await expect(karin.call('signPlan', { client }, { edition: 1, letters })).rejects.toMatchObject({
      code: 'request-invalid',
      message: expect.stringMatching(/decision.*cards\.fall.*consents\.technology/),
    });
  });

  it('A5.3 A5.4 A5.10 A7.2 A7.4 A7.9 is complete with its decision, its cards and all three consents', async () => {
    await karin.call('decide', { client }, aDecision());
    for (const what of ['technology', 'supervision', 'cohabitant'] as const)
      await karin.call('giveConsent', { client }, aConsent(what));
    const { plan, decision, consents } = await karin.call('draftPlan', { client }, aForm());
    expect(decision).toEqual(aDecision());
    expect(consents.map(({ given }) => given)).toContainEqual(aConsent('technology'));
    expect(plan?.form).toMatchObject({ code: 'DT-01', physical: { code: 'HT-02' } });
    expect(plan).toMatchObject({ edition: 2, state: 'complete', lacking: [] });
    const more = await karin.call(
      'draftPlan',
      { client },
      aForm({ windows: [{ id: 'a', from: '22:00', to: '06:00', looks: 5 }] }),
    );
    expect(more.plan!.lacking).toEqual([{ field: 'windows', why: 'more-looks-than-decided' }]);
    await karin.call('draftPlan', { client }, aForm());
  });

  it('is what was read, exactly: another edition, another plan and another key are refused in words', async () => {
    const view = await read();
    const edition = view.plan!.edition;
    const plan = unsignedPlan(view);
    for (const [letters, asked, code, words] of [
      [await lettersOf(view), edition - 1, 'not-now', /edition 4 is the newest/i],
      [[await site.sign({ ...plan, mode: 'clear' })], edition, 'request-invalid', /«mode» differs/],
      [[await site.sign({ ...plan, version: 9 })], edition, 'request-invalid', /«version» differs/],
      [[{ ...(await site.sign(plan)), signature: 'A'.repeat(86) }], edition, 'signature-wrong', /signed/],
    ] as const)
      await expect(karin.call('signPlan', { client }, { edition: asked, letters })).rejects.toMatchObject({
        code,
        message: expect.stringMatching(words),
      });
    expect((await read()).plan?.state).toBe('complete');
  });

  it('A1.8 A2.1 A2.2 A2.3 A2.5 is in force once its unit has taken it', async () => {
    const signed = await sign(await read());
    expect(signed.plan).toMatchObject({ state: 'signed', signedBy: 'Karin', units: [{ unit: 'unit-1', has: 'sent' }] });
    await taken();
    expect((await read()).plan).toMatchObject({ state: 'in-force', units: [{ has: 'taken' }] });
    const told = await bo.call('plan', { unit: 'unit-1' });
    expect(told.plan?.alarms).toMatchObject({
      fall: { persistenceSeconds: 20 },
      leftRoom: { afterMinutes: 15, hours: { from: '22:00', to: '06:00' } },
      notInBed: { by: '23:30' },
    });
  });
});

describe('who it is', () => {
  it('A5.11 A7.7 stands nowhere in the database file or what is written ahead of it', () => {
    const bytes = wholeOf(site.database);
    for (const word of [...secrets, 'höger sida']) expect([word, bytes.includes(word)]).toEqual([word, false]);
    expect(bytes).toContain('unit-1');
  });
});

describe('a consent that is taken back', () => {
  for (const [id, what, saidBy] of [
    ['A7.1 A5.5', 'technology', 'client'],
    ['A7.3', 'supervision', 'objects'],
    ['A7.2', 'lives-alone', 'client'],
    ['A5.5', 'all', 'representative'],
  ] as const)
    it(`${id} ends the plan, whoever hears it: ${what}`, async () => {
      await inForce();
      const version = (await read()).plan!.units[0]!.version;
      expect((await looksOf()).map(({ state }) => state)).toContain('due');
      const { halt, units } = await bo.call('withdrawConsent', { alias }, { what, saidBy });
      expect([halt.type, units]).toEqual(['stopped', ['unit-1']]);
      const stop = await unit.told('halt-letter');
      expect(stop).toMatchObject({ type: 'stop', why: 'consent-withdrawn', planVersion: version });
      const view = await read();
      expect(view).toMatchObject({ halt: { type: 'stopped', by: 'Bo' }, plan: { state: 'ended' } });
      expect(view.consents.filter(({ withdrawn }) => !withdrawn).map(({ given }) => given.what)).not.toContain(what);
      expect((await looksOf()).map(({ state }) => state)).not.toContain('due');
      const asked = { unit: 'unit-1', reason: { type: 'window', window: 'dygnet' }, operatorKey: 'A'.repeat(43) };
      await expect(bo.call('openLook', {}, asked)).rejects.toMatchObject({
        code: 'not-now',
        message: 'Supervision of this home is stopped: nothing is shown until a new plan is in force.',
      });
    });

  it('A7.1 is not gone round by a plan that was signed elsewhere', async () => {
    const plan = unsignedPlan(await karin.call('draftPlan', { client }, aForm()));
    await expect(karin.call('sendPlan', { unit: 'unit-1' }, await site.sign(plan))).rejects.toMatchObject({
      code: 'not-now',
      message: expect.stringContaining('A consent was taken back in H-1'),
    });
  });

  it('A7.1 stays in the record with who heard it, and a new one stands beside it', async () => {
    const { consents } = await karin.call('giveConsent', { client }, aConsent('technology'));
    const technology = consents.filter(({ given }) => given.what === 'technology');
    expect(technology.filter(({ withdrawn }) => withdrawn?.by === 'Bo').length).toBeGreaterThan(0);
    expect(technology.at(-1)?.withdrawn).toBeUndefined();
  });
});

describe('a pause', () => {
  it('A7.11 rests the home until it is over, is refused in words where it makes no sense, and can be ended sooner', async () => {
    await inForce();
    const ahead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    for (const [body, words] of [
      [{ until: ahead(24 * 15) }, /at most 14 days/],
      [{ until: ahead(-1) }, /after now/],
      [{ from: ahead(-2), until: ahead(2) }, /in the past/],
    ] as const)
      await expect(bo.call('pauseSupervision', { alias }, body)).rejects.toMatchObject({
        message: expect.stringMatching(words),
      });
    expect(await bo.call('pauseSupervision', { alias }, { until: ahead(8) })).toMatchObject({
      halt: { type: 'paused' },
    });
    const asked = { unit: 'unit-1', reason: { type: 'window', window: 'dygnet' }, operatorKey: 'A'.repeat(43) };
    await expect(bo.call('openLook', {}, asked)).rejects.toMatchObject({
      message: expect.stringContaining('is paused'),
    });
    await bo.call('endPause', { alias });
    expect((await read()).halt).toBeUndefined();
    await expect(bo.call('endPause', { alias })).rejects.toMatchObject({ code: 'not-now' });
  });
});

describe('a unit that is taken out', () => {
  it('A1.8 ends the plan that was its alone, and nobody waits for it', async () => {
    await karin.call('removeUnit', { unit: 'unit-1' });
    expect(await read()).toMatchObject({ plan: { state: 'ended' }, halt: { type: 'stopped' } });
  });
});

const looksOf = async () => (await bo.desk()).looks.filter(({ client: home }) => home === alias);
