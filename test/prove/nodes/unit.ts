/** A unit as the storm has it: an outbox that keeps what is not acknowledged, several addresses, and pictures while a look is open. */
import { randomUUID } from 'node:crypto';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { backoff, linkLadder } from '@nattfrid/shared/time/backoff';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { readLetter, writeLetter } from '@nattfrid/shared/wire/envelope';
import { type Message, messages, type NamesFrom } from '@nattfrid/shared/wire/messages';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { downTopics, readTopic, topicOf } from '@nattfrid/shared/wire/topics';
import mqtt, { type MqttClient } from 'mqtt';
import { WebSocket } from 'ws';

export interface StormUnit {
  readonly unit: UnitId;
  /** Since when it has no connection, by the steady clock; undefined: it has one. */
  readonly awaySince: number | undefined;
  /** Alarms that the relay has acknowledged. */
  readonly acknowledged: readonly string[];
  /** When each alarm was raised, and acknowledged, by the steady clock. */
  readonly alarms: ReadonlyMap<string, { readonly raisedAt: number; readonly savedAt?: number | undefined }>;
  readonly waiting: number;
  /** How often what it said was not acknowledged in 20 s. */
  readonly unanswered: number;
  /** A look was called, and refused, while another was open here; and when. */
  readonly besides: readonly { readonly open: string; readonly called: string; readonly at: number }[];
  /** When this unit has been told that the look is over, by the steady clock; undefined: not yet. */
  endedAt(look: string): number | undefined;
  /** How long it has been without a connection each time since the last call, in milliseconds; the one that lasts too. */
  outages(): readonly number[];
  /** @returns the alarm */
  raise(): string;
  stop(): void;
}

interface Waiting {
  readonly name: NamesFrom<'unit'>;
  readonly bytes: Uint8Array;
  readonly alarm?: string;
}

/** As the agent has it: the relay is not well then, and all is said again over another connection. */
const longestWait = 20_000;
const pictureEvery = milliseconds(100);
const random = Math.random;

