/** The door to NATS: core messages alone, of which none is kept (docs/decisions/0019-one-main-node.md). */

import {
  connect,
  type Msg,
  type NatsConnection,
  type NodeConnectionOptions,
  type Subscription,
} from '@nats-io/transport-node';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Bus, type Heard, longestOnBus, noAnswer } from './bus.ts';

/** A server that does not answer two of them is gone. */
const usualPing = seconds(2);
const again = milliseconds(250);

interface Ear {
  readonly subject: string;
  readonly call: (heard: Heard) => void;
  subscription?: Subscription;
}

/**
 * Opens at once, whether or not a server is there: it is looked for until the bus is closed.
 *
 * @param url nats://USER:PASSWORD@HOST:PORT, or tls://…; several with commas between
 * @param node its name, for whoever looks after NATS
 * @param ping how often it is asked whether it is there; after two that are not answered it is gone
 */
export function openNats(
  url: string,
  parts: { readonly node: string; readonly log: Logger; readonly ping?: Duration },
): Bus {
  const log = parts.log.child('bus');
  const ears = new Set<Ear>();
  const watchers = new Set<(isUp: boolean) => void>();
  const asking = new Set<() => void>();
  let connection: NatsConnection | undefined;
  let isUp = false;
  let closed = false;

  const change = (to: boolean) => {
    if (isUp === to || (to && closed)) return;
    isUp = to;
    if (to) log.info('The bus is up');
    else if (!closed) log.warn('The bus is down');
    if (!to) for (const isLost of asking) isLost();
    for (const watcher of watchers) watcher(to);
  };
  const listen = (to: NatsConnection, ear: Ear) => {
    ear.subscription = to.subscribe(ear.subject, {
      callback: (error, message) => {
        if (error) log.error('Something may not be heard on the bus', { words: error.message });
        else if (ears.has(ear)) ear.call(heardBy(message));
      },
    });
  };
  const opening = (async () => {
    const opened = await connect(optionsOf(url, parts.node, parts.ping ?? usualPing));
    if (closed) return opened.close();
    connection = opened;
    for (const ear of ears) listen(opened, ear);
    // What is said from now on must find them.
    await opened.flush().catch(() => {});
    change(true);
    for await (const status of opened.status()) {
      if (status.type === 'disconnect') change(false);
      else if (status.type === 'reconnect') change(true);
      else if (status.type === 'error') log.warn('NATS says that something is wrong', { words: status.error.message });
    }
  })();
  opening.catch((error: unknown) => log.error('The bus cannot be opened', { words: String(error) }));

  return {
    get isUp() {
      return isUp;
    },
    publish(subject, bytes) {
      if (!isUp || !connection || connection.isClosed() || bytes.length > longestOnBus) return false;
      connection.publish(subject, bytes);
      return true;
    },
    async request(subject, bytes, within) {
      if (!isUp || !connection || bytes.length > longestOnBus) return noAnswer('the bus is down');
      const lost = Promise.withResolvers<Fault>();
      const isLost = () => lost.resolve(noAnswer('the bus has gone down'));
      asking.add(isLost);
      const answered = connection.request(subject, bytes, { timeout: within }).then(
        ({ data }) => new Uint8Array(data),
        (cause) => noAnswer('nobody has answered in time', cause),
      );
      const first = await Promise.race([answered, lost.promise]);
      asking.delete(isLost);
      return first;
    },
    subscribe(subject, call) {
      const ear: Ear = { subject, call };
      ears.add(ear);
      if (connection && !connection.isClosed()) listen(connection, ear);
      return {
        [Symbol.dispose]() {
          ears.delete(ear);
          if (!connection?.isClosed()) ear.subscription?.unsubscribe();
        },
      };
    },
    onChange(call) {
      watchers.add(call);
      return { [Symbol.dispose]: () => void watchers.delete(call) };
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      change(false);
      if (connection && !connection.isClosed()) await connection.close().catch(() => {});
    },
  };
}

const heardBy = (message: Msg): Heard => ({
  bytes: new Uint8Array(message.data),
  ...(message.reply && { answer: (bytes: Uint8Array) => void message.respond(bytes) }),
});

function optionsOf(url: string, node: string, ping: Duration): NodeConnectionOptions {
  const all = url.split(',').map((one) => new URL(one.trim()));
  const [first] = all;
  const isTls = all.some(({ protocol }) => protocol === 'tls:');
  return {
    servers: all.map(({ host }) => host),
    name: `nattfrid ${node}`,
    ...(first?.username && { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) }),
    ...(isTls && { tls: {} }),
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: again,
    reconnectJitter: 100,
    pingInterval: ping,
    maxPingOut: 2,
    timeout: seconds(3),
  };
}
