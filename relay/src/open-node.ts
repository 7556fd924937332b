/**
 * Builds one node of several out of its settings: its door, which is always open, and the relay behind it while this node is main
 * (docs/decisions/0019-one-main-node.md). Owns every lifetime, newest closed first.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { openFront } from './api/front.ts';
import { listenForFigures } from './api/listen-for-figures.ts';
import type { Bus } from './bus/bus.ts';
import { openNats } from './bus/nats.ts';
import { openCarry } from './carry/carry.ts';
import { watchReach } from './carry/reach.ts';
import type { Settings } from './config/schema.ts';
import { openFigures } from './figures.ts';
import { openAskMain } from './nodes/ask-main.ts';
import { contend } from './nodes/contend.ts';
import { doorEntrances } from './nodes/door-entrances.ts';
import { listenForPaired } from './nodes/listen-for-paired.ts';
import { noMain } from './nodes/no-main.ts';
import { openNodeDoor } from './nodes/node-door.ts';
import { type NodeNow, troublesOf, troubleWords } from './nodes/trouble.ts';
import { type Around, certificateOf, listenPlain, openRelay, type Relay } from './relay.ts';
import { openCrowd } from './socket/crowd.ts';
import { openDoor } from './socket/door.ts';
import { urlOf } from './socket/listen-on.ts';
import { openRemote } from './socket/remote.ts';
import { openMainNode } from './store/postgres/main-node.ts';
import { every } from './timekeeping/every.ts';
import { openSharedTime } from './timekeeping/shared-time.ts';

export interface Node extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly mqttPort: number | undefined;
  readonly metricsPort: number | undefined;
  readonly unitPort: number | undefined;
  /** The relay, while it is on this node. */
  readonly relay: Relay | undefined;
  /** Name of the node that is main, as this one knows it. */
  readonly main: string | undefined;
  renewCertificate(): void;
}

export interface AroundNode extends Around {
  /** By which the nodes watch one another, as PostgreSQL does by its own; `clock` where none is given. */
  readonly watch?: Clock;
}

/** So long without the others, and it is not a moment's trouble: what hangs on this node is better off elsewhere. */
const handingOn = milliseconds(1500);
/** So long without a word of whether a look is open still, and it is shown no more. */
const shownAlone = seconds(8);
const looking = milliseconds(500);

