/**
 * `npm run test:nodes`: every relay that a test opens is three nodes, on one PostgreSQL and one NATS, and whatever connects (a unit, a
 * viewer, a person's request, a console's live stream) comes in at each of them in turn. The tests know nothing of it.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bus } from '@nattfrid/relay/bus/bus';
import { openNats } from '@nattfrid/relay/bus/nats';
import type { Settings } from '@nattfrid/relay/config/schema';
import type { Node } from '@nattfrid/relay/open-node';
import type * as relayModule from '@nattfrid/relay/relay';
import type { Around, Relay } from '@nattfrid/relay/relay';
import { isPostgres } from '@nattfrid/relay/store/postgres/place';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { afterAll, vi } from 'vitest';
import { natsMissing, openNatsServer } from '../stand-ins/nats/nats.ts';
import { begin, saidOnBus } from './under-way.ts';

const many = Number(process.env['NATTFRID_TEST_NODES']);
const missing = natsMissing();
if (missing) throw new TypeError(`The run on several nodes needs NATS: ${missing}.`);
const nats = await openNatsServer();
afterAll(() => nats[Symbol.asyncDispose]());

type OpenRelay = (settings: Settings, around: Around) => Promise<Relay>;
/** Why a node could not open the relay, by its bus's prefix: the node itself would try again for ever. */
const failures = new Map<string, unknown>();

vi.mock('@nattfrid/relay/relay', async (original) => {
  const alone = await original<typeof relayModule>();
  const openRelay: OpenRelay = async (settings, around) => {
    const { on } = around;
    if (on)
      return alone.openRelay(settings, around).catch((error: unknown) => {
        failures.set(on.prefix, error);
        throw error;
      });
    if (isPostgres(settings.database)) return openSpread(settings, around);
    console.log('ALONE: a relay on a file of SQLite is one machine by nature, and has no other node.');
    return alone.openRelay(settings, around);
  };
  return { ...alone, openRelay };
});

/**
 * Begins at once with what is done twice a second, since a test opens hundreds; and does it more seldom afterwards, since each renewal is
 * a writing that the relay looks after.
 */
const seldom = 4;
const watch: Clock = {
  ...systemClock,
  every(period, call) {
    const first = setImmediate(call);
    const timer = systemClock.every(milliseconds(seldom * period), call);
    return {
      [Symbol.dispose]() {
        clearImmediate(first);
        timer[Symbol.dispose]();
      },
    };
  },
};

async function openSpread(settings: Settings, around: Around): Promise<Relay> {
  // It opens a relay too: the one of below.
  const { openNode } = await import('@nattfrid/relay/open-node');
  await using stack = new AsyncDisposableStack();
  const busPrefix = `t${randomBytes(6).toString('hex')}`;
  const settingsOf = (index: number): Settings => ({
    ...settings,
    ...(index > 0 && portsOfTheirOwn(settings)),
    ...{ node: `node-${index + 1}`, bus: nats.url, busPrefix, nodePort: 0 },
    // All nodes are in this process, and stand still together on a machine that has much to do.
    takeOverAfterSeconds: 60,
  });
  const opened = Array.from({ length: many }, async (_, index) => {
    const bus = counted(openNats(nats.url, { node: `node-${index + 1}`, log: around.log }));
    return stack.use(await openNode(settingsOf(index), { ...around, watch }, bus));
  });
  // Each is closed, also where another of them could not be opened.
  await Promise.allSettled(opened);
  const nodes = await Promise.all(opened);
  await untilOneIsMain(nodes, busPrefix);
  const main = (): Relay => {
    const relay = nodes.find((node) => node.relay)?.relay;
    if (!relay) throw new Error('no node is main');
    return relay;
  };
  const door = inTurn(nodes);
  const figures = settings.metricsPort === undefined ? undefined : stack.use(await openSum(nodes));
  const owned = stack.move();
  return {
    get url() {
      return door().url;
    },
    get port() {
      return door().port;
    },
    get mqttPort() {
      return door().mqttPort;
    },
    metricsPort: figures?.port,
    get unitPort() {
      return door().unitPort;
    },
    renewCertificate() {
      for (const node of nodes) node.renewCertificate();
    },
    notWell: () => main().notWell(),
    addOperator: (...given) => main().addOperator(...given),
    addOrganisation: (...given) => main().addOrganisation(...given),
    addUnit: (...given) => main().addUnit(...given),
    async [Symbol.asyncDispose]() {
      // The main one last: nobody is to take over.
      for (const node of nodes.toSorted((one, other) => Number(!!one.relay) - Number(!!other.relay)))
        await node[Symbol.asyncDispose]();
      await owned.disposeAsync();
    },
  };
}

const portsOfTheirOwn = ({ mqttPort, metricsPort }: Settings): Partial<Settings> => ({
  port: 0,
  unitPort: 0,
  ...(mqttPort !== undefined && { mqttPort: 0 }),
  ...(metricsPort !== undefined && { metricsPort: 0 }),
});

async function untilOneIsMain(nodes: readonly Node[], prefix: string): Promise<void> {
  for (const until = performance.now() + 30_000; performance.now() < until; await wait(5)) {
    const failed = failures.get(prefix);
    if (failed) throw failed;
    const main = nodes.find(({ relay }) => relay);
    if (main && nodes.every((node) => node.main === main.main)) return;
  }
  throw new Error('No node has become main within half a minute.');
}

/** Another one each time; what a test reads in one breath (an address and its origin, a port and a host) is one door's. */
function inTurn(nodes: readonly Node[]): () => Node {
  let next = 0;
  let now: Node | undefined;
  return () => {
    now ??= nodes[next++ % nodes.length] as Node;
    queueMicrotask(() => {
      now = undefined;
    });
    return now;
  };
}

/** As whoever gathers figures adds up those of all nodes. */
async function openSum(nodes: readonly Node[]): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer(async (request, response) => {
    const answers = await Promise.all(
      nodes.map(({ metricsPort }) => fetch(`http://127.0.0.1:${metricsPort}${request.url}`)),
    );
    const sums = new Map<string, number>();
    for (const line of (await Promise.all(answers.map((answer) => answer.text()))).join('\n').split('\n')) {
      const [, name, value] = /^([a-z_]+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (name) sums.set(name, (sums.get(name) ?? 0) + Number(value));
    }
    response.writeHead(answers[0]?.status ?? 500);
    response.end([...sums].map(([name, value]) => `${name} ${value}\n`).join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How many in this process listen to what is said on a subject. */
const ears = new Map<string, Set<(() => void)[]>>();

/** What is said on it is waited for where a clock is moved. */
function counted(bus: Bus): Bus {
  return {
    get isUp() {
      return bus.isUp;
    },
    publish(subject, bytes) {
      const went = bus.publish(subject, bytes);
      if (went) for (const due of ears.get(subject) ?? []) due.push(saidOnBus());
      return went;
    },
    async request(subject, bytes, within) {
      const done = begin(within);
      try {
        return await bus.request(subject, bytes, within);
      } finally {
        done();
      }
    },
    subscribe(subject, call) {
      const due: (() => void)[] = [];
      const all = ears.get(subject) ?? new Set();
      ears.set(subject, all.add(due));
      const ear = bus.subscribe(subject, (heard) => {
        call(heard);
        due.shift()?.();
      });
      return {
        [Symbol.dispose]() {
          all.delete(due);
          if (all.size === 0) ears.delete(subject);
          for (const done of due.splice(0)) done();
          ear[Symbol.dispose]();
        },
      };
    },
    onChange: bus.onChange,
    [Symbol.asyncDispose]: () => bus[Symbol.asyncDispose](),
  };
}
