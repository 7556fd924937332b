/** Process with thousands of units, and with the one console that their alarms come to: one clock for both. */
import { randomUUID } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { AlarmId, CameraId, UnitId } from '@nattfrid/shared/domain/ids';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { signIn } from '@nattfrid/stand-ins/staff/desk-client';
import { generate, type Packet } from 'mqtt-packet';
import { WebSocket } from 'ws';
import { cutOff, type FieldUnit, openFieldUnit, openMqtt, standAtBroker, standAtRelay } from './field-unit.ts';
import type { FromUnits, Place, ToUnits } from './messages.ts';

const tell = (word: FromUnits) => void process.send?.(word);
/** A county's units do not come in one herd: see the link's waits. */
const atOnce = 32;
const pings = seconds(20);
const longestWait = seconds(20);
const units: FieldUnit[] = [];
/** Alarms that the console has not shown yet, and when each was told. */
const told = new Map<string, number>();
let ages: number[] = [];
let lastShown = 0;

function shown(alarm: string): void {
  const since = told.get(alarm);
  if (since === undefined) return;
  told.delete(alarm);
  lastShown = elapsed();
  ages.push(lastShown - since);
}

async function watchDesk(address: string, email: string, password: string): Promise<void> {
  const { cookie } = await signIn(address, { email, password, name: '', role: 'operator' });
  const url = `${address.replace('http', 'ws')}${sockets.live}?units=brief`;
  const socket = new WebSocket(url, { headers: { cookie, origin: address } });
  const there = Promise.withResolvers<void>();
  socket.on('error', there.reject);
  socket.on('message', (bytes: Buffer) => {
    const event = JSON.parse(bytes.toString()) as LiveEvent;
    if (event.type === 'desk') there.resolve();
    if (event.type === 'alarm') shown(event.alarm.alarm);
  });
  await there.promise;
}

async function watchBroker(place: Place): Promise<void> {
  const [{ cert = '' } = {}] = place.comers;
  const there = Promise.withResolvers<void>();
  const at = { address: place.units, secureContext: contextOf(place, cert), localAddress: '127.0.0.1' };
  const socket = await openMqtt(at, (packet) => {
    if (packet.cmd === 'connack')
      socket.send(
        generate({
          ...{ cmd: 'subscribe', messageId: 1 },
          subscriptions: [{ topic: 'nattfrid/v1/+/up/alarm-report', qos: 1 }],
        } as Packet),
      );
    if (packet.cmd === 'suback') there.resolve();
    if (packet.cmd !== 'publish') return;
    socket.send(generate({ cmd: 'puback', messageId: packet.messageId ?? 0 } as Packet));
    shown((JSON.parse(packet.payload.toString()) as { body: { alarm: string } }).body.alarm);
  });
  const words = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'console' };
  socket.send(generate({ ...words, keepalive: 0 } as Packet));
  await there.promise;
}

const contextOf = ({ key, ca }: Place, cert: string) => createSecureContext({ key, cert, ca });

async function connect(place: Place, isRelay: boolean, upTo: number): Promise<number> {
  const waiting = [...place.comers.entries()].slice(units.length, upTo);
  const began = elapsed();
  const one = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [number, { unit, cert }] = next;
      const localAddress = `127.${2 + (number >> 14)}.${1 + ((number >> 7) & 127)}.${1 + (number & 127)}`;
      const at = { address: place.units, secureContext: contextOf(place, cert), localAddress };
      units.push(await openFieldUnit(at, unit as UnitId, isRelay ? standAtRelay : standAtBroker(unit)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return elapsed() - began;
}

/** Each of all once a period, evenly spread over it, in steps of a timer that this process can keep. */
function spread(every: number, call: (unit: FieldUnit) => void): Disposable {
  const step = 20;
  let [next, owed, since] = [0, 0, elapsed()];
  return clock.every(milliseconds(step), () => {
    const now = elapsed();
    owed += ((now - since) / every) * units.length;
    since = now;
    for (; owed >= 1; owed--) call(units[next++ % units.length]!);
  });
}

async function alarm(unit: FieldUnit): Promise<void> {
  const id = randomUUID() as AlarmId;
  const evidence = { code: 'lying-on-floor', figures: { lyingForSeconds: 15 }, models: ['nanodet 1'], attended: false };
  const at = printInstant(clock.now());
  told.set(id, elapsed());
  await unit.say('alarm-report', {
    ...{ alarm: id, kind: 'fall', phase: 'began', at, camera: 'camera-1' as CameraId, evidence },
  });
}

async function alarms({ from, count, aSecond, underWay }: ToUnits & { type: 'alarms' }): Promise<void> {
  const some = units.slice(from, from + count);
  const began = elapsed();
  ages = [];
  if (aSecond !== undefined) {
    for (const [index, unit] of some.entries()) {
      const due = began + (index * 1000) / aSecond;
      if (due > elapsed()) await clock.sleep(milliseconds(due - elapsed()));
      void alarm(unit);
    }
  } else {
    const left = [...some];
    const turns = Array.from({ length: underWay ?? 1 }, async () => {
      for (let unit = left.shift(); unit; unit = left.shift()) await alarm(unit);
    });
    await Promise.all(turns);
  }
  const until = elapsed() + longestWait;
  while (told.size > 0 && elapsed() < until) await clock.sleep(milliseconds(20));
  const missing = told.size;
  told.clear();
  tell({ type: 'alarmed', ages, ms: lastShown - began, missing, cutOff: cutOff.count });
}

let beating: Disposable | undefined;
async function heard(word: ToUnits): Promise<void> {
  if (word.type === 'alarms') return alarms(word);
  if (word.type === 'beat') {
    beating?.[Symbol.dispose]();
    beating = spread(word.every, (unit) => unit.beat());
    return;
  }
  const { place, desk, upTo } = word;
  if (units.length === 0) {
    // From the first on: those that have come early would be gone before the last is there.
    spread(pings, (unit) => unit.ping());
    if (desk) await watchDesk(desk.address, desk.email, desk.password);
    else await watchBroker(place);
  }
  tell({ type: 'connected', ms: await connect(place, desk !== undefined, upTo) });
}

process.on('message', (word: ToUnits) => {
  heard(word).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));
