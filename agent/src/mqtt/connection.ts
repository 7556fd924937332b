/** The door to MQTT.js: one connection to the relay, from CONNECT to its end; it never reconnects by itself. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { connectAsync, type MqttClient } from 'mqtt';

export interface Connection extends AsyncDisposable {
  /** Resolves at the relay's PUBACK (QoS 1) or once written (QoS 0); rejects with a Fault `link-lost`. */
  publish(topic: string, bytes: Uint8Array, options: { readonly qos: 0 | 1; readonly retain: boolean }): Promise<void>;
  subscribe(topic: string): Promise<void>;
  /** Resolves, with the reason, when the connection is over. */
  readonly over: Promise<Fault>;
}

export interface Address {
  /** http(s)://…: MQTT runs over a WebSocket beside the API, so that one open port is enough. */
  readonly relay: string;
  readonly path: string;
  readonly unit: string;
  readonly token: string;
  readonly will: { readonly topic: string; readonly bytes: Uint8Array };
}

/** A PUBACK that takes longer than this means that the relay is not well; everything is sent again later. */
const longestWait = seconds(20);

/** @throws Fault `link-refused` (wrong credential) or `link-lost` (no relay there) */
export async function connect(
  address: Address,
  received: (topic: string, bytes: Uint8Array) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<Connection> {
  const client = await open(address);
  const closed = Promise.withResolvers<Fault>();
  let reason = new Fault('link-lost', 'The connection to the relay ended.');
  client.on('error', (error) => {
    reason = new Fault('link-lost', `The connection to the relay failed: ${error.message}`, { cause: error });
  });
  client.on('close', () => closed.resolve(reason));
  client.on('message', (topic, payload) => received(topic, payload));
  const abort = () => client.end(true);
  signal.addEventListener('abort', abort, { once: true });
  void closed.promise.then(() => signal.removeEventListener('abort', abort));
  const orLost = <Result>(work: Promise<Result>): Promise<Result> =>
    Promise.race([work, closed.promise.then((fault) => Promise.reject(fault))]);
  return {
    async publish(topic, bytes, options) {
      const done = new AbortController();
      const tooLate = clock.sleep(longestWait, done.signal).then(() => {
        if (done.signal.aborted) return;
        client.end(true);
        throw new Fault('link-lost', 'The relay did not acknowledge a message in time.');
      });
      try {
        await orLost(Promise.race([client.publishAsync(topic, Buffer.from(bytes), options), tooLate]));
      } catch (error) {
        throw error instanceof Fault
          ? error
          : new Fault('link-lost', 'A message could not be handed to the relay.', { cause: error });
      } finally {
        done.abort();
      }
    },
    async subscribe(topic) {
      await orLost(client.subscribeAsync(topic, { qos: 1 }));
    },
    over: closed.promise,
    async [Symbol.asyncDispose]() {
      await client.endAsync(!client.connected);
    },
  };
}

async function open(address: Address): Promise<MqttClient> {
  try {
    return await connectAsync(
      `${address.relay.replace(/^http/, 'ws')}${address.path}`,
      {
        clientId: address.unit,
        username: address.unit,
        password: address.token,
        clean: true,
        keepalive: 20,
        connectTimeout: seconds(10),
        reconnectPeriod: 0,
        queueQoSZero: false,
        protocolVersion: 4,
        will: { topic: address.will.topic, payload: Buffer.from(address.will.bytes), qos: 1, retain: true },
      },
      false,
    );
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 4 || code === 5)
      throw new Fault('link-refused', "The relay does not accept this unit's credential. Pair the unit again.", {
        cause,
      });
    throw new Fault('link-lost', `No relay answers at ${address.relay}.`, { cause });
  }
}
