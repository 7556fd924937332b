/** A return through the real programs: the unit erases nothing by the relay's word alone, and does by that of a console that is vouched for. */
import { randomUUID } from 'node:crypto';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { proveCall } from '@nattfrid/shared/seal/call-proof';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { expect, it, vi } from 'vitest';
import { signIn } from '../support/person.ts';
import { registered } from '../support/registered.ts';
import { openRelayProcess } from '../support/relay-process.ts';
import { addUnitProcess } from '../support/unit-process.ts';

const patient = { timeout: 60_000, interval: 100 };

it('a unit is wiped by the word of a console that the municipality vouches for, and not by the relay’s', {
  timeout: 120_000,
}, async () => {
  await using relay = openRelayProcess();
  await registered(relay, { karin: 'coordinator', tekla: 'installer' });
  const url = await relay.start();
  const [municipality, telephone] = [await makeSignKey(), await makeSignKey()];
  const made = await addUnitProcess(relay, url, { planKey: toBase64Url(municipality.publicKey) });
  const unit = made.unit as UnitId;
  const [karin, tekla] = [await signIn({ url }, 'karin@testby.se'), await signIn({ url }, 'tekla@testby.se')];
  await using _program = made.start();
  await vi.waitFor(async () => expect((await karin.desk()).units[0]?.presence).toBe('here'), patient);
  const { client } = (await karin.desk()).units[0]!;
  const { orders } = await karin.call('addWorkOrder', {}, { kind: 'return', client, place: 'Sovrum', unit });
  const { order } = orders[0]!;
  const step = async () => (await tekla.call('workOrder', { order })).steps.find((one) => one.step === 'wipe');

  await tekla.call('tryStep', { order, step: 'wipe' }, {});
  await vi.waitFor(async () => expect(await step()).toMatchObject({ state: 'fault', why: 'not-vouched' }), patient);

  const now = systemClock.now();
  const voucher = await signVoucher(
    {
      ...{ console: toBase64Url(telephone.publicKey), place: 'Teknikern' },
      ...{ validFrom: printInstant(after(now, hours(-1))), validUntil: printInstant(after(now, hours(24))) },
    },
    municipality.privateKey,
  );
  const asking = { unit, call: { type: 'wipe' }, nonce: randomUUID(), at: printInstant(now) } as const;
  const signed = await proveCall(asking, telephone, voucher);
  await tekla.call('tryStep', { order, step: 'wipe' }, { signed });
  await vi.waitFor(
    async () => expect(await tekla.call('workOrder', { order })).toMatchObject({ state: 'done' }),
    patient,
  );
  expect((await tekla.call('workOrder', { order })).wiped).toMatchObject({ signature: expect.any(String) });
});
