/** Process with many units: real MQTT messages and picture sockets, with random bytes of a realistic size as sealed pictures. */
import { randomBytes, randomUUID } from 'node:crypto';
import { pictureWindow } from '@nattfrid/agent/publish/picture-window';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { writeSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { readLetter, writeLetter } from '@nattfrid/shared/wire/envelope';
import type { Message, NamesFrom } from '@nattfrid/shared/wire/messages';
import { messages } from '@nattfrid/shared/wire/messages';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { downTopics, readTopic, topicOf } from '@nattfrid/shared/wire/topics';
import { connectAsync } from 'mqtt';
import { WebSocket } from 'ws';
import type { Credential, FromHomes, ToHomes } from './messages.ts';

/** 100 kbit/s at ten pictures a second: a keyframe every third second, and what changes in between. */
const keyBytes = 6000;
const deltaBytes = 1085;
const keyEvery = 30;
/** Homes that connect at once. */
const atOnce = 16;

const tell = (word: FromHomes) => void process.send?.(word);
let [sent, leftOut, bytesSent] = [0, 0, 0];

async function openHome(address: string, { unit, token }: Credential, localAddress: string): Promise<string> {
  const ws = address.replace('http', 'ws');
  const id = unit as UnitId;
  const client = await connectAsync(`${ws}${sockets.mqtt}`, {
    clientId: unit,
    username: unit,
    password: token,
    protocolVersion: 4,
    reconnectPeriod: 0,
    wsOptions: { localAddress },
  });
  const say = async <Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>) => {
    const letter = writeLetter(name, id, randomUUID(), clock.now(), body);
    await client.publishAsync(topicOf(id, name), Buffer.from(letter), { qos: messages[name].qos });
  };
  client.on('message', (topic, payload) => {
    if (readTopic(topic)?.name !== 'look-call') return;
    const letter = readLetter('look-call', payload);
    if (letter instanceof Fault) throw letter;
    const { look } = letter.body;
    const until = printInstant(after(clock.now(), minutes(20)));
    void say('look-answer', { type: 'opened', look, mode: 'silhouette', until });
    show(`${ws}${sockets.unit}?look=${look}`, look, { unit, token }, localAddress);
  });
  await client.subscribeAsync(downTopics(id), { qos: 1 });
  const alarm = randomUUID();
  const evidence = {
    code: 'lying-on-floor',
    figures: { lyingForSeconds: 15 },
    models: ['bench 1'],
    attended: false,
  } as const;
  const report = { alarm, kind: 'fall', phase: 'began', at: printInstant(clock.now()), camera: 'bedroom', evidence };
  await say('alarm-report', report as never);
  return alarm;
}

function show(url: string, look: LookId, { unit, token }: Credential, localAddress: string): void {
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${unit}:${token}` }, localAddress });
  const window = pictureWindow();
  let counter = 0;
  let sinceKey = keyEvery;
  socket.on('open', async () => {
    const opening = { look, encapsulated: 'e'.repeat(43), signature: 's'.repeat(86), codec: 'avc1.42E01E' };
    socket.send(writePicturePacket({ type: 'opening', opening: { ...opening, width: 640, height: 360 } }));
    // Units start at different times, as cameras do.
    await clock.sleep(milliseconds(Math.random() * 100));
    const timer = clock.every(milliseconds(100), () => {
      if (!window.mayEncode(clock.now())) {
        leftOut++;
        return;
      }
      const key = sinceKey >= keyEvery;
      sinceKey = key ? 1 : sinceKey + 1;
      const header = writeSframeHeader(0n, BigInt(counter));
      const body = randomBytes(key ? keyBytes : deltaBytes);
      body.writeDoubleBE(clock.now(), 0);
      const packet = writePicturePacket({ type: key ? 'key' : 'delta', sealed: new Uint8Array([...header, ...body]) });
      socket.send(packet);
      window.sent(counter++, packet.length, clock.now());
      sent++;
      bytesSent += packet.length;
    });
    socket.on('close', () => timer[Symbol.dispose]());
  });
  socket.on('message', (bytes: Buffer) => {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) return;
    if (packet.type === 'ack') window.acknowledged(packet.counter, clock.now());
    if (packet.type === 'want-key') {
      window.clear();
      sinceKey = keyEvery;
    }
  });
  socket.on('error', (error) => console.error(`${unit}: ${error.message}`));
}

process.on('message', async (word: ToHomes) => {
  if (word.type === 'count') {
    tell({ type: 'count', sent, leftOut, bytes: bytesSent });
    [sent, leftOut, bytesSent] = [0, 0, 0];
    return;
  }
  const alarms: string[] = [];
  // Each home has its own address, as the relay limits connections per address.
  const openOne = (home: Credential, number: number) =>
    openHome(word.address, home, `127.0.${1 + (number >> 7)}.${1 + (number & 127)}`);
  for (let index = 0; index < word.homes.length; index += atOnce) {
    const some = word.homes.slice(index, index + atOnce);
    alarms.push(...(await Promise.all(some.map((home, more) => openOne(home, word.from + index + more)))));
  }
  tell({ type: 'connected', alarms });
});
process.on('disconnect', () => process.exit(0));
