/** A plan is for one home, and signed by the one municipality that the unit belongs to; no looks are listed without consents. */
import { proveMunicipality, signSuccessor } from '@nattfrid/shared/seal/municipality-key';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey, type SignKey, sign } from '@nattfrid/shared/seal/sign';
import { signSigner } from '@nattfrid/shared/seal/signer';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after as passed, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { aPlan } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';

it('a plan of another home is not taken for this one, and is not on the list', async () => {
  await using site = await openSite();
  const anna = await site.person('Anna', 'operator');
  const home = await site.unit('unit-1', 'Björken 3');
  await expect(site.sendPlan(aPlan(home.unit, { client: 'Granen 9' as never }))).rejects.toMatchObject({
    code: 'request-invalid',
    message: 'This plan is for Granen 9. The home of unit-1 is Björken 3.',
  });
  expect((await anna.desk()).looks).toEqual([]);
});

it('a unit whose plan one municipality has signed takes none of another', async () => {
  const [hemby, granby] = [await makeSignKey(), await makeSignKey()];
  const planKeys = { hemby: toBase64Url(hemby.publicKey), granby: toBase64Url(granby.publicKey) };
  await using site = await openSite({ settings: { planKeys } });
  const karin = await site.person('Karin', 'coordinator');
  const home = await site.unit('unit-1');
  const send = async (version: number, key: typeof hemby) =>
    karin.call('sendPlan', { unit: home.unit }, await signPlan(aPlan(home.unit, { version }), key.privateKey));
  await send(1, hemby);
  await expect(send(2, granby)).rejects.toMatchObject({ code: 'not-allowed' });
  await send(2, hemby);
});

it('a plan whose consents begin later, or were taken back, puts no look on the list', async () => {
  await using site = await openSite();
  const anna = await site.person('Anna', 'operator');
  const consents = { technology: '2026-01-01', supervision: '2026-01-01', cohabitants: 'lives-alone' } as const;
  const listed = async (unit: string) => (await anna.desk()).looks.filter((look) => look.unit === unit).length;
  for (const [unit, given, looks] of [
    ['agreed', {}, true],
    ['later', { supervision: '2089-01-01' }, false],
    ['withdrawn', { withdrawn: '2026-01-02' }, false],
  ] as const) {
    const home = await site.unit(unit);
    await site.sendPlan(aPlan(home.unit, { consents: { ...consents, ...given } }));
    expect([unit, (await listed(unit)) > 0]).toEqual([unit, looks]);
  }
});

it.for([
  ['beside the others', { comment: 'only silhouettes, please' }],
  [
    'within the consents',
    { consents: { technology: '2026-01-01', supervision: '2026-01-01', cohabitants: 'lives-alone', pets: true } },
  ],
  ['within a window', { windows: [{ id: 'dygnet', from: '00:00', to: '00:00', looks: 1, quietly: true }] }],
] as const)('a plan that says more than is understood is refused, and the answer names what: %s', async ([, more]) => {
  const [hemby, granby] = [await makeSignKey(), await makeSignKey()];
  const planKeys = { hemby: toBase64Url(hemby.publicKey), granby: toBase64Url(granby.publicKey) };
  await using site = await openSite({ settings: { planKeys } });
  const karin = await site.person('Karin', 'coordinator');
  const anna = await site.person('Anna', 'operator');
  const home = await site.unit('unit-1');
  // Signed as it stands: our own tools sign no such plan.
  const body = new TextEncoder().encode(JSON.stringify({ ...aPlan(home.unit), ...more }));
  const letter = { body: toBase64Url(body), signature: toBase64Url(await sign('plan', body, hemby.privateKey)) };
  await expect(karin.call('sendPlan', { unit: home.unit }, letter)).rejects.toMatchObject({
    code: 'message-invalid',
    message: expect.stringMatching(/comment|pets|quietly/),
  });
  expect((await anna.desk()).looks).toEqual([]);
});

