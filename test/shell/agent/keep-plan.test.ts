/** Which plans a unit takes: its own municipality's, for it and its client, never an older one; and one that is over ends the one before. */
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { silent } from '@nattfrid/shared/log/logger';
import { signSuccessor } from '@nattfrid/shared/seal/municipality-key';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey, type SignKey, sign } from '@nattfrid/shared/seal/sign';
import { signSigner } from '@nattfrid/shared/seal/signer';
import { hours } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { inForce } from '../../../agent/src/plan/in-force.ts';
import { keepMunicipalityKeys } from '../../../agent/src/plan/municipality-keys.ts';
import { keepPlan } from '../../../agent/src/plan/plan.ts';
import { openDatabase } from '../../../agent/src/store/database.ts';
import { planTable } from '../../../agent/src/store/plan-table.ts';
import { successorsTable } from '../../../agent/src/store/successors-table.ts';

const base = Plan.parse({
  plan: '00000000-0000-4000-8000-0000000000aa',
  version: 3,
  unit: 'unit-1',
  client: 'Björken 3',
  validFrom: '2026-06-01T00:00:00Z',
  validUntil: '2026-12-31T00:00:00Z',
  mode: 'silhouette',
  watch: 'always',
  windows: [],
  alarms: { fall: { persistenceSeconds: 15 } },
  consents: { technology: '2026-05-20', supervision: '2026-05-20', cohabitants: 'lives-alone' },
});
const night = instant(Date.parse('2026-11-22T23:00:00Z'));

async function unitWithPlan() {
  const [municipality, stranger, own] = await Promise.all([makeSignKey(), makeSignKey(), makeSignKey()]);
  const database = openDatabase(':memory:');
  const table = planTable(database);
  const told: (number | undefined)[] = [];
  const clock = movedClock(night);
  const open = async (paired = municipality) =>
    keepPlan({
      table,
      unit: 'unit-1' as UnitId,
      client: 'Björken 3' as ClientAlias,
      keys: await keepMunicipalityKeys(toBase64Url(paired.publicKey), successorsTable(database), silent),
      unitKey: own.publicKey,
      clock,
      log: silent,
      changed: (plan) => told.push(plan.version),
    });
  const keeper = await open();
  /** Signed as it stands, also where it is no plan of ours. */
  const letter = async (plan: object, key = municipality.privateKey) => {
    const body = new TextEncoder().encode(JSON.stringify(plan));
    return { body: toBase64Url(body), signature: toBase64Url(await sign('plan', body, key)) };
  };
  const give = async (plan: object, key?: typeof municipality.privateKey) => keeper.consider(await letter(plan, key));
  return { keeper, give, told, stranger, clock, open, municipality, letter };
}