export function openStormUnit(
  { unit, token }: { readonly unit: UnitId; readonly token: string },
  addresses: readonly string[],
): StormUnit {
  const outbox: Waiting[] = [];
  const acknowledged: string[] = [];
  const alarms = new Map<string, { raisedAt: number; savedAt?: number }>();
  const besides: { open: string; called: string; at: number }[] = [];
  const ended = new Map<string, number>();
  const outages: number[] = [];
  const over = new AbortController();
  let unanswered = 0;
  let awaySince: number | undefined = elapsed();
  let client: MqttClient | undefined;
  let at = Math.floor(random() * addresses.length);
  let filled = Promise.withResolvers<void>();

  const put = <Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>, alarm?: string) => {
    outbox.push({
      name,
      bytes: writeLetter(name, unit, randomUUID(), instant(Date.now()), body),
      ...(alarm && { alarm }),
    });
    filled.resolve();
  };
  const here = () => addresses[at % addresses.length] ?? '';

  async function connectOnce(): Promise<void> {
    const connection = mqtt.connect(`${here().replace(/^http/, 'ws')}/mqtt`, {
      clientId: unit,
      username: unit,
      password: token,
      protocolVersion: 4,
      reconnectPeriod: 0,
      connectTimeout: 15_000,
      keepalive: 20,
      queueQoSZero: false,
    });
    const ended = new Promise<void>((resolve) => connection.once('close', resolve));
    connection.on('error', () => {});
    connection.on('message', heard);
    const open = await Promise.race([
      new Promise<true>((resolve) => connection.once('connect', () => resolve(true))),
      ended,
    ]);
    if (open) {
      client = connection;
      if (awaySince !== undefined) outages.push(elapsed() - awaySince);
      awaySince = undefined;
      await Promise.race([connection.subscribeAsync(downTopics(unit), { qos: 1 }).catch(() => {}), ended]);
      await Promise.race([drain(connection), ended]);
    }
    client = undefined;
    awaySince ??= elapsed();
    connection.end(true);
  }

  async function drain(connection: MqttClient): Promise<void> {
    while (client === connection && !over.signal.aborted) {
      const [next] = outbox;
      if (!next) {
        filled = Promise.withResolvers();
        await filled.promise;
        continue;
      }
      const { qos, retain } = messages[next.name];
      const late = setTimeout(() => {
        if (client !== connection) return;
        unanswered += 1;
        connection.end(true);
      }, longestWait);
      await connection.publishAsync(topicOf(unit, next.name), Buffer.from(next.bytes), { qos, retain });
      clearTimeout(late);
      outbox.shift();
      if (!next.alarm) continue;
      acknowledged.push(next.alarm);
      const known = alarms.get(next.alarm);
      if (known) known.savedAt = elapsed();
    }
  }

  const looks = new Map<string, AbortController>();
  function heard(topic: string, payload: Uint8Array): void {
    const name = readTopic(topic)?.name;
    const letter = name && readLetter(name, payload);
    if (!letter || letter instanceof Fault) return;
    if (letter.name === 'look-call') {
      const { look } = letter.body as Message<'look-call'>;
      const other = [...looks.keys()].find((open) => !ended.has(open));
      // One at a time, as the agent has it.
      if (other !== undefined && other !== look) {
        besides.push({ open: other, called: look, at: elapsed() });
        put('look-answer', { type: 'refused', look, why: 'another-look-open' } as Message<'look-answer'>);
        return;
      }
      if (!looks.has(look)) {
        const closed = new AbortController();
        looks.set(look, closed);
        void sendPictures(look, AbortSignal.any([closed.signal, over.signal]));
      }
      const until = new Date(Date.now() + 300_000).toISOString();
      put('look-answer', { type: 'opened', look, mode: 'silhouette', until } as Message<'look-answer'>);
    }
    if (letter.name === 'look-close') {
      const { look } = letter.body as Message<'look-close'>;
      end(look);
      looks.get(look)?.abort();
    }
  }
  const end = (look: string) => void (ended.has(look) || ended.set(look, elapsed()));

  async function sendPictures(look: string, until: AbortSignal): Promise<void> {
    const waits = backoff([{ wait: milliseconds(500), times: Number.POSITIVE_INFINITY }], random);
    while (!until.aborted) {
      const socket = new WebSocket(`${here().replace(/^http/, 'ws')}/pictures/unit?look=${look}`, {
        headers: { authorization: `Bearer ${unit}:${token}` },
        perMessageDeflate: false,
      });
      socket.on('error', () => {});
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      const stop = () => socket.terminate();
      until.addEventListener('abort', stop, { once: true });
      let wantsKey = true;
      socket.on('message', (data: Buffer) => {
        const packet = readPicturePacket(new Uint8Array(data));
        if ('type' in packet && packet.type === 'want-key') wantsKey = true;
      });
      socket.on('open', () => {
        socket.send(writePicturePacket({ type: 'opening', opening: openingOf(look) }));
        const pictures = clock.every(pictureEvery, () => {
          if (socket.readyState !== socket.OPEN) return;
          socket.send(
            writePicturePacket({ type: wantsKey ? 'key' : 'delta', sealed: stamped(wantsKey ? 8000 : 1500) }),
          );
          wantsKey = false;
        });
        void closed.then(() => pictures[Symbol.dispose]());
      });
      await closed;
      until.removeEventListener('abort', stop);
      // It is over by the relay's word alone.
      await clock.sleep(waits.next().value, until);
    }
  }

  const run = async () => {
    let waits = backoff(linkLadder, random);
    while (!over.signal.aborted) {
      const began = elapsed();
      await connectOnce().catch(() => {});
      if (elapsed() - began > 10_000) waits = backoff(linkLadder, random);
      at += 1;
      await clock.sleep(waits.next().value, over.signal);
    }
  };
  void run();
  return {
    unit,
    acknowledged,
    alarms,
    besides,
    endedAt: (look) => ended.get(look),
    outages: () => [...outages.splice(0), ...(awaySince === undefined ? [] : [elapsed() - awaySince])],
    get awaySince() {
      return awaySince;
    },
    get unanswered() {
      return unanswered;
    },
    get waiting() {
      return outbox.length;
    },
    raise() {
      const alarm = randomUUID();
      const evidence = {
        code: 'lying-on-floor',
        figures: { lyingForSeconds: 15 },
        models: ['blazepose 1'],
        attended: false,
      };
      const report = { alarm, kind: 'fall', phase: 'began', at: new Date().toISOString(), camera: 'bedroom', evidence };
      alarms.set(alarm, { raisedAt: elapsed() });
      put('alarm-report', report as unknown as Message<'alarm-report'>, alarm);
      return alarm;
    },
    stop() {
      over.abort();
      filled.resolve();
      client?.end(true);
    },
  };
}

/** What is sealed says when it was taken, by the steady clock of this process, which the screens share. */
function stamped(bytes: number): Uint8Array<ArrayBuffer> {
  const sealed = new Uint8Array(bytes);
  new DataView(sealed.buffer).setFloat64(0, elapsed());
  return sealed;
}

/** @returns milliseconds since a picture of such a unit was taken */
export const ageOf = (sealed: Uint8Array): number =>
  elapsed() - new DataView(sealed.buffer, sealed.byteOffset, 8).getFloat64(0);

const openingOf = (look: string) => ({
  look: look as never,
  encapsulated: 'e'.repeat(43),
  signature: 's'.repeat(86),
  codec: 'avc1' as const,
  width: 640,
  height: 360,
});
