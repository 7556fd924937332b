/** People and units in the database of a relay process, as its commands put them there: by the same functions, without a process for each. */
import { openAudit } from '@nattfrid/relay/audit/audit';
import { addOperator } from '@nattfrid/relay/operators/add-operator';
import { openOperators } from '@nattfrid/relay/operators/operators';
import { openStore } from '@nattfrid/relay/store/database';
import { addUnit } from '@nattfrid/relay/units/add-unit';
import type { Role } from '@nattfrid/shared/desk/role';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { password } from './person.ts';
import type { RelayProcess } from './relay-process.ts';
import { orThrow } from './relay-under-test.ts';
import type { Credential } from './speaking-unit.ts';

/** @param people their names, in lower case: `NAME@testby.se`. @returns what the units sign in with, in their order */
export async function registered(
  { database, environment }: Pick<RelayProcess, 'database' | 'environment'>,
  people: Readonly<Record<string, Role>>,
  units: readonly string[] = [],
): Promise<readonly Credential[]> {
  await using store = await openStore(database);
  const secret = environment['NATTFRID_SECRET'] ?? '';
  const operators = openOperators({ store, clock, secret, secure: false, sessionHours: 12 });
  const audit = openAudit(store, clock);
  for (const [name, role] of Object.entries(people))
    orThrow(await addOperator({ audit, operators }, { name, role, email: `${name}@testby.se` }, password));
  const known: Credential[] = [];
  for (const unit of units) {
    const added = orThrow(
      await addUnit({ store, audit, clock }, { unit, client: `Alias ${unit}`, publicKey: 'k'.repeat(43) }),
    );
    known.push({ unit: unit as UnitId, token: added.token });
  }
  return known;
}