describe('a unit', () => {
  it('takes a plan for it and its client', async () => {
    const { keeper, give } = await unitWithPlan();
    expect(await give(base)).toMatchObject({ type: 'taken', version: 3 });
    expect(inForce(keeper.current, night)?.version).toBe(3);
  });

  for (const [story, change, why] of [
    ["another home's", { client: 'Granen 9' }, 'other-client'],
    ["another unit's", { unit: 'unit-2' }, 'other-unit'],
    ['one that says more than is understood', { comment: 'only silhouettes, please' }, 'not-a-plan'],
    ['one whose consents say more than is understood', { consents: { ...base.consents, photo: 'no' } }, 'not-a-plan'],
    ['an older one', { version: 2 }, 'older-than-mine'],
  ] as const)
    it(`refuses ${story}, and goes on with its own`, async () => {
      const { keeper, give } = await unitWithPlan();
      await give(base);
      expect(await give({ ...base, version: 4, ...change })).toMatchObject({ type: 'refused', why });
      expect(keeper.current).toEqual(base);
    });

  it('refuses what another has signed', async () => {
    const { give, stranger } = await unitWithPlan();
    expect(await give(base, stranger.privateKey)).toMatchObject({ why: 'signature-wrong' });
  });

  it('ends its plan at once when it is told one that is over already', async () => {
    const { keeper, give, told } = await unitWithPlan();
    await give(base);
    const over = { ...base, version: 4, validUntil: '2026-11-22T22:00:00Z' };
    expect(await give(over)).toMatchObject({ type: 'taken', version: 4 });
    expect(inForce(keeper.current, night)).toBeUndefined();
    expect(told).toEqual([3, 4]);
  });

  it('watches nobody any more from the moment at which a consent is taken back', async () => {
    const { keeper, give } = await unitWithPlan();
    await give(base);
    await give({ ...base, version: 4, consents: { ...base.consents, withdrawn: '2026-11-22' } });
    expect(inForce(keeper.current, night)).toBeUndefined();
  });

  for (const [what, later] of [
    ['that begins later', { validFrom: '2026-11-24T23:00:00Z' }],
    ['whose consent is dated ahead', { consents: { ...base.consents, supervision: '2026-11-25' } }],
  ] as const)
    it(`keeps a plan ${what} beside the one in force, also over a restart, until it begins`, async () => {
      const { keeper, give, clock, open } = await unitWithPlan();
      await give(base);
      expect(await give({ ...base, version: 4, ...later })).toMatchObject({ type: 'taken', version: 4 });
      expect(keeper.current).toEqual(base);
      expect(keeper.newest?.version).toBe(4);
      expect(await give({ ...base, version: 3 })).toMatchObject({ why: 'older-than-mine' });
      const restarted = await open();
      expect(restarted.current).toEqual(base);
      await clock.advance(hours(47));
      expect(restarted.current?.version).toBe(3);
      await clock.advance(hours(1));
      expect(restarted.current?.version).toBe(4);
      expect((await open()).current?.version).toBe(4);
    });

  it('does not go back to the one before when the one that took its place has ended', async () => {
    const { keeper, give, clock } = await unitWithPlan();
    await give(base);
    await give({ ...base, version: 4, validFrom: '2026-11-23T23:00:00Z', validUntil: '2026-11-24T23:00:00Z' });
    await clock.advance(hours(50));
    expect(keeper.current?.version).toBe(4);
    expect(inForce(keeper.current, clock.now())).toBeUndefined();
  });

  it('ends its plan, and the one that was to follow, at once with one that is withdrawn', async () => {
    const { keeper, give, clock, open } = await unitWithPlan();
    await give(base);
    await give({ ...base, version: 4, validFrom: '2026-11-24T23:00:00Z' });
    const withdrawn = { ...base.consents, withdrawn: '2026-11-22' };
    await give({ ...base, version: 5, validFrom: '2026-11-24T23:00:00Z', consents: withdrawn });
    expect(inForce(keeper.current, night)).toBeUndefined();
    await clock.advance(hours(72));
    for (const one of [keeper, await open()]) expect(inForce(one.current, clock.now())).toBeUndefined();
  });

  it('has the plan that is to begin where nothing else is in force', async () => {
    const { keeper, give } = await unitWithPlan();
    await give({ ...base, validFrom: '2026-11-24T23:00:00Z' });
    expect(keeper.current?.version).toBe(3);
    expect(inForce(keeper.current, night)).toBeUndefined();
  });
});

describe('a unit whose municipality takes another key', () => {
  const signer = (key: SignKey) => ({
    key: toBase64Url(key.publicKey),
    name: 'Plats 2',
    from: printInstant(night),
    until: printInstant(after(night, hours(24 * 30))),
  });

  it('A7.1 takes a plan from a device that the municipality has signed for, and has it after a restart later than that', async () => {
    const { keeper, open, clock, municipality, stranger } = await unitWithPlan();
    const plan = Plan.parse(base);
    const word = await signSigner(signer(stranger), municipality.privateKey);
    expect(await keeper.consider(await signPlan(plan, stranger.privateKey))).toMatchObject({ why: 'signature-wrong' });
    expect(await keeper.consider(await signPlan(plan, stranger.privateKey, word))).toMatchObject({ type: 'taken' });
    await clock.advance(hours(24 * 31));
    expect((await open()).current?.version).toBe(3);
    const next = await signPlan({ ...plan, version: 4 }, stranger.privateKey, word);
    expect(await keeper.consider(next)).toMatchObject({ why: 'signature-wrong' });
  });

  it('goes by the new key from then on, keeps its plan, and never goes back, also after a restart', async () => {
    const { keeper, give, open, municipality, stranger, letter } = await unitWithPlan();
    await give(base);
    const successor = await signSuccessor(municipality, stranger, night);
    const four = { ...(await letter({ ...base, version: 4 }, stranger.privateKey)), successors: [successor] };
    expect(await keeper.consider(four)).toMatchObject({ type: 'taken', version: 4 });
    const again = await open();
    expect(again.current?.version).toBe(4);
    const back = await signSuccessor(stranger, municipality, night);
    for (const successors of [undefined, [back]]) {
      const old = await letter({ ...base, version: 5 });
      const given = successors ? { ...old, successors } : old;
      expect(await again.consider(given)).toMatchObject({ why: 'signature-wrong' });
    }
    // A technician sets the new one: the plan is still there.
    expect((await open(stranger)).current?.version).toBe(4);
  });

  it('does not go by a key that the old one has not signed for', async () => {
    const { keeper, stranger, municipality, letter } = await unitWithPlan();
    const own = await signSuccessor(await makeSignKey(), stranger, night);
    const forged = { ...own, old: toBase64Url(municipality.publicKey) };
    const given = { ...(await letter({ ...base, version: 4 }, stranger.privateKey)), successors: [forged] };
    expect(await keeper.consider(given)).toMatchObject({ why: 'signature-wrong' });
  });
});
