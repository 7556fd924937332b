/** The unit's link to a relay that is unwell: it is left within seconds, kept where it is only slow, and called by its true fault. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '@nattfrid/agent/mqtt/connection';
import { type Link, runLink } from '@nattfrid/agent/mqtt/link';
import { openSocket } from '@nattfrid/agent/publish/socket';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Packet } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { startProgram } from '../../stand-ins/home/program.ts';
import { startStandInBroker } from '../../support/stand-in-broker.ts';

const address = (relay: string) => ({ relay, path: '/mqtt', unit: 'enhet-1', token: 'a token that is long enough' });
const will = { topic: 'nattfrid/v1/enhet-1/up/announce', bytes: new Uint8Array([1]) };
const never = new AbortController().signal;
const qos1 = { qos: 1, retain: false } as const;
const announce = { state: 'here', agent: '1', models: [] } as const;
const vitals = {
  uptimeSeconds: 1,
  camera: 'connected',
  picturesPerSecond: 1,
  analysedPerSecond: 1,
  droppedPictures: 0,
  outboxDepth: 0,
  memoryMegabytes: 1,
  lookOpen: false,
} as const;
const idle = (signal: AbortSignal) => systemClock.sleep(seconds(3600), signal);
const linkTo = (relay: string): Link => ({
  unit: 'enhet-1' as never,
  address: address(relay),
  outbox: { drain: async () => {}, filled: idle } as never,
  announce: () => announce,
  vitals: () => vitals,
  changed: idle,
  received: () => {},
  up: () => {},
  clock: systemClock,
  newId: () => crypto.randomUUID(),
  heartbeat: seconds(30),
});

const bodyOf = (packet: Packet) => JSON.parse(String(packet.cmd === 'publish' && packet.payload)).body;

async function secondsOf(work: PromiseLike<unknown>): Promise<number> {
  const began = performance.now();
  await Promise.resolve(work).catch(() => {});
  return (performance.now() - began) / 1000;
}

describe('the link to a relay that answers nothing any more', () => {
  it('is closed within two seconds, with a message under way', async () => {
    await using broker = await startStandInBroker();
    const connection = await connect({ ...address(broker.address), will }, () => {}, systemClock, never);
    broker.fallSilent();
    const lost = connection.publish('nattfrid/v1/enhet-1/up/announce', new Uint8Array(10), qos1).catch(() => 'lost');
    expect(await secondsOf(connection[Symbol.asyncDispose]())).toBeLessThan(2);
    expect(await lost).toBe('lost');
    expect((await connection.over).code).toBe('link-lost');
  });

  it('is closed within two seconds, with nothing under way', async () => {
    await using broker = await startStandInBroker();
    const connection = await connect({ ...address(broker.address), will }, () => {}, systemClock, never);
    broker.fallSilent();
    expect(await secondsOf(connection[Symbol.asyncDispose]())).toBeLessThan(2);
  });

  it.for([
    ['after CONNACK', { silent: true }],
    ['from the beginning', { answersConnect: false }],
  ] as const)('ends within two seconds when the unit is stopped: silent %s', async ([, how]) => {
    await using broker = await startStandInBroker(how);
    const stop = new AbortController();
    const running = runLink(linkTo(broker.address), stop.signal);
    await broker.until((packet) => packet.cmd === 'connect');
    await systemClock.sleep(milliseconds(200));
    stop.abort();
    expect(await secondsOf(running)).toBeLessThan(2);
  });

  it('ends within three seconds when a whole agent is stopped with SIGTERM', async () => {
    await using broker = await startStandInBroker();
    const folder = mkdtempSync(join(tmpdir(), 'nattfrid-stop-'));
    const config = join(folder, 'unit.json');
    const camera = { url: 'rtsp://127.0.0.1:9/none' };
    const planKey = 'k'.repeat(43);
    const unit = { ...address(broker.address), alias: 'Björken 3', camera, planKey, data: join(folder, 'data') };
    writeFileSync(config, JSON.stringify({ ...unit, heartbeatSeconds: 1 }));
    await using agent = startProgram(
      fileURLToPath(new URL('../../../agent/src/main.ts', import.meta.url)),
      ['--config', config],
      {},
    );
    // It is up, and beats.
    await agent.said('Relay reached');
    const vitals = await broker.until((packet) => packet.cmd === 'publish' && packet.topic.endsWith('/vitals'));
    expect(bodyOf(vitals)).toMatchObject({ plan: { state: 'none' } });
    broker.fallSilent();
    await systemClock.sleep(milliseconds(1500));
    agent.kill('SIGTERM');
    expect(await secondsOf(agent.ended)).toBeLessThan(3);
    expect(await agent.ended).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('the link to a relay that is well', () => {
  it('is left with DISCONNECT, so that no will is said', async () => {
    await using broker = await startStandInBroker();
    const stop = new AbortController();
    const running = runLink(linkTo(broker.address), stop.signal);
    await broker.until((packet) => packet.cmd === 'publish' && packet.topic.endsWith('/vitals'));
    stop.abort();
    await running;
    await broker.until((packet) => packet.cmd === 'disconnect');
    const said = broker.heard.filter((packet) => packet.cmd === 'publish' && packet.topic.endsWith('/announce'));
    expect(said.map(bodyOf)).toMatchObject([{ state: 'here' }, { state: 'gone' }]);
    // The will, and the word of leave, are of the connection that said «here».
    const first = broker.heard.find((packet) => packet.cmd === 'connect');
    const willed = JSON.parse(String(first?.cmd === 'connect' && first.will?.payload)).body;
    expect(new Set([...said.map(bodyOf), willed].map(({ connection }) => connection)).size).toBe(1);
    expect(willed).toMatchObject({ state: 'gone', connection: expect.any(String) });
  });

  it('is kept where its acknowledgements take nearly as long as a keepalive', async () => {
    await using broker = await startStandInBroker({ acknowledgesAfterMilliseconds: 900 });
    const keepalive = seconds(1);
    await using connection = await connect(
      { ...address(broker.address), will, keepalive },
      () => {},
      systemClock,
      never,
    );
    const ended = connection.over.then((fault) => fault.message);
    const acknowledged = connection.publish('nattfrid/v1/enhet-1/up/announce', new Uint8Array(10), qos1);
    await acknowledged;
    const quiet = systemClock.sleep(seconds(4)).then(() => 'still there');
    expect(await Promise.race([ended, quiet])).toBe('still there');
  });
});

const openssl = spawnSync('openssl', ['version']).status === 0;
if (!openssl) console.log('SKIPPED: certificates are not tried: openssl is missing');

describe.skipIf(!openssl)('a relay whose certificate is not trusted', () => {
  const madeCertificate = (days: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'nattfrid-cert-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-subj', '/CN=relay'];
    execFileSync('openssl', [...made, ...days.split(' ')], { stdio: 'ignore' });
    const read = { cert: readFileSync(cert), key: readFileSync(key) };
    rmSync(folder, { recursive: true, force: true });
    return read;
  };

  it('is called so, with what to do, and not «no relay answers»', async () => {
    await using broker = await startStandInBroker({ tls: madeCertificate('-days 2') });
    const refused = await connect({ ...address(broker.address), will }, () => {}, systemClock, never).catch(
      (fault: Fault) => fault,
    );
    expect(refused).toMatchObject({
      code: 'relay-not-trusted',
      fields: { certificate: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect((refused as Fault).message).toMatch(/certificate .* not trusted .*NODE_EXTRA_CA_CERTS/);
  });

  it('is called so by the picture socket as well', async () => {
    await using broker = await startStandInBroker({ tls: madeCertificate('-days 2') });
    const url = broker.address.replace(/^http/, 'ws');
    const refused = await openSocket({ url, headers: {}, clock: systemClock }, never).catch((fault: Fault) => fault);
    expect(refused).toMatchObject({ code: 'relay-not-trusted' });
  });

  it('is not blamed on the certificate where nobody listens', async () => {
    const refused = await connect({ ...address('https://127.0.0.1:9'), will }, () => {}, systemClock, never).catch(
      (fault: Fault) => fault,
    );
    expect(refused).toMatchObject({ code: 'link-lost' });
  });
});
