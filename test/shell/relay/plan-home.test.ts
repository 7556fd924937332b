/** A plan is for one home, and signed by the one municipality that the unit belongs to; no looks are listed without consents. */
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey, sign } from '@nattfrid/shared/seal/sign';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { expect, it } from 'vitest';
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
