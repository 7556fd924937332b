/** A real relay on loopback, with people who can sign in and units that can speak, for tests. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSettings } from '@nattfrid/relay/config/load';
import type { GivenSettings } from '@nattfrid/relay/config/schema';
import { openRelay, type Relay } from '@nattfrid/relay/relay';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import type { Role } from '@nattfrid/shared/desk/role';
import { type Answered, type RouteName, routes } from '@nattfrid/shared/desk/routes';
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { readLetter, writeLetter } from '@nattfrid/shared/wire/envelope';
import { type Message, messages, type NamesFrom } from '@nattfrid/shared/wire/messages';
import { downTopics, readTopic, topicOf } from '@nattfrid/shared/wire/topics';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { vi } from 'vitest';
import { WebSocket } from 'ws';

export const password = 'korrekt-hast-batteri';

export interface Site extends AsyncDisposable {
  readonly relay: Relay;
  readonly database: string;
  readonly settings: GivenSettings;
  /** Signs with the municipality's key that the relay knows. */
  sendPlan(plan: Plan): Promise<void>;
  person(name: string, role: Role): Promise<Person>;
  /** A unit that the relay knows, not yet connected; in a home of its own, unless told otherwise. */
  unit(name: string, client?: string): Promise<Credential>;
}

export interface Credential {
  readonly unit: UnitId;
  readonly token: string;
}

export interface SiteOptions {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly settings?: Partial<GivenSettings>;
}

export async function openSite({ clock = systemClock, log = silent, settings = {} }: SiteOptions = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-relay-'));
  const municipality = await makeSignKey();
  const given: GivenSettings = {
    port: 0,
    mqttPort: 0,
    metricsPort: 0,
    database: join(folder, 'relay.sqlite'),
    secret: 'a secret of this test only, long enough',
    planKeys: { testby: toBase64Url(municipality.publicKey) },
    ...settings,
  };
  const relay = await openRelay(orThrow(checkSettings(given)), { clock, log, newId: randomUUID });
  let coordinator: Person | undefined;
  const person = async (name: string, role: Role): Promise<Person> => {
    const email = `${name.toLowerCase()}@testby.se`;
    orThrow(await relay.addOperator({ email, name, role }, password));
    return signIn(relay, email);
  };
  return {
    relay,
    database: given.database!,
    settings: given,
    person,
    async unit(name, client = `Alias ${name}`) {
      const key = await makeSignKey();
      const added = await relay.addUnit({ unit: name, client, publicKey: toBase64Url(key.publicKey) });
      return { unit: name as UnitId, token: orThrow(added).token };
    },
    async sendPlan(plan) {
      coordinator ??= await person('Karin', 'coordinator');
      await coordinator.call('sendPlan', { unit: plan.unit }, await signPlan(plan, municipality.privateKey));
    },
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function orThrow<Thing>(thing: Thing | Fault): Thing {
  if (thing instanceof Fault) throw thing;
  return thing;
}

export interface Person {
  readonly cookie: string;
  /** @throws Fault as the relay words it, with `status` among its fields */
  call<Name extends RouteName>(name: Name, params?: Record<string, string>, body?: unknown): Promise<Answered<Name>>;
  desk(): Promise<Desk>;
  socket(path: string, headers?: Record<string, string>): Promise<WebSocket>;
}

export async function signIn(relay: Relay, email: string, word = password): Promise<Person> {
  const response = await fetch(`${relay.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: word }),
  });
  await answerOf(response);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const call: Person['call'] = async (name, params = {}, body = {}) => {
    const { method, path } = routes[name];
    const address = path.replace(/:(\w+)/g, (_, param: string) => params[param] ?? '');
    return answerOf(
      await fetch(`${relay.url}${address}`, {
        method,
        headers: { cookie, ...(method === 'POST' && { 'content-type': 'application/json' }) },
        ...(method === 'POST' && { body: JSON.stringify(body) }),
      }),
    );
  };
  return {
    cookie,
    call,
    desk: () => call('desk'),
    socket: (path, headers = {}) => openSocket(`${relay.url}${path}`, { cookie, ...headers }),
  };
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const answer = (await response.json()) as { code: never; words: string };
  if (!response.ok) throw new Fault(answer.code, answer.words, { fields: { status: response.status } });
  return answer as Answer;
}

/** Resolves when open. @throws Fault with the status where it is refused */
export function openSocket(url: string, headers: Record<string, string>): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers, perMessageDeflate: false });
  // What comes before anybody listens is kept for whoever listens first.
  const early: Buffer[] = [];
  const keep = (data: Buffer) => void early.push(data);
  socket.on('message', keep);
  socket.on('newListener', (event, listener: (data: Buffer) => void) => {
    if (event !== 'message') return;
    socket.off('message', keep);
    for (const data of early.splice(0)) listener(data);
  });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) =>
      reject(new Fault('link-refused', 'refused', { fields: { status: response.statusCode ?? 0 } })),
    );
    socket.on('error', reject);
  });
}

export interface SpeakingUnit extends AsyncDisposable {
  readonly client: MqttClient;
  readonly unit: UnitId;
  /** Resolves at the relay's acknowledgement. */
  say<Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>, id?: string): Promise<void>;
  /** The next word of this kind that it is told, or has been told and not yet asked for. */
  told<Name extends NamesFrom<'relay'>>(name: Name): Promise<Message<Name>>;
  /** Words of this kind that it was told and nobody has asked for, when all that was on its way has come. */
  untold(name: NamesFrom<'relay'>): Promise<number>;
}

/** A unit that speaks MQTT as the agent does. */
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
    async say(name, body, id = randomUUID()) {
      const bytes = writeLetter(name, unit, id, instant(Date.now()), body);
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

export const aFall = (alarm: string = randomUUID(), phase: AlarmReport['phase'] = 'began'): AlarmReport => ({
  alarm: alarm as never,
  kind: 'fall',
  phase,
  at: '2026-11-22T02:00:00.000Z',
  camera: 'bedroom' as never,
  evidence: { code: 'lying-on-floor', figures: { lyingForSeconds: 15 }, models: ['blazepose 1'], attended: false },
});

/** A plan whose one window is always open, day and night, unless told otherwise. */
export const aPlan = (unit: string, more: Partial<Plan> = {}): Plan => ({
  plan: randomUUID() as never,
  version: 1,
  unit: unit as never,
  client: `Alias ${unit}` as never,
  validFrom: '2020-01-01T00:00:00.000Z',
  validUntil: '2090-01-01T00:00:00.000Z',
  mode: 'silhouette',
  watch: 'always',
  windows: [{ id: 'dygnet', from: '00:00', to: '00:00', looks: 1 }],
  alarms: { fall: { persistenceSeconds: 15 } },
  alarmLook: { minutes: 15 },
  longestLookSeconds: 60,
  retryAfterMinutes: 15,
  consents: { technology: '2026-01-01', supervision: '2026-01-01', cohabitants: 'lives-alone' },
  ...more,
});

/** An alarm in a home of its own, a look for it that this person has opened, and the unit's yes. */
export async function openAlarmLook(site: Site, by: Person, name: string) {
  const home = await site.unit(name);
  const unit = await connectUnit(site.relay, home);
  const fall = aFall();
  await unit.say('alarm-report', fall);
  const reason = { type: 'alarm', alarm: fall.alarm };
  const { look } = await by.call('openLook', {}, { unit: home.unit, reason, operatorKey: 'k'.repeat(43) });
  const until = new Date(Date.now() + 60_000).toISOString();
  await unit.say('look-answer', { type: 'opened', look, mode: 'silhouette', until });
  return { home, unit, look };
}
