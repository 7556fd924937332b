/** The listener for units: who comes in by a certificate, who does not, and how one is renewed. Real TLS on loopback. */
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { makeRequest } from '@nattfrid/agent/pairing/certificate-request';
import { openCertificate } from '@nattfrid/agent/pairing/keep-certificate';
import { wipeUnit } from '@nattfrid/agent/pairing/wipe';
import { type Paired, pairingTable } from '@nattfrid/agent/store/pairing-table';
import { makeAuthority, openAuthority } from '@nattfrid/relay/unit-authority/authority';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { signRenewal } from '@nattfrid/shared/seal/pairing-terms';
import { systemClock } from '@nattfrid/shared/time/clock';
import { days, minutes } from '@nattfrid/shared/time/duration';
import { instant, after as later, printInstant } from '@nattfrid/shared/time/instant';
import { type MovedClock, movedClock } from '@nattfrid/shared/time/moved-clock';
import { renewalPath } from '@nattfrid/shared/wire/pairing';
import mqtt from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openPairingSite, type PairingSite, pairByLabel, type TestUnit } from '../../support/pairing-site.ts';

let place: PairingSite;
let clock: MovedClock;
beforeAll(async () => {
  clock = movedClock(instant(Date.now()));
  place = await openPairingSite({ clock });
});
afterAll(() => place[Symbol.asyncDispose]());

interface PairedUnit extends TestUnit {
  readonly paired: Paired;
  readonly order: string;
}

async function pairedUnit(site = place): Promise<PairedUnit> {
  // Of its own clock: what it waits for is not moved.
  const unit = await site.unit({ clock: systemClock });
  const dialling = unit.dial();
  const order = await site.order();
  await pairByLabel(site.technician, order, unit.label.address);
  return { ...unit, paired: (await dialling.paired)!, order };
}

type Shown = Pick<Paired, 'key' | 'certificate' | 'authority' | 'relay'>;
const pem = ({ key, certificate, authority }: Shown) => ({ key, cert: certificate, ca: authority });