describe('the municipality’s key, set from a screen', () => {
  const text = (key: SignKey) => toBase64Url(key.publicKey);
  const proof = (key: SignKey, organisation = 'own') =>
    proveMunicipality(organisation, printInstant(systemClock.now()), key);
  const signer = (key: SignKey) => ({
    key: text(key),
    name: 'Plats 2',
    from: printInstant(passed(systemClock.now(), hours(-1))),
    until: printInstant(passed(systemClock.now(), hours(24))),
  });

  it('A7.1 signs plans from then on, by itself or by whom it has signed for; nobody else’s word counts', async () => {
    await using site = await openSite();
    const karin = await site.person('Karin', 'coordinator');
    const anna = await site.person('Anna', 'operator');
    const home = await site.unit('unit-1');
    const [root, siv, stranger] = [await makeSignKey(), await makeSignKey(), await makeSignKey()];
    const set = async (key: SignKey, more: object = {}, by = karin) =>
      by.call('setMunicipalityKey', {}, { possession: await proof(key), ...more });
    await expect(set(root, {}, anna)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(
      karin.call('setMunicipalityKey', {}, { possession: await proof(root, 'granby') }),
    ).rejects.toMatchObject({ code: 'request-invalid' });
    const stolen = { ...(await proof(stranger)), key: text(root) };
    await expect(karin.call('setMunicipalityKey', {}, { possession: stolen })).rejects.toMatchObject({
      code: 'request-invalid',
    });
    await set(root);
    const word = await signSigner(signer(siv), root.privateKey);
    const keep = (key: SignKey, letter: typeof word) =>
      karin.call('keepKeyLetter', {}, { kind: 'signer', key: text(key), letter });
    await expect(keep(stranger, word)).rejects.toMatchObject({ code: 'signature-wrong' });
    await expect(keep(siv, await signSigner(signer(siv), stranger.privateKey))).rejects.toMatchObject({
      code: 'signature-wrong',
    });
    await keep(siv, word);
    expect((await karin.call('municipalityKey', {}, {})).letters).toMatchObject([{ kind: 'signer', key: text(siv) }]);

    const send = async (version: number, key: SignKey, letter?: typeof word) =>
      karin.call(
        'sendPlan',
        { unit: home.unit },
        await signPlan(aPlan(home.unit, { version }), key.privateKey, letter),
      );
    await expect(send(1, siv)).rejects.toMatchObject({ code: 'signature-wrong' });
    await expect(send(1, stranger, word)).rejects.toMatchObject({ code: 'signature-wrong' });
    await send(1, siv, word);

    // Another takes its place: only with the word of the one before, and what that one has signed counts no longer.
    await expect(set(stranger)).rejects.toMatchObject({ code: 'not-allowed' });
    const forged = await signSuccessor(siv, stranger, systemClock.now());
    await expect(set(stranger, { successor: { ...forged, old: text(root) } })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    const successor = await signSuccessor(root, stranger, systemClock.now());
    expect(await set(stranger, { successor })).toMatchObject({ successors: [successor], letters: [] });
    await expect(send(2, siv, word)).rejects.toMatchObject({ code: 'signature-wrong' });
    await send(2, stranger);
    expect((await karin.call('plan', { unit: home.unit }, {})).letter?.successors).toEqual([successor]);
  });

  it('A7.1 is not changed by a route where it stands in the settings', async () => {
    const [fixed, other] = [await makeSignKey(), await makeSignKey()];
    await using site = await openSite({ settings: { planKeys: { own: text(fixed) } } });
    const karin = await site.person('Karin', 'coordinator');
    const successor = await signSuccessor(fixed, other, systemClock.now());
    for (const asked of [{ possession: await proof(other) }, { possession: await proof(other), successor }])
      await expect(karin.call('setMunicipalityKey', {}, asked)).rejects.toMatchObject({ code: 'not-allowed' });
    expect((await karin.call('municipalityKey', {}, {})).key).toMatchObject({ key: text(fixed), fixed: true });
  });
});
