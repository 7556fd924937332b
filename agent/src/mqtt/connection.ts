/** The door to MQTT.js: one connection to the relay, from CONNECT to its end; it never reconnects by itself. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { aborted } from '@nattfrid/shared/lifetime/aborted';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { type MqttClient, connect as openClient } from 'mqtt';
import type { Certified } from '../trust/certified.ts';
import { certificateFault } from '../trust/certificate-fault.ts';

/** Closing it takes a second at most, whatever the relay does. */
export interface Connection extends AsyncDisposable {
  /** Resolves at the relay's PUBACK (QoS 1) or once written (QoS 0); rejects with a Fault `link-lost`. */
  publish(topic: string, bytes: Uint8Array, options: { readonly qos: 0 | 1; readonly retain: boolean }): Promise<void>;
  /** Resolves at the relay's SUBACK; rejects with a Fault `link-lost`. */
  subscribe(topic: string): Promise<void>;
  /** Resolves, with the reason, when the connection is over. */
  readonly over: Promise<Fault>;
}

export interface Address {
  /** http(s)://…: MQTT runs over a WebSocket beside the API, so that one open port is enough. */
  readonly relay: string;
  readonly path: string;
  readonly unit: string;
  readonly token: string | undefined;
  /** Of a unit that was paired: in place of the token. */
  readonly certified?: (() => Certified) | undefined;
  readonly will: { readonly topic: string; readonly bytes: Uint8Array };
  /** How long the unit may be quiet before it asks whether the relay is there. Whole seconds; default 20. */
  readonly keepalive?: Duration;
}

/** An answer that takes longer than this means that the relay is not well; everything is sent again later. */
const longestWait = seconds(20);
/** How long the leave that is taken may take; a network that answers at all does within this. */
const longestLeave = seconds(1);

/**
 * @param signal aborted: it is connected no longer; a connection that is open goes on until it is closed
 * @throws Fault `link-refused` (wrong credential), `relay-not-trusted` (its certificate) or `link-lost` (no relay there)
 */
export async function connect(
  address: Address,
  received: (topic: string, bytes: Uint8Array) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<Connection> {
  const client = await open(address, signal);
  const closed = Promise.withResolvers<Fault>();
  let reason = new Fault('link-lost', 'The connection to the relay ended.');
  client.on('error', (error) => {
    reason = new Fault('link-lost', `The connection to the relay failed: ${error.message}`, { cause: error });
  });
  // Not a promise that all of them wait for: it would remember each, for as long as the connection lasts.
  const onLoss = new Set<(fault: Fault) => void>();
  client.on('close', () => {
    closed.resolve(reason);
    for (const lost of onLoss) lost(reason);
  });
  client.on('message', (topic, payload) => received(topic, payload));
  /** Asked and not answered yet. */
  let unanswered = 0;
  // What MQTT.js has in hand when the link is lost never settles: whoever waits for it waits for the loss as well.
  const answered = async (asked: Promise<unknown>): Promise<void> => {
    const done = new AbortController();
    const tooLate = clock.sleep(longestWait, done.signal).then(() => {
      if (done.signal.aborted) return;
      cut(client);
      throw new Fault('link-lost', 'The relay did not acknowledge a message in time.');
    });
    const lost = Promise.withResolvers<never>();
    onLoss.add(lost.reject);
    if (!client.connected) lost.reject(reason);
    unanswered++;
    try {
      await Promise.race([asked, tooLate, lost.promise]);
      unanswered--;
    } catch (error) {
      throw error instanceof Fault
        ? error
        : new Fault('link-lost', 'A message could not be handed to the relay.', { cause: error });
    } finally {
      onLoss.delete(lost.reject);
      done.abort();
    }
  };
  return {
    publish: (topic, bytes, options) => answered(client.publishAsync(topic, Buffer.from(bytes), options)),
    subscribe: (topic) => answered(client.subscribeAsync(topic, { qos: 1 })),
    over: closed.promise,
    async [Symbol.asyncDispose]() {
      // MQTT.js waits without end for what is unanswered before it says DISCONNECT, and an end by force does nothing after that. A cut
      // connection says as much: the relay then says the will, which is the same word.
      if (unanswered === 0 && client.connected) await within(longestLeave, client.endAsync(false), clock);
      cut(client);
    },
  };
}

/** The connection is gone when it returns, whatever was begun before. */
function cut(client: MqttClient): void {
  client.end(true);
  client.stream.destroy();
}

/** Waits for it, but no longer than that. */
async function within(length: Duration, work: Promise<unknown>, clock: Clock): Promise<void> {
  const done = new AbortController();
  await Promise.race([work.catch(() => {}), clock.sleep(length, done.signal)]);
  done.abort();
}

async function open(address: Address, signal: AbortSignal): Promise<MqttClient> {
  const url = `${address.relay.replace(/^http/, 'ws')}${address.path}`;
  const client = openClient(url, {
    clientId: address.unit,
    username: address.unit,
    ...(address.token !== undefined && { password: address.token }),
    ...address.certified?.(),
    clean: true,
    keepalive: (address.keepalive ?? seconds(20)) / 1000,
    // Else each PUBACK begins the wait for the answer to a ping anew, and one that comes just before that answer cuts a healthy link.
    reschedulePings: false,
    connectTimeout: seconds(10),
    reconnectPeriod: 0,
    queueQoSZero: false,
    protocolVersion: 4,
    will: { topic: address.will.topic, payload: Buffer.from(address.will.bytes), qos: 1, retain: true },
  });
  const ready = Promise.withResolvers<void>();
  const failed = (cause?: unknown) => ready.reject(cause);
  client.once('connect', () => ready.resolve());
  client.on('error', failed);
  client.once('close', failed);
  const settled = new AbortController();
  const stopped = aborted(AbortSignal.any([signal, settled.signal])).then(() => Promise.reject(signal.reason));
  try {
    await Promise.race([ready.promise, stopped]);
    return client;
  } catch (cause) {
    cut(client);
    if (signal.aborted) throw cause;
    throw whyNot(address.relay, cause);
  } finally {
    client.off('close', failed);
    settled.abort();
  }
}

function whyNot(relay: string, cause: unknown): Fault {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 4 || code === 5)
    return new Fault('link-refused', "The relay does not accept this unit's credential. Pair the unit again.", {
      cause,
    });
  return certificateFault(relay, cause) ?? new Fault('link-lost', `No relay answers at ${relay}.`, { cause });
}
