/** An installation through a real relay: a technician, a colleague at a console, and a unit that says what it has seen. */
import { randomUUID } from 'node:crypto';
import type { InstallStep, WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { callSaidSo, proveCall } from '@nattfrid/shared/seal/call-proof';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { certifyWipe, erasedThings } from '@nattfrid/shared/seal/wipe';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { type MovedClock, movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { ServiceAnswer, ServiceCall } from '@nattfrid/shared/wire/service-call';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import type { Person } from '../../support/person.ts';
import { opening } from '../../support/picture-packets.ts';
import { aPlan, vitals } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { type Credential, connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

let clock: MovedClock;
let site: Site;
let anna: Person;
let tove: Person;
let eva: Person;
beforeAll(async () => {
  clock = movedClock(instant(Date.parse('2026-11-30T09:00:00Z')));
  site = await openSite({ clock });
  anna = await site.person('Anna', 'operator');
  tove = await site.person('Tove', 'installer');
  eva = await site.person('Eva', 'coordinator');
});
afterAll(() => site[Symbol.asyncDispose]());

interface Paired {
  readonly order: string;
  readonly client: string;
  readonly key: SignKey;
  readonly credential: Credential;
  readonly unit: SpeakingUnit;
}

async function addUnit(name: string, client: string) {
  const key = await makeSignKey();
  const added = orThrow(
    await site.relay.addUnit({ unit: name, client, place: 'Sovrum', publicKey: toBase64Url(key.publicKey) }),
  );
  return { key, credential: { unit: name as UnitId, token: added.token } };
}

/** As the pairing leaves it, whose own tests are elsewhere. */
function setPaired(order: string, unit: string): void {
  using database = openDisk(site.database, { timeout: 5000 });
  const row = database.prepare('select body from work_orders where work_order = ?').get(order) as { body: string };
  const by = { id: 'tove', name: 'Tove' };
  const paired = { unit, at: new Date(clock.now()).toISOString(), by, came: true };
  const body = JSON.stringify({ ...JSON.parse(row.body), state: 'paired', paired });
  database.prepare("update work_orders set state = 'paired', body = ? where work_order = ?").run(body, order);
}

async function paired(name: string, client: string, more: object = {}): Promise<Paired> {
  const { orders } = await eva.call('addWorkOrder', {}, { kind: 'install', client, place: 'Sovrum', ...more });
  const { order } = orders.find((one) => one.client === client && one.state === 'open')!;
  const { key, credential } = await addUnit(name, client);
  setPaired(order, name);
  const unit = await connectUnit(site.relay, credential, { over: 'tcp' });
  await unit.say('announce', { state: 'here', agent: '1', models: [] });
  return { order, client, key, credential, unit };
}

const call = async ({ unit }: Pick<Paired, 'unit'>, type: ServiceCall['type']): Promise<ServiceCall> => {
  for (;;) {
    const told = (await unit.told('service-call')) as ServiceCall;
    if (told.type === type) return told;
  }
};
const say = ({ unit }: Pick<Paired, 'unit'>, answer: ServiceAnswer) => unit.say('service-answer', answer);
const view = ({ order }: Pick<Paired, 'order'>): Promise<WorkOrderView> => tove.call('workOrder', { order });
const stepOf = async (one: Paired, step: InstallStep) => (await view(one)).steps.find((each) => each.step === step);
const until = (one: Paired, step: InstallStep, state: string) =>
  vi.waitFor(async () => expect(await stepOf(one, step)).toMatchObject({ state }), { timeout: 5000, interval: 20 });
const tryStep = ({ order }: Paired, step: InstallStep, body: object = {}) =>
  tove.call('tryStep', { order, step }, body);
const confirm = ({ order }: Paired, step: InstallStep) => tove.call('confirmStep', { order, step });

async function setUp(one: Paired): Promise<void> {
  await tryStep(one, 'power');
  const { call: id } = await call(one, 'diagnose');
  const well = (name: never, code: string) => ({ name, state: 'well' as const, code });
  await say(one, {
    type: 'checked',
    call: id,
    checks: [
      well('power' as never, 'mains'),
      well('signal' as never, 'signal-good'),
      well('time' as never, 'set'),
      well('camera' as never, 'connected'),
      well('infrared' as never, 'sees-in-dark'),
      well('view' as never, 'bed-in-view'),
    ],
  });
  const square: [number, number][] = [
    [0.2, 0.4],
    [0.8, 0.4],
    [0.8, 0.7],
    [0.2, 0.7],
  ];
  await tove.call('confirmRoom', { unit: one.credential.unit }, { room: { beds: [square], exits: [], masks: [] } });
  const { version } = await one.unit.told('room-letter');
  await one.unit.say('room-answer', { type: 'in-use', version, since: new Date(clock.now()).toISOString() });
  const plan = aPlan(one.credential.unit, { client: one.client as never });
  await site.sendPlan(plan);
  await one.unit.told('plan-letter');
  await one.unit.say('plan-answer', { type: 'taken', plan: plan.plan, version: plan.version });
  await confirm(one, 'sign');
}

/** @param by who answers it */
async function testLook(one: Paired, by = anna): Promise<void> {
  await tryStep(one, 'test-look');
  const look = (await by.desk()).looks.find(
    ({ reason, state }) => reason.type === 'test' && state === 'due' && reason.order === one.order,
  )!;
  await by.call('openLook', {}, { unit: look.unit, reason: look.reason, look: look.look, operatorKey: 'k'.repeat(43) });
  const asked = await one.unit.told('look-call');
  expect(asked.reason).toEqual({ type: 'test', order: one.order });
  const end = new Date(clock.now() + 60_000).toISOString();
  await one.unit.say('look-answer', { type: 'opened', look: look.look, mode: 'silhouette', until: end });
  const viewer = await by.socket(`/pictures/view?look=${look.look}`);
  const { unit, token } = one.credential;
  const camera = await by.socket(`/pictures/unit?look=${look.look}`, { authorization: `Bearer ${unit}:${token}` });
  camera.send(opening(look.look));
  camera.send(Uint8Array.of(2, 1, 2, 3));
  await vi.waitFor(async () => expect(await stepOf(one, 'test-look')).toMatchObject({ why: 'look-to-end' }));
  await by.call('giveVerdict', { look: look.look }, { verdict: 'all-well', confirmed: true });
  viewer.close();
  camera.close();
  await say(one, { type: 'proofs', call: randomUUID(), seen: ['test-look'] });
  await until(one, 'test-look', 'done');
}

async function testFall(one: Paired): Promise<void> {
  await tryStep(one, 'test-fall');
  const { call: id } = await call(one, 'test-fall');
  const alarm = randomUUID() as never;
  await say(one, { type: 'test-fall-raised', call: id, alarm });
  await until(one, 'test-fall', 'waits');
  await anna.call('takeTest', { test: alarm });
  expect(await call(one, 'test-fall-back')).toMatchObject({ alarm });
  await say(one, { type: 'proofs', call: randomUUID(), seen: ['test-look', 'test-fall'] });
  await until(one, 'test-fall', 'done');
}

async function powerCut(one: Paired): Promise<SpeakingUnit> {
  await confirm(one, 'power-cut');
  await clock.advance(seconds(40));
  await one.unit.say('announce', { state: 'gone', agent: '1', models: [] });
  await vi.waitFor(async () => expect(await stepOf(one, 'power-cut')).toMatchObject({ why: 'put-it-back' }));
  await one.unit[Symbol.asyncDispose]();
  await clock.advance(seconds(30));
  const unit = await connectUnit(site.relay, one.credential, { over: 'tcp' });
  await unit.say('announce', { state: 'here', agent: '1', models: [] });
  await say({ unit }, { type: 'proofs', call: randomUUID(), seen: ['test-look', 'test-fall', 'power-cut'] });
  await until(one, 'power-cut', 'done');
  return unit;
}

/** The three tests, and that it is left. @returns the unit as it has come back from its power cut */
async function leave(one: Paired): Promise<SpeakingUnit> {
  await testLook(one);
  await testFall(one);
  const unit = await powerCut(one);
  await tove.call('finishWorkOrder', { order: one.order });
  const { record } = (await call({ unit }, 'ready')) as Extract<ServiceCall, { type: 'ready' }>;
  await say({ unit }, { type: 'ready-taken', call: randomUUID(), record });
  await vi.waitFor(async () => expect((await view(one)).state).toBe('done'));
  return unit;
}

describe('a unit that is set up', () => {
  it('A3.6 is left when everything was tried and the unit says so, and the record holds who, when and how long', async () => {
    const one = await paired('e-aaaaaaaa', 'Björken 3');
    await setUp(one);
    await expect(tove.call('finishWorkOrder', { order: one.order })).rejects.toMatchObject({ code: 'not-now' });
    await testLook(one);
    await testFall(one);
    const unit = await powerCut(one);
    const again = { ...one, unit };
    expect((await tove.call('finishWorkOrder', { order: one.order })).state).toBe('ready');
    const { record } = (await call(again, 'ready')) as Extract<ServiceCall, { type: 'ready' }>;
    await say(again, { type: 'ready-taken', call: randomUUID(), record });
    await vi.waitFor(async () => expect((await view(one)).state).toBe('done'));
    const { events } = await eva.call('installRecord', { order: one.order });
    const lines = events.map(({ what, by }) => `${by} ${what}`);
    expect(lines).toEqual(
      expect.arrayContaining(['Tove sign-placed', 'Anna look-shown', 'Anna fall-taken', 'Tove pulling']),
    );
    expect(events.find(({ what }) => what === 'told-gone')?.figures).toEqual({ seconds: 40 });
    expect(lines.at(-1)).toBe('e-aaaaaaaa ready-taken');
    await unit[Symbol.asyncDispose]();
  });

  it('has no look of its plan on the list before it is ready, and has them from then on', async () => {
    const one = await paired('e-bbbbbbbb', 'Granen 4');
    await setUp(one);
    await clock.advance(minutes(1));
    const planned = async () =>
      (await anna.desk()).looks.filter(({ unit, reason }) => unit === 'e-bbbbbbbb' && reason.type === 'window');
    expect(await planned()).toEqual([]);
    const unit = await leave(one);
    await clock.advance(minutes(1));
    await vi.waitFor(async () => expect((await planned()).length).toBeGreaterThan(0));
    await unit[Symbol.asyncDispose]();
  });

  it('goes on being set up where the unit says that it has not seen all', async () => {
    const one = await paired('e-cccccccc', 'Linden 5');
    await setUp(one);
    await testLook(one);
    await testFall(one);
    const unit = await powerCut(one);
    await tove.call('finishWorkOrder', { order: one.order });
    await call({ unit }, 'ready');
    await say({ unit }, { type: 'refused', call: randomUUID(), why: 'lacks-proof', lacks: ['power-cut'] });
    await vi.waitFor(async () => expect(await view(one)).toMatchObject({ state: 'paired', refused: 'lacks-proof' }));
    await unit[Symbol.asyncDispose]();
  });

  it('is looked into by a colleague, never by whoever sets it up', async () => {
    const mona = await site.person('Mona', 'operator');
    const me = (await mona.call('me')).id;
    const one = await paired('e-dddddddd', 'Eken 6', { assignee: me });
    await eva.call('tryStep', { order: one.order, step: 'test-look' });
    const look = (await mona.desk()).looks.find(({ reason }) => reason.type === 'test' && reason.order === one.order)!;
    const asked = { unit: look.unit, reason: look.reason, look: look.look, operatorKey: 'k'.repeat(43) };
    await expect(mona.call('openLook', {}, asked)).rejects.toMatchObject({ code: 'not-allowed' });
    expect((await anna.call('openLook', {}, asked)).state).toBe('asked');
    await one.unit[Symbol.asyncDispose]();
  });

  it('is not ended by saying that it was erased, and is not erased by the order that sets it up', async () => {
    const one = await paired('e-llllllll', 'Sälgen 1');
    await tryStep(one, 'power');
    await expect(confirm(one, 'wipe')).rejects.toMatchObject({ code: 'not-now' });
    await expect(tryStep(one, 'wipe')).rejects.toMatchObject({ code: 'not-now' });
    expect((await view(one)).state).toBe('paired');
    await one.unit[Symbol.asyncDispose]();
  });

  it('is asked nothing more by its order once it has been left', async () => {
    const one = await paired('e-mmmmmmmm', 'Sälgen 2');
    await setUp(one);
    const unit = await leave(one);
    for (const step of ['camera', 'test-look', 'wipe'] as const)
      await expect(tryStep(one, step, { camera: 'urn:one' })).rejects.toMatchObject({ code: 'not-now' });
    await unit[Symbol.asyncDispose]();
  });

  it('calls nobody when it falls silent', async () => {
    const one = await paired('e-eeeeeeee', 'Asken 7');
    await tryStep(one, 'power');
    await one.unit.say('vitals', vitals);
    await one.unit[Symbol.asyncDispose]();
    for (let second = 0; second < 130; second += 5) await clock.advance(seconds(5));
    const alarm = async () => (await anna.desk()).alarms.find(({ unit }) => unit === 'e-eeeeeeee');
    await vi.waitFor(async () => expect(await alarm()).toMatchObject({ kind: 'unit-silent', quiet: 'set-up' }));
    for (let minute = 0; minute < 10; minute++) await clock.advance(minutes(1));
    expect(await alarm()).toMatchObject({ overdue: false });
    expect((await anna.desk()).visits.filter(({ unit }) => unit === 'e-eeeeeeee')).toEqual([]);
  });

  it("is nobody else's: another organisation finds no such order", async () => {
    const one = await paired('e-ffffffff', 'Almen 8');
    orThrow(
      (await site.relay.addOrganisation({ organisation: 'annanby' as never, name: 'Annanby', kind: 'municipality' })) ??
        true,
    );
    const other = await site.person('Olle', 'installer', 'annanby');
    for (const [name, params] of [
      ['workOrder', { order: one.order }],
      ['tryStep', { order: one.order, step: 'power' }],
      ['confirmStep', { order: one.order, step: 'sign' }],
      ['finishWorkOrder', { order: one.order }],
      ['installRecord', { order: one.order }],
      ['installPapers', { order: one.order }],
    ] as const)
      await expect(other.call(name, params), name).rejects.toMatchObject({ code: 'not-found' });
    await one.unit[Symbol.asyncDispose]();
  });
});

describe('an exchange', () => {
  it('asks nothing of the unit that still looks after the home before the new one is paired', async () => {
    const old = await addUnit('e-oldoldol', 'Tallen 8');
    const unit = await connectUnit(site.relay, old.credential, { over: 'tcp' });
    await unit.say('announce', { state: 'here', agent: '1', models: [] });
    const given = { kind: 'exchange', client: 'Tallen 8', place: 'Sovrum', unit: 'e-oldoldol' } as const;
    const { orders } = await eva.call('addWorkOrder', {}, given);
    const { order } = orders.find(({ client }) => client === 'Tallen 8')!;
    for (const step of ['wipe', 'camera', 'test-fall'] as const)
      await expect(tove.call('tryStep', { order, step }, { camera: 'urn:one' })).rejects.toBeDefined();
    for (const step of ['wipe', 'sign'] as const)
      await expect(tove.call('confirmStep', { order, step })).rejects.toBeDefined();
    // Whatever was sent stands before what is sent now.
    await eva.call('callUnit', { unit: 'e-oldoldol' }, { type: 'bundle' });
    const heard: string[] = [];
    while (heard.at(-1) !== 'bundle') heard.push(((await unit.told('service-call')) as ServiceCall).type);
    expect(heard.filter((type) => type !== 'diagnose')).toEqual(['bundle']);
    expect((await anna.desk()).units.some((one) => one.unit === 'e-oldoldol')).toBe(true);
    await unit[Symbol.asyncDispose]();
  });

  it('keeps the alarm that goes on in the home when it takes out the unit that has raised it', async () => {
    const old = await addUnit('e-fallfall', 'Tallen 7');
    const oldUnit = await connectUnit(site.relay, old.credential, { over: 'tcp' });
    await oldUnit.say('announce', { state: 'here', agent: '1', models: [] });
    const alarm = randomUUID();
    await oldUnit.say('alarm-report', {
      ...({
        alarm,
        kind: 'fall',
        phase: 'began',
        at: new Date(clock.now()).toISOString(),
        camera: 'camera-1',
      } as never as object),
      evidence: { code: 'found-lying', figures: {}, models: [], attended: false },
    } as never);
    const ofHome = async () => (await anna.desk()).alarms.find((each) => each.alarm === alarm);
    await vi.waitFor(async () => expect(await ofHome()).toMatchObject({ state: 'raised' }));
    const one = await paired('e-newnewne', 'Tallen 7', { kind: 'exchange', unit: 'e-fallfall' });
    await setUp(one);
    const unit = await leave(one);
    expect(await ofHome()).toMatchObject({ client: 'Tallen 7' });
    await anna.call('takeAlarm', { alarm });
    await anna.call('closeAlarm', { alarm }, { verdict: 'all-well', confirmed: true });
    await vi.waitFor(async () => expect((await ofHome())?.state ?? 'closed').toBe('closed'));
    await unit[Symbol.asyncDispose]();
    await oldUnit[Symbol.asyncDispose]();
  });

  it('takes out the unit that was there once the new one is ready', async () => {
    const old = await addUnit('e-gggggggg', 'Tallen 9');
    const one = await paired('e-hhhhhhhh', 'Tallen 9', { kind: 'exchange', unit: 'e-gggggggg' });
    expect(await view(one)).toMatchObject({ kind: 'exchange', unit: 'e-hhhhhhhh' });
    await setUp(one);
    await testLook(one);
    await testFall(one);
    const unit = await powerCut(one);
    const units = async () =>
      (await anna.desk()).units.filter(({ client }) => client === 'Tallen 9').map((each) => each.unit);
    expect(await units()).toEqual(['e-gggggggg', 'e-hhhhhhhh']);
    await tove.call('finishWorkOrder', { order: one.order });
    const { record } = (await call({ unit }, 'ready')) as Extract<ServiceCall, { type: 'ready' }>;
    await say({ unit }, { type: 'ready-taken', call: randomUUID(), record });
    await vi.waitFor(async () => expect(await units()).toEqual(['e-hhhhhhhh']));
    await expect(connectUnit(site.relay, old.credential, { over: 'tcp' })).rejects.toThrow();
    await unit[Symbol.asyncDispose]();
  });
});

describe('a return', () => {
  async function returning(name: string, client: string) {
    const { key, credential } = await addUnit(name, client);
    const unit = await connectUnit(site.relay, credential, { over: 'tcp' });
    await unit.say('announce', { state: 'here', agent: '1', models: [] });
    const { orders } = await eva.call('addWorkOrder', {}, { kind: 'return', client, place: 'Sovrum', unit: name });
    const { order } = orders.find((one) => one.client === client)!;
    return { order, client, key, credential, unit };
  }
  const at = '2026-11-30T09:30:00.000Z';

  it('A4.5 keeps what the unit has signed, and takes it out', async () => {
    const one = await returning('e-iiiiiiii', 'Hasseln 1');
    const asking = { unit: one.credential.unit, call: { type: 'wipe' }, nonce: randomUUID(), at } as const;
    await tryStep(one, 'wipe', { signed: await proveCall(asking, await makeSignKey(), undefined) });
    const told = await call(one, 'wipe');
    // The unit goes by it, and not by the relay.
    expect('signed' in told && told.signed && (await callSaidSo(asking, told.signed))).toBe(true);
    const { call: id } = told;
    const said = await certifyWipe({ unit: one.credential.unit, at, what: [...erasedThings] }, one.key);
    await say(one, { type: 'wiping', call: id, at, signature: said.signature });
    await vi.waitFor(async () => expect((await view(one)).state).toBe('done'));
    expect((await view(one)).wiped).toEqual({
      at,
      by: 'Tove',
      signature: said.signature,
      publicKey: toBase64Url(one.key.publicKey),
    });
    expect((await anna.desk()).units.some(({ unit }) => unit === 'e-iiiiiiii')).toBe(false);
    await one.unit[Symbol.asyncDispose]();
  });

  it('that was begun and left hides nothing: its looks stand on the list, and its silence calls somebody', async () => {
    const one = await returning('e-nnnnnnnn', 'Hasseln 4');
    const plan = aPlan(one.credential.unit, { client: one.client as never });
    await site.sendPlan(plan);
    await one.unit.told('plan-letter');
    await one.unit.say('plan-answer', { type: 'taken', plan: plan.plan, version: plan.version });
    await one.unit.say('vitals', vitals);
    await tryStep(one, 'wipe');
    const { call: id } = await call(one, 'wipe');
    await say(one, { type: 'refused', call: id, why: 'alarm-goes-on' });
    await clock.advance(minutes(1));
    const looks = async () => (await anna.desk()).looks.filter(({ unit }) => unit === 'e-nnnnnnnn');
    await vi.waitFor(async () => expect((await looks()).length).toBeGreaterThan(0));
    await one.unit[Symbol.asyncDispose]();
    for (let second = 0; second < 130; second += 5) await clock.advance(seconds(5));
    const alarm = async () => (await anna.desk()).alarms.find(({ unit }) => unit === 'e-nnnnnnnn');
    await vi.waitFor(async () => expect(await alarm()).toMatchObject({ kind: 'unit-silent' }));
    expect((await alarm())?.quiet).toBeUndefined();
  });

  it('believes no certificate that another key has signed', async () => {
    const one = await returning('e-jjjjjjjj', 'Hasseln 2');
    await tryStep(one, 'wipe');
    const { call: id } = await call(one, 'wipe');
    const said = await certifyWipe({ unit: one.credential.unit, at, what: [...erasedThings] }, await makeSignKey());
    await say(one, { type: 'wiping', call: id, at, signature: said.signature });
    await vi.waitFor(async () => {
      const { lines } = await eva.call('audit', { subject: 'e-jjjjjjjj' } as never);
      expect(lines.map(({ what }) => what)).toContain('wipe-refused');
    });
    expect((await view(one)).state).not.toBe('done');
    await one.unit[Symbol.asyncDispose]();
  });

  it('is marked as said by a person where the unit could not be asked', async () => {
    const one = await returning('e-kkkkkkkk', 'Hasseln 3');
    await one.unit[Symbol.asyncDispose]();
    await confirm(one, 'wipe');
    const { wiped, state } = await view(one);
    expect([state, wiped?.by, wiped?.signature]).toEqual(['done', 'Tove', undefined]);
    expect((await anna.desk()).units.some(({ unit }) => unit === 'e-kkkkkkkk')).toBe(false);
  });
});