/** @param bus another one than the settings', for tests @throws Fault where a port or a file cannot be had */
export async function openNode(settings: Settings, around: AroundNode, given?: Bus): Promise<Node> {
  await using stack = new AsyncDisposableStack();
  const { clock, log, newId, watch = clock } = around;
  const { node = 'node', bus: busUrl = '', busPrefix: prefix, publicOrigin } = settings;
  const figures = openFigures();
  const leaseLasts = seconds(settings.takeOverAfterSeconds);
  const bus = stack.use(given ?? openNats(busUrl, { node, log, ping: milliseconds(leaseLasts / 2) }));
  const its: { now?: () => NodeNow } = {};
  const troubles = () => (its.now ? troublesOf(its.now()) : []);
  const asking = stack.use(openAskMain({ bus, prefix, node, clock: watch, log, longestSilence: leaseLasts, troubles }));
  const door = stack.use(await openNodeDoor({ bus, prefix, node, clock, watch, log, newId, figures, core: asking }));
  asking.obeyWith(door);

  const tls = certificateOf(settings);
  const isTlsInside = settings.nodeUrl?.startsWith('https:') === true;
  let relay: Relay | undefined;
  const time = openSharedTime(clock, (ahead) => {
    const bySeconds = Math.round(ahead / 1000);
    if (bySeconds === 0) log.info('The clock of this node is right again');
    else
      log.warn('The clock of this node is off: set it right. While it is main it goes by the database’s', {
        bySeconds,
      });
  });
  const mainNode = stack.use(openMainNode(settings.database));
  const contending = stack.use(
    contend({
      ...{ mainNode, node, clock: watch, log, leaseLasts },
      heardTime: time.heard,
      busIsUp: () => bus.isUp,
      hearsMain: () => asking.main !== undefined && asking.main.node !== node,
      async open(term) {
        const opened = await openRelay(asMain(settings), {
          ...{ clock: time.clock, log, newId, figures },
          guard: mainNode.guard(term),
          on: {
            ...{ door, bus, prefix, node, term, watch },
            longestSilence: milliseconds(leaseLasts + 1000),
            elsewhere: asking,
            troubles,
            others: [...asking.mains].filter((name) => name !== node),
            listen: { host: settings.nodeHost, port: settings.nodePort, tls: isTlsInside ? tls : undefined },
          },
        });
        relay = opened;
        follow();
        return {
          async [Symbol.asyncDispose]() {
            if (relay === opened) relay = undefined;
            await opened[Symbol.asyncDispose]();
          },
        };
      },
    }),
  );
  /** Whoever waits for a main node that is none any more, or follows its desk live, is told at once: it may answer nothing for long. */
  let carriedTo: string | undefined;
  const follow = () => {
    const to = relay?.url ?? asking.main?.url;
    if (to === undefined || to === carriedTo) return;
    if (carriedTo !== undefined) carry.letGo();
    carriedTo = to;
  };
  stack.use(
    asking.onMain((main) => {
      if (main) contending.heardOf(main.term);
      follow();
    }),
  );

  const remote = openRemote(settings.trustedProxies);
  const crowd = openCrowd({ perAddress: settings.socketsPerAddress, clock, log: log.child('socket') });
  const reach = stack.use(
    watchReach({
      to: () => (relay ? undefined : asking.main?.url),
      clock: watch,
      lost() {
        log.warn('The main node cannot be reached for what is carried to it: screens go to another node', {
          main: asking.main?.node,
          url: asking.main?.url,
        });
        carry.letGo();
      },
    }),
  );
  const carry = openCarry({
    to: () => relay?.url ?? (reach.isLost ? undefined : asking.main?.url),
    remote,
    log,
  });
  const health = async () => {
    const about = {
      ...{ node, main: mainName(), bus: bus.isUp ? 'up' : 'down' },
      database: now().databaseAnswers ? 'up' : 'down',
      units: door.broker.connected,
      troubles: troubles().map((why) => ({ why, words: troubleWords[why] })),
    };
    return { about, fault: whyNotWell() ?? (await relay?.notWell()) };
  };
  const now = (): NodeNow => ({
    busIsUp: bus.isUp,
    databaseAnswers: contending.withoutDatabaseSince === undefined,
    reachesMain: !reach.isLost,
    ahead: time.ahead,
  });
  its.now = now;
  const mainName = () => (relay ? node : asking.main?.node);
  const whyNotWell = (): Fault | undefined => {
    if (!bus.isUp)
      return new Fault(
        'link-lost',
        `The node ${node} reaches no other node: NATS does not answer. Look at nats-server and the network between.`,
      );
    if (contending.withoutDatabaseSince !== undefined && relay)
      return new Fault(
        'cannot-save',
        `PostgreSQL does not answer the node ${node}. Look at PostgreSQL and the network between.`,
      );
    if (reach.isLost)
      return new Fault(
        'link-lost',
        `The node ${node} cannot carry anything to ${asking.main?.node}. ${troubleWords['no-way']}`,
      );
    return mainName() === undefined ? noMain() : undefined;
  };
  const front = stack.use(
    await openFront({
      ...{ tls, publicOrigin, remote, carry, health },
      consoleFolder: settings.console,
      requestWithin: seconds(settings.requestWithinSeconds),
    }),
  );
  stack.use(
    openDoor({
      ...{ server: front.server, remote, crowd, clock, log },
      entrances: doorEntrances(door),
      guests: door.guests,
      carry(path, request, connection, head) {
        if (path !== sockets.live && path !== sockets.pairing) return false;
        carry.socket(request, connection, head);
        return true;
      },
    }),
  );

  let aloneSince: number | undefined;
  let unheardSince: number | undefined;
  const hide = () => {
    unheardSince = bus.isUp || relay ? undefined : (unheardSince ?? watch.steady());
    if (unheardSince === undefined || watch.steady() - unheardSince < shownAlone) return;
    door.guests.putOut(({ type }) => type === 'session', closeCodes.stopping, 'this node reaches no other');
  };
  const handOn = async () => {
    hide();
    const isAlone = !bus.isUp && !relay && !(await othersAreAlone());
    aloneSince = isAlone ? (aloneSince ?? watch.steady()) : undefined;
    if (aloneSince === undefined || watch.steady() - aloneSince < handingOn) return;
    const { units } = door.broker;
    if (units.length > 0 || door.guests.all.length > 0)
      log.warn('This node reaches no other: its units and viewers go to another node', { units: units.length });
    for (const unit of units) door.broker.cut(unit);
    door.guests.putOut(() => true, closeCodes.stopping, 'this node reaches no other');
  };
  /** Where the main node has no bus either, it is NATS that is away, and no node is better than this one. */
  const othersAreAlone = async () => {
    if (contending.withoutDatabaseSince !== undefined) return false;
    const holder = await mainNode.holder().catch(() => undefined);
    return holder !== undefined && !holder.busIsUp;
  };
  const failed = (error: unknown) => log.error('Something failed in the node', { words: asFault(error).message });
  stack.use(every(watch, looking, handOn, failed));

  figures.gauge('node_is_main', 'Whether this node is main', () => Number(contending.isMain));
  figures.gauge('bus_up', 'Whether this node reaches the others over the bus', () => Number(bus.isUp));
  figures.gauge('database_up', 'Whether the database answers this node', () => Number(now().databaseAnswers));
  figures.gauge('main_reached', 'Whether requests can be carried to the main node, or it is this one', () =>
    Number(now().reachesMain),
  );
  figures.gauge(
    'clock_ahead_seconds',
    'By how much this node’s clock is ahead of the database’s',
    () => time.ahead / 1000,
  );
  figures.gauge('node_units', 'Units that are connected at this node', () => door.broker.connected);
  figures.gauge('node_viewers', 'Screens at this node that a look is on', () => door.pass.viewers);
  figures.gauge('links_open', 'Ways of looks between this node and others', () => door.pass.links);

  const unitPort =
    settings.unitAuthority === undefined
      ? undefined
      : stack.use(
          await listenForPaired(settings, () => ({
            at: relay?.url ?? asking.main?.url,
            port: relay?.unitPort ?? asking.main?.unitPort,
          })),
        ).port;
  const { port } = await front.listen(settings.host, settings.port);
  const mqttPort =
    settings.mqttPort === undefined
      ? undefined
      : await listenPlain(stack, { broker: door.broker, remote, crowd }, settings.host, settings.mqttPort);
  const metricsPort =
    settings.metricsPort === undefined
      ? undefined
      : stack.use(await listenForFigures(settings.metricsHost, settings.metricsPort, figures.print)).port;
  const url = urlOf(tls !== undefined, settings.host, port);
  log.info('The node is open', { node, url });
  const closing = stack.move();
  return {
    ...{ url, port, mqttPort, metricsPort, unitPort },
    get relay() {
      return relay;
    },
    get main() {
      return mainName();
    },
    renewCertificate() {
      front.renewCertificate();
      relay?.renewCertificate();
    },
    async [Symbol.asyncDispose]() {
      // First of all another becomes main, while what hangs on this node stays, and is answered by that one.
      await contending[Symbol.asyncDispose]();
      // What is carried would keep this process alive for as long as a screen follows the desk.
      carry.letGo();
      await closing.disposeAsync();
      carry.letGo();
    },
  };
}

/** What units and browsers reach is the node's, and stays where it is. */
const asMain = (settings: Settings): Settings => ({
  ...settings,
  mqttPort: undefined,
  metricsPort: undefined,
  unitHost: settings.nodeHost,
  unitPort: 0,
  unitPublicPort: settings.unitPublicPort ?? settings.unitPort,
});
