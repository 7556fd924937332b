/** A home is made known to the relay, connects, and takes its plan. */
import { randomUUID } from 'node:crypto';
import type { Relay } from '@nattfrid/relay/relay';
import type { ClientAlias, PlanId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { CryptoKey } from '@nattfrid/shared/seal/crypto-key';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import type { Clock } from '@nattfrid/shared/time/clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { DeskClient } from '@nattfrid/stand-ins/staff/desk-client';
import type { AgreedHome } from './roster.ts';
import { type SimulatedHome, simulatedHome } from './simulated-home.ts';

export async function enrol(
  { unit: name, client, windows }: AgreedHome,
  relay: Relay,
  coordinator: DeskClient,
  signingKey: CryptoKey,
  clock: Clock,
): Promise<SimulatedHome> {
  const unit = name as UnitId;
  const key = await makeSignKey();
  const added = await relay.addUnit({ unit, client, publicKey: toBase64Url(key.publicKey) });
  if (added instanceof Fault) throw added;
  const home = simulatedHome({ unit, token: added.token, clock });
  await home.connect(relay);
  const plan: Plan = {
    ...{ plan: randomUUID() as PlanId, version: 1, unit, client: client as ClientAlias },
    ...{ validFrom: '2020-01-01T00:00:00.000Z', validUntil: '2090-01-01T00:00:00.000Z' },
    ...{ mode: 'silhouette', watch: 'always', windows, alarms: { fall: { persistenceSeconds: 15 } } },
    ...{ alarmLook: { minutes: 30 }, longestLookSeconds: 120, retryAfterMinutes: 15 },
    consents: { technology: '2020-01-01', supervision: '2020-01-01', cohabitants: 'lives-alone' },
  };
  await coordinator.call('sendPlan', { unit }, await signPlan(plan, signingKey));
  return home;
}
