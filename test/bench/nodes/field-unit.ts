/**
 * A unit as the relay meets it in the field, and as cheap as it can be at this end: TLS with its certificate, MQTT 3.1.1 in a WebSocket,
 * and a second WebSocket that stands by for pictures. It answers what it is asked, and no more.
 */
import { randomUUID } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import { type Message, messages, type NamesFrom } from '@nattfrid/shared/wire/messages';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { downTopics, topicOf } from '@nattfrid/shared/wire/topics';
import { wellVitals } from '@nattfrid/stand-ins/night/well-vitals';
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet';
import { WebSocket } from 'ws';

export interface FieldUnit {
  readonly unit: UnitId;
  /** Says it; resolves at PUBACK, or at once of what is not acknowledged. */
  say<Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>): Promise<void>;
  /** One beat: how it is. */
  beat(): void;
  /** Asks whether the relay is there. */
  ping(): void;
}

export interface FieldPlace {
  /** https://host:port */
  readonly address: string;
  readonly secureContext: SecureContext;
  readonly localAddress: string;
}

/** Longer than it asks for, so that a bench on a busy machine does not cut its units off. */
const keepalive = 120;

/** A WebSocket on which MQTT is spoken. @returns once it is open; `got` hears each packet */
export async function openMqtt(
  { address, secureContext, localAddress }: FieldPlace,
  got: (packet: Packet) => void,
): Promise<WebSocket> {
  const url = `${address.replace('http', 'ws')}${sockets.mqtt}`;
  // MQTT.js offers to compress, and is told no.
  const socket = new WebSocket(url, 'mqtt', {
    ...({ secureContext, localAddress } as object),
    perMessageDeflate: true,
  });
  const reader = parser();
  reader.on('packet', got);
  socket.on('message', (bytes: Buffer) => void reader.parse(bytes));
  await opened(socket);
  return socket;
}

/** Connections that have ended: what is measured with some gone is no figure. */
export const cutOff = { count: 0 };

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.on('error', reject);
    socket.once('close', (code) => {
      reject(new Error(`a unit was cut off (${code})`));
      cutOff.count++;
    });
  });
}

/** @param standsBy opens the second one @returns once it is announced */
export async function openFieldUnit(
  place: FieldPlace,
  unit: UnitId,
  standsBy: (place: FieldPlace) => Promise<void>,
): Promise<FieldUnit> {
  const waits = new Map<string, () => void>();
  const answer = (to: string) => new Promise<void>((resolve) => waits.set(to, resolve));
  const socket = await openMqtt(place, (packet) => {
    const name = `${packet.cmd} ${packet.messageId ?? ''}`;
    waits.get(name)?.();
    waits.delete(name);
    if (packet.cmd === 'publish' && packet.qos === 1)
      send({ cmd: 'puback', messageId: packet.messageId ?? 0 } as Packet);
  });
  socket.once('close', () => {
    for (const [, resolve] of waits) resolve();
  });
  const send = (packet: Packet) => socket.send(generate(packet), () => undefined);
  const [connection, run] = [randomUUID(), randomUUID()];
  const announced = (state: 'here' | 'gone'): Message<'announce'> => ({
    ...{
      state,
      agent: '0.9.0',
      models: ['nanodet 1', 'blazepose-full 1', 'nanodet-night 3'],
      run,
      connection,
      halts: [],
    },
  });
  const bytes = <Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>) =>
    Buffer.from(writeLetter(name, unit, randomUUID(), clock.now(), body));
  let next = 1;
  const say = async <Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>) => {
    const { qos, retain } = messages[name];
    const messageId = qos === 1 ? (next = (next % 65_535) + 1) : undefined;
    const payload = bytes(name, body);
    const acknowledged = qos === 1 ? answer(`puback ${messageId}`) : undefined;
    send({ cmd: 'publish', topic: topicOf(unit, name), payload, qos, retain, dup: false, messageId } as Packet);
    await acknowledged;
  };

  const connected = answer('connack ');
  const will = {
    topic: topicOf(unit, 'announce'),
    payload: bytes('announce', announced('gone')),
    qos: 1,
    retain: true,
  };
  send({
    ...{
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: unit,
      username: unit,
      keepalive,
    },
    will,
  } as IConnectPacket);
  await connected;
  const heard = answer('suback 1');
  send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: downTopics(unit), qos: 1 }] } as Packet);
  await heard;
  await say('announce', announced('here'));
  await standsBy(place);
  let beats = 0;
  return {
    unit,
    say,
    beat() {
      beats++;
      const vitals = {
        ...wellVitals,
        uptimeSeconds: 86_400 + 30 * beats,
        droppedPictures: beats,
        power: 'mains',
      } as const;
      void say('vitals', { ...vitals, accessLog: { line: 40, hash: 'a'.repeat(43) } });
    },
    ping: () => send({ cmd: 'pingreq' } as Packet),
  };
}

/** At the relay: the socket for pictures, for no look yet. */
export async function standAtRelay({ address, secureContext, localAddress }: FieldPlace): Promise<void> {
  const url = `${address.replace('http', 'ws')}${sockets.unit}`;
  await opened(new WebSocket(url, { ...({ secureContext, localAddress } as object), perMessageDeflate: false }));
}

/** At a broker that knows of no pictures: as many connections, so one more of MQTT that says nothing. */
export const standAtBroker =
  (unit: string) =>
  async (place: FieldPlace): Promise<void> => {
    const connected = Promise.withResolvers<void>();
    const socket = await openMqtt(place, ({ cmd }) => void (cmd === 'connack' && connected.resolve()));
    const words = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: `${unit}-2` };
    socket.send(generate({ ...words, keepalive: 0 } as IConnectPacket));
    await connected.promise;
  };