/** HTTP status with which the socket of MQTT is refused, or 101. */
const knocks = (shown: Shown, options = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${shown.relay.replace('https', 'wss')}/mqtt`, 'mqtt', { ...pem(shown), ...options });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode));
    socket.on('error', reject);
  });

/** As the broker answers: «connected», or why not. */
async function connects(shown: Shown, name: string, options = {}): Promise<string> {
  const status = await knocks(shown, options);
  if (status !== 101) return String(status);
  try {
    const client = await mqtt.connectAsync(
      `${shown.relay.replace('https', 'wss')}/mqtt`,
      {
        clientId: name,
        username: name,
        reconnectPeriod: 0,
        protocolVersion: 4,
        connectTimeout: 4000,
        ...pem(shown),
        ...options,
      },
      false,
    );
    await client.endAsync(true);
    return 'connected';
  } catch (error) {
    return (error as Error).message;
  }
}

function asks(shown: Shown, method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, shown.relay), { method, ...pem(shown), agent: false }, (response) => {
      let text = '';
      response
        .on('data', (piece) => (text += piece))
        .on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end(body && JSON.stringify(body));
  });
}

async function renewal(
  { paired, identity }: PairedUnit,
  serial: string,
  { key = identity.key, unit = paired.unit as string } = {},
) {
  const tls = await makeRequest(unit);
  const said = { unit, request: tls.request, at: printInstant(clock.now()), serial };
  return { tls, body: { request: said.request, at: said.at, signature: await signRenewal(said, key) } };
}
const serialOf = async ({ certificate }: Shown) =>
  new (await import('node:crypto')).X509Certificate(certificate).serialNumber.toLowerCase();
const inLog = async (why: string) =>
  (await place.coordinator.call('audit', { what: 'refused' })).lines.some(({ details }) => details['why'] === why);

describe('a unit that was paired', () => {
  it('comes in by its certificate, under its own name, and by no token', async () => {
    const unit = await pairedUnit();
    expect(await connects(unit.paired, unit.paired.unit)).toBe('connected');
    const { orders } = await place.coordinator.call('workOrders');
    expect(orders.find(({ order }) => order === unit.order)).toMatchObject({ state: 'paired' });
    const { url } = place.site.relay;
    const byToken = mqtt.connectAsync(
      `${url.replace('http', 'ws')}/mqtt`,
      {
        ...{ clientId: unit.paired.unit, username: unit.paired.unit, password: 'x'.repeat(43), reconnectPeriod: 0 },
      },
      false,
    );
    await expect(byToken).rejects.toThrow('Bad username or password');
    await expect(place.coordinator.call('newToken', { unit: unit.paired.unit })).rejects.toMatchObject({
      code: 'not-now',
    });
  });

  it('is nobody else by its certificate', async () => {
    const [one, other] = [await pairedUnit(), await pairedUnit()];
    expect(await connects(one.paired, other.paired.unit)).toMatch(/Not authorized/);
    expect(await inLog('client-id')).toBe(true);
  });

  it('finds nothing of the console behind that listener', async () => {
    const { paired } = await pairedUnit();
    for (const path of ['/api/desk', '/api/sign-in', '/', '/live', '/healthz'])
      expect((await asks(paired, 'GET', path)).status).toBe(404);
    const live = new WebSocket(`${paired.relay.replace('https', 'wss')}/live`, pem(paired));
    expect(
      await new Promise((resolve) =>
        live.on('unexpected-response', (_r, { statusCode }) => resolve(statusCode)).on('error', () => {}),
      ),
    ).toBe(404);
  });

  it('is cut off at once when it is taken out, and opens nothing from then on', async () => {
    const { paired } = await pairedUnit();
    const client = await mqtt.connectAsync(
      `${paired.relay.replace('https', 'wss')}/mqtt`,
      {
        ...{ clientId: paired.unit, username: paired.unit, reconnectPeriod: 0, protocolVersion: 4, ...pem(paired) },
      },
      false,
    );
    const closed = new Promise<void>((resolve) => client.on('close', () => resolve()));
    client.on('error', () => {});
    await place.coordinator.call('removeUnit', { unit: paired.unit });
    await closed;
    expect(await connects(paired, paired.unit)).toMatch(/401/);
    expect(await inLog('certificate-revoked')).toBe(true);
  });

  it('gets another certificate over the one that it has, and the old one goes on until then', async () => {
    const unit = await pairedUnit();
    const pairing = pairingTable(unit.database);
    const ahead = movedClock(later(instant(Date.now()), days(11)));
    const kept = openCertificate({ pairing, key: unit.identity.key, clock: ahead, random: () => 0, log: silent });
    const stop = new AbortController();
    const keeping = kept.keep(stop.signal);
    await vi.waitFor(() => expect(pairing.find()?.certificate).not.toBe(unit.paired.certificate), 5000);
    stop.abort();
    await keeping;
    expect(await connects(pairing.find()!, unit.paired.unit)).toBe('connected');
    expect(await connects(unit.paired, unit.paired.unit)).toBe('connected');
  });

  it('opens nothing but its renewal once it has run out, for 90 days, and only by its own signature', async () => {
    const moved = movedClock(instant(Date.now()));
    await using site = await openPairingSite({ clock: moved });
    const unit = await pairedUnit(site);
    const serial = await serialOf(unit.paired);
    moved.stepWall(days(31));
    expect(await connects(unit.paired, unit.paired.unit)).toMatch(/409/);
    expect((await asks(unit.paired, 'GET', '/unit/update/x')).status).toBe(409);
    const forged = await renewal(unit, serial, { key: (await site.unit()).identity.key });
    expect((await asks(unit.paired, 'POST', renewalPath, forged.body)).status).toBe(422);
    const right = await renewal(unit, serial);
    const answer = await asks(unit.paired, 'POST', renewalPath, right.body);
    expect(answer.status).toBe(200);
    const renewed = { ...unit.paired, key: right.tls.key, ...JSON.parse(answer.text) };
    expect(await connects(renewed, unit.paired.unit)).toBe('connected');
    moved.stepWall(days(30 + 90));
    const late = await renewal(unit, await serialOf(renewed));
    expect((await asks(renewed, 'POST', renewalPath, late.body)).status).toBe(401);
  });

  it('gets another one by itself where its own clock has stood still while it was cut off', async () => {
    const moved = movedClock(instant(Date.now()));
    await using site = await openPairingSite({ clock: moved });
    const unit = await pairedUnit(site);
    moved.stepWall(days(40));
    expect(await connects(unit.paired, unit.paired.unit)).toMatch(/409/);
    const own = movedClock(instant(Date.now()));
    const pairing = pairingTable(unit.database);
    const parts = { pairing, key: unit.identity.key, clock: own, random: () => 0, log: silent };
    const stop = new AbortController();
    const keeping = openCertificate({ ...parts, isCutOff: () => true }).keep(stop.signal);
    await own.advance(minutes(21));
    await vi.waitFor(() => expect(pairing.find()?.certificate).not.toBe(unit.paired.certificate), 5000);
    stop.abort();
    await keeping;
    expect(await connects(pairing.find()!, unit.paired.unit)).toBe('connected');
  });

  it('that has expired asks again within minutes, however long nobody has answered: an alarm may wait behind it', async () => {
    const unit = await pairedUnit();
    let failed = 0;
    const log: Logger = { ...silent, child: () => log, warn: () => void failed++ };
    const nobody = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const pairing = pairingTable(unit.database);
    pairing.save({ ...unit.paired, relay: `https://127.0.0.1:${(nobody.address() as AddressInfo).port}` });
    const own = movedClock(later(instant(Date.now()), days(31)));
    const stop = new AbortController();
    const kept = openCertificate({ pairing, key: unit.identity.key, clock: own, random: () => 0.5, log });
    const keeping = kept.keep(stop.signal);
    for (let time = 1; time <= 12; time++) {
      await vi.waitFor(() => expect(failed).toBe(time), 5000);
      await own.advance(minutes(2));
    }
    stop.abort();
    await keeping;
    nobody.close();
  });

  it('is judged expired also by what TLS itself says: one of forty days ago', async () => {
    const moved = movedClock(later(instant(Date.now()), days(-40)));
    await using site = await openPairingSite({ clock: moved });
    const unit = await pairedUnit(site);
    expect(await connects(unit.paired, unit.paired.unit)).toMatch(/409/);
    const { body } = await renewal(unit, await serialOf(unit.paired));
    moved.stepWall(days(40));
    expect((await asks(unit.paired, 'POST', renewalPath, body)).status).toBe(200);
  });
});

