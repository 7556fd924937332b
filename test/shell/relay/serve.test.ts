/** A unit that needs care, over a real relay: who may ask it what, what is kept of its answers, and a test fall that calls nobody. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadFrom } from '@nattfrid/agent/serve/download';
import { giveRelease } from '@nattfrid/relay/rollout/give-release';
import { openReleases } from '@nattfrid/relay/rollout/releases';
import type { RouteName } from '@nattfrid/shared/desk/routes';
import type { Check } from '@nattfrid/shared/domain/check';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import type { Message } from '@nattfrid/shared/wire/messages';
import { topicOf } from '@nattfrid/shared/wire/topics';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person } from '../../support/person.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { type Credential, connectUnit, publish, type SpeakingUnit } from '../../support/speaking-unit.ts';

const runs = [randomUUID(), randomUUID()] as const;
let site: Site;
let tilda: Person;
let home: Credential;
let unit: SpeakingUnit;
const weak: Check = { name: 'signal', state: 'advice', code: 'signal-weak', figures: { rsrpDbm: -104 } };

beforeAll(async () => {
  site = await openSite();
  await site.relay.addOrganisation({ organisation: 'grannby', name: 'Grannby', kind: 'municipality' });
  tilda = await site.person('Tilda', 'installer');
  home = await site.unit('unit-1');
  unit = await connectUnit(site.relay, home);
  await unit.say('announce', { state: 'here', agent: '0.1.0', models: [], run: runs[0], halts: [] });
});
afterAll(async () => {
  await unit[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});
const refusal = (by: Person, name: RouteName, params: Record<string, string>, body: unknown = {}) =>
  by.call(name, params, body).then(() => undefined, asFault);
const checksNow = () => tilda.call('unitChecks', { unit: home.unit });

describe('a unit that has come', () => {
  it('is asked how it is, once for each start of its program', async () => {
    expect(await unit.told('service-call')).toMatchObject({ type: 'diagnose' });
    await unit.say('announce', { state: 'here', agent: '0.1.0', models: [], run: runs[0], halts: [] });
    expect(await unit.untold('service-call')).toBe(0);
    await unit.say('announce', { state: 'here', agent: '0.1.0', models: [], run: runs[1], halts: [] });
    expect(await unit.told('service-call')).toMatchObject({ type: 'diagnose' });
  });
});

describe('what a technician asks', () => {
  it('is written down, sent, and its answer kept with who asked', async () => {
    await tilda.call('callUnit', { unit: home.unit }, { type: 'diagnose' });
    const { call } = await unit.told('service-call');
    const { lines } = await (await site.person('Karin', 'coordinator')).call('audit', {});
    const line = lines.find(({ what }) => what === 'unit-asked');
    expect(line).toMatchObject({ who: 'Tilda', what: 'unit-asked', subject: 'unit-1', details: { asked: 'diagnose' } });
    await unit.say('service-answer', { type: 'checked', call, checks: [weak] });
    const now = await checksNow();
    expect(now.checks).toMatchObject([weak, { name: 'software', code: 'newest' }]);
    expect(now.asked).toMatchObject([{ call, type: 'diagnose', by: 'Tilda', answer: { type: 'checked' } }]);
  });

  it('of a unit that is away is told as that, and stands in the log all the same', async () => {
    const away = await site.unit('unit-away');
    expect(await refusal(tilda, 'callUnit', { unit: away.unit }, { type: 'restart' })).toMatchObject({
      code: 'unit-unreachable',
    });
  });

  it('of another organisation’s unit finds none', async () => {
    const gun = await site.person('Gun', 'installer', 'grannby');
    for (const [route, body] of [
      ['unitChecks', undefined],
      ['callUnit', { type: 'restart' }],
      ['exportBundle', undefined],
    ] as const)
      expect(await refusal(gun, route, { unit: home.unit }, body as never)).toMatchObject({ code: 'not-found' });
    expect(await unit.untold('service-call')).toBe(0);
  });

  it('keeps what a newer unit answers as something unknown, and no message is lost for it', async () => {
    await tilda.call('callUnit', { unit: home.unit }, { type: 'try-dark' });
    const { call } = await unit.told('service-call');
    const letter = { v: 1, id: randomUUID(), unit: home.unit, sentAt: '2026-11-29T20:00:00.000Z' };
    const body = { type: 'plants-watered', call, litres: 3 };
    const topic = topicOf(home.unit, 'service-answer');
    await publish(unit.client, topic, Buffer.from(JSON.stringify({ ...letter, body })));
    const newer = { name: 'plants', state: 'thirsty', code: 'dry', figures: { litres: 0 } };
    await unit.say('service-answer', { type: 'checked', checks: [newer as never, weak] });
    const now = await checksNow();
    expect(now.asked.find((one) => one.call === call)?.answer).toMatchObject({ type: 'plants-watered' });
    expect(now.checks).toContainEqual(expect.objectContaining({ name: 'plants', state: 'unknown', code: 'dry' }));
  });
});

describe('A3.5 a fault', () => {
  it('has an age and a named owner, until it is well again', async () => {
    await unit.say('service-answer', { type: 'checked', checks: [weak] });
    await tilda.call('ownFault', { unit: home.unit, check: 'signal' }, { own: true });
    const mine = async () => (await tilda.call('unitFaults', {})).faults.filter(({ check }) => check.name === 'signal');
    const [first] = await mine();
    expect(first).toMatchObject({ unit: 'unit-1', check: { code: 'signal-weak', owner: { name: 'Tilda' } } });
    await unit.say('service-answer', { type: 'checked', checks: [{ ...weak, figures: { rsrpDbm: -106 } }] });
    expect((await mine())[0]?.check).toMatchObject({ since: first?.check.since, owner: { name: 'Tilda' } });
    await unit.say('service-answer', {
      type: 'checked',
      checks: [{ name: 'signal', state: 'well', code: 'signal-good' }],
    });
    expect(await mine()).toEqual([]);
  });
});

describe('a test fall', () => {
  it('is shown to those who may take it, calls nobody, and goes back to the unit with a person’s word', async () => {
    const [anna, lars] = [await site.person('Anna', 'operator'), await site.person('Lars', 'operator', 'grannby')];
    const alarm = randomUUID() as AlarmId;
    await tilda.call('callUnit', { unit: home.unit }, { type: 'test-fall' });
    const { call } = await unit.told('service-call');
    await unit.say('service-answer', { type: 'test-fall-raised', call, alarm });
    const seen = await anna.call('desk', {});
    expect(seen.tests).toMatchObject([{ alarm, unit: 'unit-1', client: 'Alias unit-1' }]);
    expect(seen.alarms).toEqual([]);
    expect((await lars.call('desk', {})).tests).toEqual([]);
    expect(await refusal(lars, 'takeTest', { test: alarm })).toMatchObject({ code: 'not-found' });
    expect(await anna.call('takeTest', { test: alarm })).toMatchObject({ takenBy: 'Anna' });
    expect(await unit.told('service-call')).toMatchObject({ type: 'test-fall-back', alarm });
  });

  it('cannot hide a real fall of the same moment, nor one of the same id', async () => {
    const alarm = randomUUID() as AlarmId;
    await unit.say('service-answer', { type: 'test-fall-raised', call: randomUUID(), alarm });
    await unit.say('alarm-report', {
      ...{ alarm, kind: 'fall', phase: 'began', at: '2026-11-29T20:00:00.000Z', camera: 'camera-1' as never },
      evidence: { code: 'found-lying', figures: {}, models: [], attended: false },
    });
    const bo = await site.person('Bo', 'operator');
    await vi.waitFor(async () =>
      expect((await bo.call('desk', {})).alarms).toMatchObject([{ alarm, kind: 'fall', state: 'raised' }]),
    );
  });
});

describe('a support bundle', () => {
  it('is put together of its parts, and read by a person whose name is written', async () => {
    const call = randomUUID();
    expect(await refusal(tilda, 'exportBundle', { unit: home.unit })).toMatchObject({ code: 'not-found' });
    await unit.say('service-answer', { type: 'bundle', call, part: 1, parts: 2, text: ': true }' });
    await unit.say('service-answer', { type: 'bundle', call, part: 0, parts: 2, text: '{ "whole"' });
    expect((await checksNow()).bundle).toMatchObject({ bytes: 17 });
    const response = await fetch(`${site.relay.url}/api/units/${home.unit}/bundle.json`, {
      headers: { cookie: tilda.cookie },
    });
    expect(await response.json()).toEqual({ whole: true });
  });
});

describe('new software', () => {
  it('is found in its folder, given to the first group by whoever may, fetched whole, and stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nattfrid-updates-'));
    const bundle = Buffer.from('a signed bundle '.repeat(5000));
    writeFileSync(join(folder, 'nattfrid-0.2.0.raucb'), bundle);
    writeFileSync(join(folder, 'readme.txt'), 'no release');
    const clock = movedClock(instant(Date.now()));
    await using there = await openSite({ clock, settings: { updates: folder } });
    const adam = await there.person('Adam', 'administrator');
    const one = await there.unit('unit-1');
    await using speaking = await connectUnit(there.relay, one, { over: 'tcp' });
    await speaking.say('announce', { state: 'here', agent: '0.1.0', models: [], run: runs[0], halts: [] });
    await adam.call('setUpdateGroup', { unit: one.unit }, { group: 'bench' });
    expect(await refusal(adam, 'beginUpdate', { version: '0.3.0' })).toMatchObject({ code: 'not-found' });
    expect((await adam.call('updates', {})).rollouts).toMatchObject([{ version: '0.2.0', state: 'ready' }]);
    await adam.call('beginUpdate', { version: '0.2.0' });
    const told = async (): Promise<Message<'service-call'>> => {
      await clock.advance(seconds(31));
      const call = await speaking.told('service-call');
      return call.type === 'update' ? call : told();
    };
    const call = await told();
    const sha256 = createHash('sha256').update(bundle).digest('base64url');
    expect(call).toMatchObject({ version: '0.2.0', path: '/unit/updates/0.2.0', bytes: bundle.length, sha256 });
    // As the listener for units gives it.
    const server = createServer(
      (request, response) => void giveRelease(openReleases(folder))('unit-1', request, response),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const download = downloadFrom(`http://127.0.0.1:${port}`, { unit: 'unit-1', token: 'x', certified: undefined });
    const pieces: Uint8Array[] = [];
    for await (const piece of download('/unit/updates/0.2.0', AbortSignal.timeout(5000))) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(bundle)).toBe(true);
    await expect(async () => {
      for await (const _ of download('http://127.0.0.1:1/unit/updates/0.2.0', AbortSignal.timeout(5000)));
    }).rejects.toMatchObject({ code: 'link-refused' });
    server.close();
    await speaking.say('service-answer', { type: 'updating', call: call.call, version: '0.2.0', state: 'back' });
    await clock.advance(seconds(31));
    await vi.waitFor(async () =>
      expect((await adam.call('updates', {})).rollouts).toMatchObject([
        { state: 'halted', groups: [{ failed: 1 }, {}, {}] },
      ]),
    );
    rmSync(folder, { recursive: true });
  });
});
