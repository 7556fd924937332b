/** The door to aedes: units connect with their own credential, say their own words, and are acknowledged once those are on the disk. */
import { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { longestMessage } from '@nattfrid/shared/wire/envelope';
import { messages } from '@nattfrid/shared/wire/messages';
import { isUnknownWord, topicOf } from '@nattfrid/shared/wire/topics';
import { Aedes, type AedesOptions, type Client } from 'aedes';
import { openSlowDown, waitAfterWrong } from '../limit/slow-down.ts';
import type { WayDown } from '../order/order.ts';
import type { Receive } from '../receive/receive.ts';
import { credentialOf } from '../socket/guests.ts';
import type { Wire } from '../socket/wire.ts';
import { guardStream, type WhyCut } from './guarded-stream.ts';
import { emitsNothing, keepsNothing } from './routes-nothing.ts';
import { maySubscribe, wordOf } from './topic-rules.ts';
import type { WhyRefused } from './why-refused.ts';

export interface BrokerFigures {
  connected(): void;
  refused(why: 'credential' | 'will' | 'client-id'): void;
  cut(why: WhyCut): void;
  forbidden(): void;
  /** A newer unit has said a word that this relay does not know; it is acknowledged and left out. */
  unknownWord(): void;
}

export interface Broker extends WayDown, AsyncDisposable {
  /**
   * Takes over a connection on which MQTT will be spoken.
   *
   * @param address of the other end, for the limits @param shows told whose it is, once that unit has shown its token
   * @param proven whose it is, as its certificate has shown: it is asked for no token, and is nobody else
   */
  attach(connection: Wire, address: string, shows?: (credential: string) => void, proven?: Proven): void;
  /** Its credential is over. */
  cut(unit: UnitId): void;
  readonly connected: number;
  /** The units that are connected. */
  readonly units: readonly UnitId[];
}

/** A unit whose certificate has been judged before a word of MQTT was spoken. */
export interface Proven {
  readonly unit: UnitId;
  /** As `Guest` has it. */
  readonly credential: string;
}

interface BrokerParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly figures: BrokerFigures;
  readonly knows: (unit: UnitId, token: string) => Promise<boolean>;
  /** This unit's token was wrong once more, from this address. Resolves when that is to be told; counted by this broker where it is absent. */
  readonly wrong?: (unit: UnitId, address: string) => Promise<void>;
  /** It has come in by its certificate. */
  readonly speaks?: (proven: Proven) => void;
  readonly receive: Receive;
  /** A unit was let in, from this address. */
  readonly cameFrom?: (unit: UnitId, address: string) => void;
  /** It has no connection any more. */
  readonly left?: (unit: UnitId) => void;
  /** A unit hears from now on. */
  readonly listens?: (unit: UnitId) => void;
  /** Somebody was refused something, for the audit log. @param unit what it calls itself */
  readonly refused?: (unit: UnitId | undefined, why: WhyRefused) => void;
}

/** Topic and header beside the message itself. */
const longestPacket = longestMessage + 1024;

export async function openBroker(parts: BrokerParts): Promise<Broker> {
  const { figures } = parts;
  const log = parts.log.child('mqtt');
  const comers = new WeakMap<object, Comer>();
  const comer = (client: Client) => comers.get(client.conn);
  const cut = (why: WhyCut, connection: object) => {
    figures.cut(why);
    log.warn('A connection is cut', { why, address: comers.get(connection)?.address });
  };
  /** aedes says the will of each unit when it closes, and no unit is gone for that. */
  let closing = false;
  const aedes = await Aedes.createBroker({
    ...admission(parts, log, {
      addressOf: (client) => comer(client)?.address ?? '',
      provenBy: (client) => comer(client)?.proven,
      isKnown(client, unit) {
        const { address, shows } = comer(client) ?? { address: '' };
        shows?.(credentialOf({ type: 'unit', unit }));
        // What it was let in with is not needed again.
        comers.set(client.conn, { address });
      },
    }),
    ...traffic(parts, log, () => closing),
    mq: emitsNothing(),
    persistence: keepsNothing(),
    connectTimeout: 10_000,
    keepaliveLimit: 300,
    maxClientsIdLength: 63,
    maxTopicLevels: 8,
  });
  aedes.on('clientError', (client, error) =>
    log.debug('A connection of a unit failed', { unit: client.id, words: error.message }),
  );
  aedes.on('connectionError', (_client, error) =>
    log.debug('A connection failed before it was a unit', { words: error.message }),
  );
  aedes.on('clientReady', (client) => {
    figures.connected();
    parts.cameFrom?.(client.id as UnitId, comer(client)?.address ?? '');
    log.info('A unit is connected', { unit: client.id });
  });
  aedes.on('subscribe', (_subscriptions, client) => parts.listens?.(client.id as UnitId));
  aedes.on('clientDisconnect', (client) => {
    log.info('A unit is disconnected', { unit: client.id });
    // Where it has connected anew, the old connection is all that has ended.
    if (!clients[client.id] || clients[client.id] === client) parts.left?.(client.id as UnitId);
  });
  const { clients } = aedes as unknown as { clients: Record<string, Client> };
  const clientOf = (unit: UnitId): Client | undefined => clients[unit];

  return {
    attach(connection, address, shows, proven) {
      const guarded = guardStream(connection, longestPacket, cut);
      comers.set(guarded, { address, ...(shows && { shows }), ...(proven && { proven }) });
      aedes.handle(guarded);
    },
    send(unit, name, bytes) {
      const client = clientOf(unit);
      if (!client || client.closed) return false;
      const { qos } = messages[name];
      // Straight to the unit: nothing that the relay says is ever routed to anybody else, or kept for later.
      const packet = {
        cmd: 'publish',
        topic: topicOf(unit, name),
        payload: Buffer.from(bytes),
        qos,
        dup: false,
        retain: false,
      } as const;
      client.publish(packet, (error) => {
        if (error) log.debug('A message did not reach a unit', { unit, name });
      });
      return true;
    },
    cut: (unit) => clientOf(unit)?.close(),
    get connected() {
      return aedes.connectedClients;
    },
    get units() {
      return Object.keys(clients) as UnitId[];
    },
    [Symbol.asyncDispose]: () => {
      closing = true;
      return new Promise<void>((resolve) => aedes.close(resolve));
    },
  };
}

