/** A whole night on a moved clock: a real relay, homes that are simulated, people who work, and what goes wrong; told in the morning. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSettings } from '@nattfrid/relay/config/load';
import type { GivenSettings } from '@nattfrid/relay/config/schema';
import { openRelay, type Relay } from '@nattfrid/relay/relay';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Role } from '@nattfrid/shared/desk/role';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, parseInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { openGateway } from '@nattfrid/stand-ins/gateway';
import { type DeskClient, signIn } from '@nattfrid/stand-ins/staff/desk-client';
import { lineLasts, openShift } from './crew.ts';
import { dice } from './dice.ts';
import { enrol } from './enrol.ts';
import { type Cut, strike, troubles } from './faults.ts';
import { checkNight, type Down, type NightFigures } from './ledger.ts';
import { roster } from './roster.ts';
import type { SimulatedHome } from './simulated-home.ts';
import { car, operator, type Worker } from './staff.ts';

export interface NightAsked {
  /** The evening's date, «2026-10-24». */
  readonly date: string;
  readonly homes: number;
  readonly operators: number;
  readonly cars: number;
  readonly seed: number;
  readonly withFaults: boolean;
  /** By the clock on the wall in winter, hours after noon UTC of the date: when it begins and how long it lasts. */
  readonly begins: number;
  readonly lasts: number;
  readonly progress?: (share: number) => void;
}

export interface Night extends NightFigures {
  readonly wrong: readonly string[];
}

const inMemory = '/dev/shm';
const password = 'korrekt-hast-batteri';
const step = seconds(5);

export async function staffedNight(asked: NightAsked): Promise<Night> {
  // In memory where there is such a place: a night is some hundred thousand commits, each of which would wait for the disk.
  const folder = await mkdtemp(join(existsSync(inMemory) ? inMemory : tmpdir(), 'nattfrid-night-'));
  const start = instant(Date.parse(`${asked.date}T12:00:00Z`) + hours(asked.begins));
  const clock = movedClock(start);
  const chance = dice(asked.seed);
  const municipality = await makeSignKey();
  const database = join(folder, 'relay.sqlite');
  await using gateway = await openGateway();
  const first: GivenSettings = {
    ...{ port: 0, mqttPort: 0, database, secret: 'a secret of this night only, long enough' },
    ...{ planKeys: { testby: toBase64Url(municipality.publicKey) }, sessionHours: 24, keepSessionDays: 3000 },
    ...{ fallbackUrl: gateway.url, fallbackSecret: 'of the gateway and of this night only, long' },
  };
  let relay = await opened(first, clock);
  // It comes back under the same address.
  const settings = { ...first, port: relay.port, ...(relay.mqttPort !== undefined && { mqttPort: relay.mqttPort }) };
  const homes = new Map<string, SimulatedHome>();
  try {
    const person = async (name: string, role: Role): Promise<DeskClient> => {
      const email = `${name.toLowerCase()}@testby.se`;
      orThrow(await relay.addOperator({ email, name, role }, password));
      return signIn(relay.url, { email, password, name, role: 'operator' });
    };
    const karin = await person('Karin', 'coordinator');
    const agreed = roster(asked.homes);
    for (const home of agreed) homes.set(home.client, await enrol(home, relay, karin, municipality.privateKey, clock));

    const truths = new Map<string, Verdict>();
    const truth = (look: LookView): Verdict => {
      if (look.reason.type !== 'window') return 'help-needed';
      const key = `${look.client} ${look.reason.window} ${look.attempt}`;
      const known = truths.get(key) ?? (chance.roll() < (look.attempt === 1 ? 0.07 : 0.5) ? 'not-seen' : 'all-well');
      truths.set(key, known);
      return known;
    };
    const wrong: string[] = [];
    const address = () => relay.url;
    const given = { address, clock, dice: chance, truth, told: (words: string) => void wrong.push(words) };
    const crew = await openShift(karin, person, asked);
    const operators = crew.operators.map((one) => operator({ ...given, ...one }));
    const cars = crew.cars.map((one) => car({ ...given, ...one }));
    const workers: readonly Worker[] = [...operators, ...cars];

    const falls = new Map<string, string>();
    const covered = new Map<string, AlarmId>();
    const cuts: Cut[] = [];
    const downs: Down[] = [];
    let gatewayBack: Instant = start;
    const restart = async () => {
      const from = clock.now();
      for (const home of homes.values()) home.cut();
      await relay[Symbol.asyncDispose]();
      await clock.advance(chance.minutes(0.1, 0.7));
      relay = await opened(settings, clock);
      for (const home of homes.values()) if (!away.has(home.unit)) await home.connect(relay);
      downs.push({ from, until: clock.now() });
    };
    const away = new Set<UnitId>();
    const faults = asked.withFaults ? troubles(agreed, chance, start, hours(asked.lasts)) : [];
    const end = after(start, hours(asked.lasts));
    let next = 0;
    let beatAt = start;
    let desk = await deskOf(karin);
    let deskAt = start;
    const around = { homes, away, falls, covered, cuts, operators, cars, gateway, clock, restart, dice: chance };
    // After the end nothing new happens, and what has begun is brought to its end.
    const morning = after(end, hours(2));
    while (clock.now() < morning) {
      await clock.advance(step);
      for (let fault = faults[next]; fault && fault.at <= clock.now(); fault = faults[++next]) {
        await strike(fault, { ...around, relay: () => relay });
        if (fault.type === 'gateway-rises') gatewayBack = clock.now();
      }
      if (clock.now() >= beatAt) {
        beatAt = after(clock.now(), seconds(30));
        await Promise.all([...homes.values()].flatMap((home) => (home.connected ? [home.beat()] : [])));
      }
      await breathe();
      // In a quiet hour the list is read now and then: nobody has anything to do.
      if (!isQuiet(desk, clock.now()) || clock.now() >= after(deskAt, seconds(15))) {
        desk = await deskOf(karin);
        deskAt = clock.now();
      }
      for (const worker of workers) await worker.act(desk);
      asked.progress?.((clock.now() - start) / (morning - start));
      if (clock.now() >= end && isCalm(desk)) break;
    }
    const line = { lasts: lineLasts(asked.cars), heard: gateway.heard, gatewayBack };
    const told = { falls, cuts, downs, line };
    const figures = await checkNight(database, agreed, { from: start, until: end }, told);
    return { ...figures, wrong };
  } finally {
    for (const home of homes.values()) await home[Symbol.asyncDispose]();
    await relay[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

const opened = async (settings: GivenSettings, clock: Clock): Promise<Relay> =>
  openRelay(orThrow(checkSettings(settings)), { clock, log: silent, newId: randomUUID });

function orThrow<Thing>(thing: Thing | Fault): Thing {
  if (thing instanceof Fault) throw thing;
  return thing;
}

/** Whatever is under way on a wire arrives. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

const deskOf = (client: DeskClient): Promise<Desk> => client.call('desk', {}, {});

const isQuiet = (desk: Desk, now: Instant): boolean =>
  isCalm(desk) && desk.looks.every(({ state, dueFrom }) => state !== 'due' || parseInstant(dueFrom) > now);

const isCalm = ({ alarms, looks, visits }: Desk): boolean =>
  alarms.every(({ state }) => state === 'closed') &&
  visits.every(({ state }) => state === 'done') &&
  looks.every(({ state }) => state === 'done' || state === 'due');
