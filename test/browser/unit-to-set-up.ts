/**
 * The hardware of an installation: a unit that waits, is paired by its label and has seen what the real one must (its own readiness, on its
 * own disk), with a camera, a mobile network and a plug that are imitated.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { labelOf } from '@nattfrid/agent/pairing/label-command';
import { waitToBePaired } from '@nattfrid/agent/pairing/wait-to-be-paired';
import { keepReadiness } from '@nattfrid/agent/ready/keep-readiness';
import { openDatabase } from '@nattfrid/agent/store/database';
import { unitIdentity } from '@nattfrid/agent/store/identity';
import type { Paired } from '@nattfrid/agent/store/pairing-table';
import { readyTable } from '@nattfrid/agent/store/ready-table';
import { databaseFile } from '@nattfrid/agent/store/unit-key';
import type { Check } from '@nattfrid/shared/domain/check';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { callSaidSo } from '@nattfrid/shared/seal/call-proof';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { openLogin, signSealingKey } from '@nattfrid/shared/seal/sealed-login';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { knownCall, type ServiceAnswer, type ServiceCall } from '@nattfrid/shared/wire/service-call';
import { type SimulatedUnit, simulatedUnit } from './simulated-unit.ts';
import type { Site } from './site.ts';

/** What its camera takes. */
export const cameraLogin = { user: 'tillsyn', password: 'natt-kamera-7' };

export interface UnitToSetUp extends AsyncDisposable {
  readonly label: Awaited<ReturnType<typeof labelOf>>;
  /** Once it has come in by its certificate. */
  readonly came: Promise<SimulatedUnit>;
  readonly self: SimulatedUnit;
  /** How it is, by what is checked; what is not named is well. */
  readonly state: Map<Check['name'], Check>;
  pullPlug(): void;
  /** The machine starts anew, and the unit comes back. */
  plugIn(): Promise<void>;
  propose(): Promise<void>;
}

const well: Readonly<Record<string, string>> = {
  power: 'mains',
  signal: 'signal-good',
  time: 'set',
  relay: 'connected',
  camera: 'none-chosen',
  infrared: 'not-tried',
  view: 'not-looked',
  room: 'not-proposed',
  plan: 'none',
};

/** @param folder for its disk */
export async function unitToSetUp(site: Site, folder: string, clock: Clock): Promise<UnitToSetUp> {
  const data = join(folder, randomUUID());
  const label = await labelOf(data, site.relay.url);
  const database = openDatabase(databaseFile(data));
  const identity = await unitIdentity(database);
  const sealing = await makeOperatorKey();
  const signed = await signSealingKey(identity.unit, sealing.publicKey, identity.key);
  const stop = new AbortController();
  const state = new Map<Check['name'], Check>();
  for (const [name, code] of Object.entries(well)) {
    const unknown = code.startsWith('no') && name !== 'plan';
    state.set(name as Check['name'], { name: name as Check['name'], state: unknown ? 'unknown' : 'well', code });
  }
  let boots = 1;
  const power = { since: () => seconds(60), boot: 'boot-1' };
  const parts = {
    relay: site.relay.url,
    database,
    identity,
    power,
    version: '0.1.0',
    clock,
    random: () => 0,
    log: silent,
  };
  let ready: ReturnType<typeof keepReadiness>;
  let self: SimulatedUnit;
  const put = (check: Check) => void state.set(check.name, check);

  async function served(some: Parameters<typeof knownCall>[0]): Promise<void> {
    const asked = knownCall(some);
    if (!asked) return;
    const answer = await answerTo(asked);
    if (answer) await self.say('service-answer', answer);
  }

  async function answerTo(asked: ServiceCall): Promise<ServiceAnswer | undefined> {
    const { call } = asked;
    switch (asked.type) {
      case 'diagnose':
        return { type: 'checked', call, checks: [...state.values()], ...signed };
      case 'find-cameras':
        return {
          type: 'cameras',
          call,
          cameras: [{ camera: 'urn:1', make: 'Axis', model: 'M1065', address: '192.0.2.5', needsLogin: true }],
        };
      case 'choose-camera': {
        const login = asked.login && (await openLogin(identity.unit, sealing, asked.login));
        if (!login || login instanceof Fault || login.password !== cameraLogin.password)
          return { type: 'refused', call, why: 'login-refused' };
        put({ name: 'camera', state: 'well', code: 'connected' });
        put({ name: 'view', state: 'well', code: 'bed-in-view' });
        return { type: 'camera-chosen', call, checks: [{ name: 'camera', state: 'well', code: 'connected' }] };
      }
      case 'try-dark': {
        const check: Check = { name: 'infrared', state: 'well', code: 'sees-in-dark' };
        put(check);
        return { type: 'dark-tried', call, check };
      }
      case 'test-fall': {
        const alarm = randomUUID() as AlarmId;
        ready.fallRaised(alarm);
        return { type: 'test-fall-raised', call, alarm };
      }
      case 'wipe': {
        // Signed on this telephone, which the municipality has not vouched for.
        const isRight =
          asked.signed && (await callSaidSo({ unit: identity.unit, call: { type: 'wipe' } }, asked.signed));
        return { type: 'refused', call, why: isRight ? 'not-vouched' : 'signature-wrong' };
      }
      case 'test-fall-back':
      case 'ready':
        return ready.served(asked);
      default:
        return { type: 'refused', call, why: 'not-known' };
    }
  }

  async function comeIn(paired: Paired): Promise<SimulatedUnit> {
    ready = keepReadiness({
      table: readyTable(database),
      clock,
      log: silent,
      changed: () => void self?.say('service-answer', { type: 'proofs', call: randomUUID(), seen: ready.seen }),
    });
    self = await simulatedUnit({
      relay: paired.relay,
      unit: identity.unit,
      certified: { key: paired.key, cert: paired.certificate, ca: paired.authority },
      served: (call) => void served(call),
      answered: (answer, call) => ready.answered(answer, call?.reason.type === 'test'),
      manner: { name: 'shows', signs: identity.key },
      pictures: site.pictures,
    });
    self.planKey = site.planKey;
    ready.started(power.boot);
    return self;
  }

  const paired = waitToBePaired(parts, stop.signal);
  const came = paired.then((known) => {
    if (!known) throw new Error('It was never paired.');
    return comeIn(known);
  });
  came.catch(() => undefined);
  return {
    label,
    came,
    state,
    get self() {
      return self;
    },
    pullPlug: () => self.pullPlug(),
    async plugIn() {
      boots += 1;
      power.boot = `boot-${boots}`;
      const known = await paired;
      if (known) await comeIn(known);
    },
    async propose() {
      const corners = (left: number, top: number, right: number, bottom: number): [number, number][] => [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ];
      await self.say('room-proposal', {
        watchedMinutes: 3,
        aspect: 16 / 9,
        beds: [
          {
            outline: corners(0.1, 0.42, 0.62, 0.74),
            certainty: 0.86,
            seen: 38,
            looked: 40,
            score: 0.5,
            restedMinutes: 0.5,
          },
        ],
        floor: { outline: corners(0.04, 0.7, 0.97, 0.98), certainty: 0.8, steps: 70, walks: 6 },
        exits: [{ outline: corners(0.82, 0.12, 0.95, 0.74), certainty: 0.7, at: 'inside', out: 3, in: 3 }],
      });
      put({ name: 'room', state: 'well', code: 'proposed' });
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await paired.catch(() => undefined);
      await self?.[Symbol.asyncDispose]();
      database[Symbol.dispose]();
    },
  };
}
