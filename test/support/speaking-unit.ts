/** A unit that speaks MQTT with a relay as the agent does. */
import { randomUUID } from 'node:crypto';
import type { Relay } from '@nattfrid/relay/relay';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { readLetter, writeLetter } from '@nattfrid/shared/wire/envelope';
import { type Message, messages, type NamesFrom } from '@nattfrid/shared/wire/messages';
import { downTopics, readTopic, topicOf } from '@nattfrid/shared/wire/topics';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { vi } from 'vitest';

export interface Credential {
  readonly unit: UnitId;
  readonly token: string;
}

export interface SpeakingUnit extends AsyncDisposable {
  readonly client: MqttClient;
  readonly unit: UnitId;
  /** Resolves at the relay's acknowledgement. @param at by the unit's clock */
  say<Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>, id?: string, at?: Instant): Promise<void>;
  /** The first message of this kind that no call has returned yet; waits for it. */
  told<Name extends NamesFrom<'relay'>>(name: Name): Promise<Message<Name>>;
  /** Number of messages of this kind that no call has returned, once all messages under way have arrived. */
  untold(name: NamesFrom<'relay'>): Promise<number>;
}

export async function connectUnit(
  relay: Pick<Relay, 'url' | 'mqttPort'>,
  { unit, token }: Credential,
  options: IClientOptions & { readonly over?: 'tcp' | 'ws' } = {},
): Promise<SpeakingUnit> {
  const { over = 'ws', ...more } = options;
  const url = over === 'ws' ? `${relay.url.replace(/^http/, 'ws')}/mqtt` : `mqtt://127.0.0.1:${relay.mqttPort}`;
  const client = await mqtt.connectAsync(
    url,
    { clientId: unit, username: unit, password: token, protocolVersion: 4, reconnectPeriod: 0, ...more },
    false,
  );
  client.on('error', () => {});
  const heard: { name: string; body: unknown }[] = [];
  client.on('message', (topic, payload) => {
    const name = readTopic(topic)?.name;
    const letter = name && readLetter(name, payload);
    if (letter && !(letter instanceof Fault)) heard.push({ name: letter.name, body: letter.body });
  });
  await client.subscribeAsync(downTopics(unit), { qos: 1 });
  return {
    client,
    unit,
    async say(name, body, id = randomUUID(), at = instant(Date.now())) {
      const bytes = writeLetter(name, unit, id, at, body);
      await publish(client, topicOf(unit, name), bytes, messages[name].qos);
    },
    told: (name) =>
      vi.waitFor(
        () => {
          const index = heard.findIndex((one) => one.name === name);
          if (index < 0) throw new Error(`the unit was not told a ${name}`);
          return heard.splice(index, 1)[0]!.body as never;
        },
        { timeout: 5000, interval: 10 },
      ),
    async untold(name) {
      await client.subscribeAsync(downTopics(unit), { qos: 1 });
      return heard.filter((one) => one.name === name).length;
    },
    async [Symbol.asyncDispose]() {
      await client.endAsync(true);
    },
  };
}

/** Resolves at the acknowledgement; rejects when the connection ends before it. */
export function publish(client: MqttClient, topic: string, bytes: Uint8Array, qos: 0 | 1 | 2 = 1): Promise<void> {
  return new Promise((resolve, reject) => {
    const lost = () => reject(new Error('the connection ended before the acknowledgement'));
    client.once('close', lost);
    client.publish(topic, Buffer.from(bytes), { qos }, (error) => {
      client.off('close', lost);
      if (error) reject(error);
      else resolve();
    });
  });
}
