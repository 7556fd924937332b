/** A real relay on loopback, to which people and units can be added. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSettings } from '@nattfrid/relay/config/load';
import type { GivenSettings } from '@nattfrid/relay/config/schema';
import { makePersonalKey } from '@nattfrid/relay/personal/personal-key';
import { openRelay, type Relay } from '@nattfrid/relay/relay';
import type { Role } from '@nattfrid/shared/desk/role';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { type Person, password, signIn } from './person.ts';
import { shownLog } from './shown-log.ts';
import type { Credential } from './speaking-unit.ts';
import { dropDatabase, newDatabase } from './test-database.ts';

export interface Site extends AsyncDisposable {
  readonly relay: Relay;
  readonly database: string;
  /** Of this site's own: its keys lie in it. */
  readonly folder: string;
  readonly settings: GivenSettings;
  /** Signs with the municipality's key that the relay knows. */
  sendPlan(plan: Plan): Promise<void>;
  /** As a coordinator's own device does. */
  sign(plan: Plan): Promise<PlanLetter>;
  person(name: string, role: Role): Promise<Person>;
  /** @param organisation the first one by default */
  person(name: string, role: Role, organisation?: string): Promise<Person>;
  /** A registered unit, not yet connected. @param client its home; by default one of its own */
  unit(name: string, client?: string, organisation?: string): Promise<Credential>;
}

export interface SiteOptions {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly settings?: Partial<GivenSettings>;
}

export async function openSite({
  clock = systemClock,
  log = shownLog(),
  settings = {},
}: SiteOptions = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-relay-'));
  const municipality = await makeSignKey();
  const given: GivenSettings = {
    port: 0,
    mqttPort: 0,
    metricsPort: 0,
    database: settings.database ?? newDatabase(folder),
    secret: 'a secret of this test only, long enough',
    personalKey: join(folder, 'personal.key'),
    planKeys: { testby: toBase64Url(municipality.publicKey) },
    ...settings,
  };
  if (given.personalKey === join(folder, 'personal.key')) makePersonalKey(given.personalKey);
  const relay = await openRelay(orThrow(checkSettings(given)), { clock, log, newId: randomUUID });
  let coordinator: Person | undefined;
  const person = async (name: string, role: Role, organisation?: string): Promise<Person> => {
    const email = `${name.toLowerCase()}@testby.se`;
    orThrow(await relay.addOperator({ email, name, role, ...(organisation && { organisation }) }, password));
    return signIn(relay, email);
  };
  return {
    relay,
    database: given.database!,
    folder,
    settings: given,
    person,
    async unit(name, client = `Alias ${name}`, organisation) {
      const key = await makeSignKey();
      const added = await relay.addUnit({
        unit: name,
        client,
        publicKey: toBase64Url(key.publicKey),
        ...(organisation && { organisation }),
      });
      return { unit: name as UnitId, token: orThrow(added).token };
    },
    sign: (plan) => signPlan(plan, municipality.privateKey),
    async sendPlan(plan) {
      coordinator ??= await person('Karin', 'coordinator');
      await coordinator.call('sendPlan', { unit: plan.unit }, await signPlan(plan, municipality.privateKey));
    },
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]();
      if (settings.database === undefined) dropDatabase(given.database!);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function orThrow<Thing>(thing: Thing | Fault): Thing {
  if (thing instanceof Fault) throw thing;
  return thing;
}
