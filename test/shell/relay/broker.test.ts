/** The broker with real clients: whose topics are whose, what is acknowledged when, and that nobody can hold up the others. */
import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Broker, openBroker } from '@nattfrid/relay/mqtt/broker';
import { silent } from '@nattfrid/shared/log/logger';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { longestMessage, writeLetter } from '@nattfrid/shared/wire/envelope';
import { downTopics, topicOf } from '@nattfrid/shared/wire/topics';
import mqtt from 'mqtt';
import { generate } from 'mqtt-packet';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createWebSocketStream, WebSocket, WebSocketServer } from 'ws';
import { openDisk } from '../../support/disk.ts';
import type { Person } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, publish } from '../../support/speaking-unit.ts';

let site: Site;
let anna: Person;
beforeAll(async () => {
  site = await openSite();
  anna = await site.person('Anna', 'operator');
  await site.unit('neighbour');
});
afterAll(() => site[Symbol.asyncDispose]());

const letter = (unit: string, body = aFall(), id: string = randomUUID()) =>
  writeLetter('alarm-report', unit as never, id, instant(Date.now()), body);
const alarmsOf = async (unit: string) => (await anna.desk()).alarms.filter((alarm) => alarm.unit === unit);
const figure = async (name: string) => {
  const text = await (await fetch(`http://127.0.0.1:${site.relay.metricsPort}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`nattfrid_${name}`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};

describe('a unit that connects', () => {
  for (const over of ['ws', 'tcp'] as const)
    it(`is let in with its own credential (${over})`, async () => {
      const unit = await site.unit(`door-${over}`);
      await using speaking = await connectUnit(site.relay, unit, { over });
      await speaking.say('alarm-report', aFall());
      expect(await alarmsOf(unit.unit)).toHaveLength(1);
    });

  it.for([
    ['with a wrong token', (name: string) => ({ password: 'wrong', clientId: name })],
    ['with no token', (name: string) => ({ password: undefined as never, clientId: name })],
    ['under another name', () => ({ clientId: 'someone-else' })],
    ['that the relay does not know', () => ({ username: 'stranger', clientId: 'stranger' })],
    [
      'with a will in another unit’s name',
      (name: string) => ({
        clientId: name,
        will: { topic: 'nattfrid/v1/other/up/announce', payload: Buffer.from('x'), qos: 1 as const, retain: true },
      }),
    ],
  ] as const)('is kept out: %s', async ([words, change], { task }) => {
    const unit = await site.unit(`kept-out-${task.id.replace(/\D/g, '')}`);
    const attempt = connectUnit(site.relay, unit, change(unit.unit));
    await expect(attempt, words).rejects.toThrow();
  });

  it('is let in with the right token at once, however many wrong ones were tried before it', async () => {
    const unit = await site.unit('guessed-at');
    for (let guess = 0; guess < 7; guess++)
      await expect(connectUnit(site.relay, unit, { password: `guess ${guess}` })).rejects.toThrow(
        /Bad username or password|authorized/i,
      );
    const before = elapsed();
    await using _unit = await connectUnit(site.relay, unit);
    expect(elapsed() - before).toBeLessThan(400);
    const refused = elapsed();
    await expect(connectUnit(site.relay, unit, { password: 'again' })).rejects.toThrow();
    expect(elapsed() - refused).toBeGreaterThan(900);
  });

  it.each(['tcp', 'ws'] as const)(
    'is let in after hundreds of connections from the same address (%s)',
    async (over) => {
      const unit = await site.unit(`behind-a-proxy-${over}`);
      for (let round = 0; round < 8; round++)
        await Promise.all(
          Array.from({ length: 50 }, async () => {
            const stranger = { ...unit, unit: `stranger-${round}` as never };
            await connectUnit(site.relay, stranger, { over, clientId: 'somebody else' }).catch(() => {});
          }),
        );
      await using _unit = await connectUnit(site.relay, unit, { over });
    },
  );

  it('twice takes over: the first connection ends', async () => {
    const unit = await site.unit('twice');
    await using first = await connectUnit(site.relay, unit);
    const ended = new Promise<void>((resolve) => first.client.once('close', () => resolve()));
    await using second = await connectUnit(site.relay, unit);
    await ended;
    await second.say('alarm-report', aFall());
    expect(await alarmsOf(unit.unit)).toHaveLength(1);
  });
});

describe('a unit that speaks', () => {
  it('cannot hear what another is told, nor what anybody says', async () => {
    const unit = await site.unit('listener');
    await using speaking = await connectUnit(site.relay, unit);
    for (const filter of ['nattfrid/v1/other/down/+', 'nattfrid/v1/+/up/+', '#', downTopics('other' as never)])
      await expect(speaking.client.subscribeAsync(filter, { qos: 1 }), filter).rejects.toThrow();
  });

  it.for([
    ['in the name of another', topicOf('other' as never, 'alarm-report')],
    ['in the name of the relay', topicOf('other' as never, 'look-call')],
    ['what is no word', 'nattfrid/v1/forbidden/up/No Word'],
  ])('is cut when it speaks %s', async ([words, topic], { task }) => {
    const unit = await site.unit(`forbidden-${task.id.replace(/\D/g, '')}`);
    await using speaking = await connectUnit(site.relay, unit);
    await expect(publish(speaking.client, topic!, letter('other')), words).rejects.toThrow();
    expect(await alarmsOf('other')).toEqual([]);
  });

  it('keeps its link where it says a word that this relay does not know yet, and the word goes nowhere', async () => {
    const unit = await site.unit('newer');
    await using speaking = await connectUnit(site.relay, unit);
    await publish(speaking.client, 'nattfrid/v1/newer/up/weather', letter(unit.unit));
    await speaking.say('alarm-report', aFall());
    expect(await alarmsOf('newer')).toHaveLength(1);
  });

  it('of a later version keeps its alarm: shown as something new, and kept as it came', async () => {
    const unit = await site.unit('later');
    await using speaking = await connectUnit(site.relay, unit);
    const id = randomUUID();
    const body = { ...aFall(), kind: 'smoke', place: 'kitchen' };
    const later = Buffer.from(JSON.stringify({ v: 1, id, unit: unit.unit, sentAt: '2026-11-22T02:00:00.000Z', body }));
    for (let time = 0; time < 2; time++) await publish(speaking.client, topicOf(unit.unit, 'alarm-report'), later);
    using disk = openDisk(site.database, { readOnly: true });
    const shown = disk.prepare("select body from alarms where unit = 'later'").all();
    expect(shown.map((row) => JSON.parse(String(row['body'])).facts.evidence.code)).toEqual(['unit-says-new']);
    expect(disk.prepare('select body from held_alarms where alarm = ?').get(id)?.['body']).toBe(later.toString());
  });

  it('with the highest quality of service is cut: nobody here keeps half a handshake', async () => {
    const unit = await site.unit('qos-two');
    await using speaking = await connectUnit(site.relay, unit);
    await expect(publish(speaking.client, topicOf(unit.unit, 'alarm-report'), letter(unit.unit), 2)).rejects.toThrow();
  });

  it('is heard once, however often it sends the same', async () => {
    const unit = await site.unit('repeats');
    await using speaking = await connectUnit(site.relay, unit);
    const id = randomUUID();
    const fall = aFall();
    const before = await figure('messages_duplicate_total');
    for (let time = 0; time < 3; time++) await speaking.say('alarm-report', fall, id);
    expect(await alarmsOf(unit.unit)).toHaveLength(1);
    expect(await figure('messages_duplicate_total')).toBe(before + 2);
  });

  it.for([
    ['in what is no JSON', 'alarm-report', () => Buffer.from([0xff, 0x00, 0x7b])],
    ['in nothing', 'alarm-report', () => Buffer.alloc(0)],
    ['in more than a message may be', 'alarm-report', () => Buffer.alloc(longestMessage + 1, 0x20)],
    [
      'in a word of a later version',
      'alarm-of-two-units',
      (unit: string) =>
        Buffer.from(
          JSON.stringify({ v: 1, id: randomUUID(), unit, sentAt: '2026-11-22T02:00:00.000Z', body: { of: 'smoke' } }),
        ),
    ],
  ] as const)('may tell an alarm %s: it is shown as something new, once', async ([words, name, make], { task }) => {
    const unit = await site.unit(`unread-${task.id.replace(/\D/g, '')}`);
    await using speaking = await connectUnit(site.relay, unit);
    const bytes = make(unit.unit);
    const topic = topicOf(unit.unit, 'alarm-report').replace('alarm-report', name);
    for (let time = 0; time < 2; time++) await publish(speaking.client, topic, bytes);
    using disk = openDisk(site.database, { readOnly: true });
    const shown = disk.prepare('select body from alarms where unit = ?').all(unit.unit);
    const facts = shown.map((row) => JSON.parse(String(row['body'])).facts);
    expect(facts, words).toMatchObject([{ evidence: { code: 'unit-says-new' } }]);
    expect(facts[0].more).toBeUndefined();
  });

  it.for([
    ['names a neighbour inside', () => letter('neighbour')],
    ['says what only the relay can know', (unit: string) => letter(unit, { ...aFall(), kind: 'unit-silent' })],
  ] as const)('sends what %s: it is counted, acknowledged and kept out', async ([words, make], { task }) => {
    const unit = await site.unit(`bad-${task.id.replace(/\D/g, '')}`);
    await using speaking = await connectUnit(site.relay, unit);
    const before = await figure('messages_bad_total');
    await publish(speaking.client, topicOf(unit.unit, 'alarm-report'), make(unit.unit));
    expect(await figure('messages_bad_total'), words).toBe(before + 1);
    expect(await alarmsOf(unit.unit)).toEqual([]);
    expect(await alarmsOf('neighbour')).toEqual([]);
    await speaking.say('alarm-report', aFall());
    expect(await alarmsOf(unit.unit)).toHaveLength(1);
  });

  it.for([
    ['of another version', { v: 2, body: aFall() }],
    ['that lacks a field', { v: 1, body: { kind: 'fall' } }],
  ])('sends an alarm %s: it is counted as bad, and shown all the same as something new', async ([, what], { task }) => {
    const unit = await site.unit(`odd-${task.id.replace(/\D/g, '')}`);
    await using speaking = await connectUnit(site.relay, unit);
    const before = await figure('messages_bad_total');
    const odd = { ...(what as object), id: randomUUID(), unit: unit.unit, sentAt: '2026-11-22T00:00:00Z' };
    await publish(speaking.client, topicOf(unit.unit, 'alarm-report'), Buffer.from(JSON.stringify(odd)));
    expect(await figure('messages_bad_total')).toBe(before + 1);
    expect(await alarmsOf(unit.unit)).toHaveLength(1);
  });

  it('is cut when it announces a packet of 200 MB, before that is in memory', async () => {
    const unit = await site.unit('huge');
    const raw = await rawUnit(unit);
    const before = await figure('unit_cuts_total');
    const closed = new Promise((resolve) => raw.once('close', resolve));
    raw.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x5f]));
    await closed;
    expect(await figure('unit_cuts_total')).toBe(before + 1);
  });

  it('cannot change an alarm of another unit', async () => {
    const [one, two] = [await site.unit('owner'), await site.unit('thief')];
    await using owner = await connectUnit(site.relay, one);
    await using thief = await connectUnit(site.relay, two);
    const fall = aFall();
    await owner.say('alarm-report', fall);
    await thief.say('alarm-report', { ...fall, phase: 'ended' });
    expect((await alarmsOf(one.unit))[0]).not.toHaveProperty('endedAt');
    expect(await alarmsOf(two.unit)).toEqual([]);
  });
});

describe('an acknowledgement', () => {
  it('means that the alarm is on the disk: another process finds it there', async () => {
    const unit = await site.unit('acked');
    await using speaking = await connectUnit(site.relay, unit);
    using disk = openDisk(site.database, { readOnly: true });
    // The fourth that is open at once stands behind the card of another, and is kept all the same.
    const kept = 'select alarm from alarms union all select alarm from held_alarms';
    const there = disk.prepare(`select count(*) as count from (${kept}) kept where alarm = ?`);
    for (let time = 0; time < 20; time++) {
      const fall = aFall();
      let count: unknown;
      const bytes = letter(unit.unit, fall);
      // Asked in the very moment of the acknowledgement, before the relay (in this process) does anything more.
      const looks = (packet: { readonly cmd?: string }) => {
        if (packet.cmd === 'puback') count = there.get(fall.alarm)?.['count'];
      };
      speaking.client.on('packetreceive', looks);
      await publish(speaking.client, topicOf(unit.unit, 'alarm-report'), bytes);
      speaking.client.off('packetreceive', looks);
      expect(count).toBe(1);
    }
  });

  it('does not come when the alarm cannot be saved; sent again, it is there once', async () => {
    const unit = await site.unit('locked-out');
    const fall = aFall();
    const bytes = letter(unit.unit, fall);
    {
      await using speaking = await connectUnit(site.relay, unit);
      using disk = openDisk(site.database);
      disk.exec('begin immediate');
      await expect(publish(speaking.client, topicOf(unit.unit, 'alarm-report'), bytes)).rejects.toThrow();
      disk.exec('rollback');
    }
    expect(await alarmsOf(unit.unit)).toEqual([]);
    await using again = await connectUnit(site.relay, unit);
    await publish(again.client, topicOf(unit.unit, 'alarm-report'), bytes);
    expect((await alarmsOf(unit.unit)).map((alarm) => alarm.alarm)).toEqual([fall.alarm]);
  });
});

describe('a unit that stops reading', () => {
  it.each(['tcp', 'ws'] as const)('is cut over %s, and holds up nobody', async (over) => {
    const cuts: string[] = [];
    await using broker = await openBroker({
      clock: systemClock,
      log: silent,
      figures: { connected() {}, refused() {}, forbidden() {}, unknownWord() {}, cut: (why) => void cuts.push(why) },
      knows: async () => true,
      receive: async () => 'taken',
    });
    const server = await listen(broker, over);
    const deaf = await rawUnit({ unit: 'deaf', token: 'x' }, server.port, over);
    deaf.pause();
    const other = await mqtt.connectAsync(`${over === 'ws' ? 'ws' : 'mqtt'}://127.0.0.1:${server.port}`, {
      clientId: 'well',
      username: 'well',
      password: 'x',
      protocolVersion: 4,
    });
    let heard = 0;
    other.on('message', () => {
      heard++;
    });
    const long = Buffer.alloc(60_000, 0x20);
    let sent = 0;
    while (cuts.length === 0 && sent < 2000) {
      broker.send('deaf' as never, 'plan-letter', long);
      broker.send('well' as never, 'plan-letter', long);
      sent++;
      // In the middle of it: acknowledged, or this test does not end.
      await publish(other, topicOf('well' as never, 'alarm-report'), Buffer.from('x'));
    }
    expect(cuts).toEqual(['does-not-read']);
    expect(broker.send('deaf' as never, 'plan-letter', long)).toBe(false);
    await vi.waitFor(() => expect(heard).toBe(sent), 10_000);
    await other.endAsync(true);
    deaf.destroy();
    server.close();
  });
});

