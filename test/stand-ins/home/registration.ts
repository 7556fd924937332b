/** Registers the home's people and its unit in a relay that does not run yet, as its command line does. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import type { LogIn } from '../staff/desk-client.ts';
import { alias, unit } from './client.ts';

/** @param given settings of the relay @param publicKey of the unit, base64url @returns the unit's token @throws Fault */
export async function register(given: object, publicKey: string, people: readonly LogIn[]): Promise<string> {
  const settings = checkSettings({ ...given, port: 0 });
  if (settings instanceof Fault) throw settings;
  await using relay = await openRelay(settings, { clock: systemClock, log: silent, newId: randomUUID });
  for (const { email, name, role, password: secret } of people) {
    const added = await relay.addOperator({ email, name, role }, secret);
    if (added instanceof Fault) throw added;
  }
  const added = await relay.addUnit({ unit, client: alias, publicKey });
  if (added instanceof Fault) throw added;
  return added.token;
}

/** The same by the commands of a relay that is another than this clone's. @param config its file of settings @returns the unit's token */
export function registerBy(relay: string, config: string, publicKey: string, people: readonly LogIn[]): string {
  const say = (words: readonly string[], input?: string) =>
    execFileSync(relay, [...words, '--config', config], { input, encoding: 'utf8' }).trim();
  for (const { email, name, role, password } of people) say(['add-operator', email, name, role], `${password}\n`);
  return say(['add-unit', unit, alias, '--public-key', publicKey]);
}
