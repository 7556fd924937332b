/** A relay process that pairs units, and lets them in by their certificates. */
import { join } from 'node:path';
import type { Role } from '@nattfrid/shared/desk/role';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { registered } from './registered.ts';
import { openRelayProcess, type RelayProcess } from './relay-process.ts';

export interface UnitRelay extends AsyncDisposable {
  readonly relay: RelayProcess;
  readonly url: string;
  /** What plans are signed with. */
  readonly municipality: SignKey;
}

/** @param name under which units reach it @param people as `registered` has them @param settings beside those that pairing needs */
export async function openUnitRelay(
  name: string,
  people: Readonly<Record<string, Role>>,
  settings: NodeJS.ProcessEnv = {},
): Promise<UnitRelay> {
  await using stack = new AsyncDisposableStack();
  const municipality = await makeSignKey();
  const relay = stack.use(
    openRelayProcess({
      NATTFRID_UNIT_PORT: '0',
      NATTFRID_UNIT_NAMES: name,
      NATTFRID_PLAN_KEYS: `testby=${toBase64Url(municipality.publicKey)}`,
      ...settings,
    }),
  );
  const authority = join(relay.folder, 'units.pem');
  relay.environment['NATTFRID_UNIT_AUTHORITY'] = authority;
  const made = await relay.command(['unit-authority', authority]);
  if (made.code !== 0) throw new Error(made.err);
  await registered(relay, people);
  const url = await relay.start();
  const owned = stack.move();
  return { relay, url, municipality, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