/** What is known of a connection before it is a unit's. */
interface Comer {
  readonly address: string;
  readonly shows?: (credential: string) => void;
  readonly proven?: Proven;
}

interface Comers {
  readonly addressOf: (client: Client) => string;
  readonly provenBy: (client: Client) => Proven | undefined;
  /** It has shown the right token of this unit. */
  readonly isKnown: (client: Client, unit: UnitId) => void;
}

/** Who may connect. */
function admission(parts: BrokerParts, log: Logger, { addressOf, provenBy, isKnown }: Comers): AedesOptions {
  const { clock, figures, knows, refused } = parts;
  const slow = openSlowDown();
  const wrong = parts.wrong ?? ((unit, address) => waitAfterWrong(clock, slow, `${unit} ${address}`));
  return {
    preConnect(_client, packet, done) {
      const { will } = packet;
      if (will && ((will.qos ?? 0) > 1 || wordOf(packet.clientId as UnitId, will.topic) !== 'announce')) {
        figures.refused('will');
        refused?.(undefined, 'will');
        return done(new Error('a will that is not the own announcement'), false);
      }
      // Both ends remember for themselves; a session kept here would only grow.
      packet.clean = true;
      done(null, true);
    },
    authenticate(client, name, password, done) {
      const unit = UnitId.safeParse(name);
      const address = addressOf(client);
      const refuse = (why: 'credential' | 'client-id') => {
        figures.refused(why);
        refused?.(unit.success ? unit.data : undefined, why);
        log.warn('A connection is refused', { why, address, ...(unit.success && { unit: unit.data }) });
        done(Object.assign(new Error(why), { returnCode: why === 'credential' ? 4 : 5 }), false);
      };
      if (!unit.success || client.id !== unit.data) return refuse('client-id');
      const proven = provenBy(client);
      if (proven) {
        if (proven.unit !== unit.data) return refuse('client-id');
        parts.speaks?.(proven);
        isKnown(client, unit.data);
        return done(null, true);
      }
      knows(unit.data, password?.toString('utf8') ?? '').then(
        (known) => {
          if (known) {
            isKnown(client, unit.data);
            return done(null, true);
          }
          // A whole municipality may stand behind one address: only what is wrong waits, and the right token never does.
          const heard = () => refuse('credential');
          void wrong(unit.data, address).then(heard, heard);
        },
        (error) => {
          log.error('Credentials cannot be checked', { words: String(error) });
          done(Object.assign(new Error('server unavailable'), { returnCode: 3 }), false);
        },
      );
    },
  };
}

const mayBeAlarm = (topic: string): boolean => topic.slice(topic.lastIndexOf('/')).includes('alarm');

/** Who may say and hear what. */
function traffic({ receive, figures, refused }: BrokerParts, log: Logger, closing: () => boolean): AedesOptions {
  return {
    authorizePublish(client, packet, done) {
      // Not acknowledged, so that it is sent again to the relay that comes after this one.
      if (closing()) return done(new Error('the relay is closing'));
      const unit = client?.id as UnitId | undefined;
      const known = unit && packet.qos !== 2 ? wordOf(unit, packet.topic) : undefined;
      const isNew = unit !== undefined && !known && packet.qos !== 2 && isUnknownWord(unit, packet.topic);
      if (isNew) {
        figures.unknownWord();
        log.warn('A unit says something that this relay does not know', { unit });
        if (!mayBeAlarm(packet.topic)) return done(null);
      }
      // What a newer unit calls an alarm is one, whatever stands in it.
      const name = known ?? (isNew ? 'alarm-report' : undefined);
      if (!unit || !name) {
        figures.forbidden();
        refused?.(unit, 'publish');
        log.warn('A unit publishes what is not its own, and is cut', { unit });
        return done(new Error('not your topic'));
      }
      // Kept for nobody: nothing that a unit says is told to another, and the relay has it in its database.
      packet.retain = false;
      const bytes = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
      // The acknowledgement goes out when `done` is called: not before what was said is on the disk.
      receive(unit, name, bytes).then(
        () => done(null),
        (error) => {
          const fault = error instanceof Fault ? error.code : String(error);
          log.error('A message could not be saved, and is not acknowledged', { unit, name, fault });
          done(new Error('not saved'));
        },
      );
    },
    authorizeSubscribe(client, subscription, done) {
      if (subscription.qos < 2 && maySubscribe(client.id as UnitId, subscription.topic))
        return done(null, subscription);
      figures.forbidden();
      refused?.(client.id as UnitId, 'subscribe');
      log.warn('A unit asks to hear what is not said to it', { unit: client.id });
      done(null, null);
    },
    authorizeForward: (client, packet) => (maySubscribe(client.id as UnitId, packet.topic) ? packet : null),
  };
}