/** A broker's own port, without the rest of the relay. */
async function listen(broker: Broker, over: 'tcp' | 'ws'): Promise<{ port: number; close(): void }> {
  const server = over === 'tcp' ? createTcpServer((socket) => broker.attach(socket, 'test')) : createHttpServer();
  if (over === 'ws')
    new WebSocketServer({ server: server as HttpServer, handleProtocols: () => 'mqtt' }).on('connection', (ws) =>
      broker.attach(createWebSocketStream(ws), 'test'),
    );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

/** A unit over a bare stream, connected, so that it can behave as no client library would. */
async function rawUnit(
  { unit, token }: { unit: string; token: string },
  port = site.relay.mqttPort!,
  over: 'tcp' | 'ws' = 'tcp',
): Promise<Duplex> {
  const stream: Duplex =
    over === 'tcp'
      ? connect(port, '127.0.0.1')
      : createWebSocketStream(new WebSocket(`ws://127.0.0.1:${port}`, 'mqtt'));
  stream.on('error', () => {});
  const words = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60 } as const;
  stream.write(generate({ ...words, clientId: unit, username: unit, password: Buffer.from(token) }));
  await new Promise((resolve) => stream.once('data', resolve));
  return stream;
}

it('a fleet can come back at once', async () => {
  const units = await Promise.all(Array.from({ length: 40 }, (_, index) => site.unit(`fleet-${index}`)));
  const fleet = await Promise.all(units.map((unit) => connectUnit(site.relay, unit)));
  await Promise.all(fleet.map((unit) => unit.say('alarm-report', aFall())));
  const desk = await anna.desk();
  expect(desk.alarms.filter((alarm) => alarm.unit.startsWith('fleet-'))).toHaveLength(40);
  await Promise.all(fleet.map((unit) => unit[Symbol.asyncDispose]()));
});