describe('a certificate that this relay has not issued', () => {
  it.each([
    ['of another authority', 0],
    // Node says of both that they have expired: that alone must open nothing.
    ['of another authority, and expired as well', -60],
  ])('%s opens nothing, not even a renewal', async (_name, since) => {
    const unit = await pairedUnit();
    const foreign = await openAuthority((await makeAuthority()).pem);
    const tls = await makeRequest(unit.paired.unit);
    const made = await foreign.certify(
      unit.paired.unit as UnitId,
      tls.request,
      later(instant(Date.now()), days(since)),
    );
    if (made instanceof Error) throw made;
    const shown = { ...unit.paired, key: tls.key, certificate: made.certificate };
    expect(await connects(shown, unit.paired.unit)).toMatch(/401/);
    const { body } = await renewal(unit, made.serial);
    expect((await asks(shown, 'POST', renewalPath, body)).status).toBe(401);
    expect(await inLog('foreign-certificate')).toBe(true);
  });
  it('and none at all: neither', async () => {
    const { paired } = await pairedUnit();
    const none = { key: undefined, cert: undefined } as never;
    expect(await connects(paired, paired.unit, { ...(none as object) })).toMatch(/401/);
  });
});

describe('a unit that lost its power between its certificate and its own disk', () => {
  it('is paired again by the same order, until it has come in once', async () => {
    const unit = await pairedUnit();
    unit.database.run('delete from pairing');
    const again = unit.dial();
    const view = await pairByLabel(place.technician, unit.order, unit.label.address);
    expect(view.state).toBe('paired');
    const paired = (await again.paired)!;
    expect(await connects(unit.paired, paired.unit)).toMatch(/401/);
    expect(await connects(paired, paired.unit)).toBe('connected');
    // From now on it is taken, though it may say that it has forgotten everything.
    unit.database.run('delete from pairing');
    const third = unit.dial();
    await expect(pairByLabel(place.technician, unit.order, unit.label.address)).rejects.toMatchObject({
      code: 'not-now',
    });
    await third.stop();
  });
});

describe('a unit that has been wiped', () => {
  it('brings a certificate of it, and can be paired for the next home by the same label', async () => {
    const unit = await pairedUnit();
    await connects(unit.paired, unit.paired.unit);
    unit.database[Symbol.dispose]();
    const certificate = await wipeUnit(unit.data, systemClock, 'home');
    const forged = { ...certificate, at: printInstant(later(clock.now(), minutes(-5))) };
    await expect(place.coordinator.call('keepWipe', {}, forged)).rejects.toMatchObject({ code: 'signature-wrong' });
    const { items } = await place.coordinator.call('keepWipe', {}, certificate);
    const item = items.find(({ identity }) => identity?.unit === unit.paired.unit)!;
    expect(item).toMatchObject({ state: 'returned', wiped: { by: 'Karin' } });
    expect(await connects(unit.paired, unit.paired.unit)).toMatch(/401/);
    await place.coordinator.call('moveStockItem', { item: item.item }, { to: 'in-stock' });
    const { openDatabase } = await import('@nattfrid/agent/store/database');
    using database = openDatabase(`${unit.data}/unit.db`);
    expect(pairingTable(database).find()).toBeUndefined();
    // In the next home the same paper ends nothing.
    const order = await place.order();
    const dialling = unit.dial(database);
    await pairByLabel(place.technician, order, unit.label.address);
    const next = (await dialling.paired)!;
    expect(await connects(next, next.unit)).toBe('connected');
    await expect(place.coordinator.call('keepWipe', {}, certificate)).rejects.toMatchObject({ code: 'not-now' });
    expect(await connects(next, next.unit)).toBe('connected');
  });
});
