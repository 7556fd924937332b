/** The register of camera surveillance, derived from the plans that have been in force; and as CSV (RFC 4180). Reads only. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { RegisterEntry } from '@nattfrid/shared/desk/register-entry';
import { csvRow } from '@nattfrid/shared/table/write-csv';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Sealer } from '../personal/sealer.ts';
import { carePlansSigned } from '../store/care-plans-table.ts';
import { clientsOf, newestDecision } from '../store/clients-table.ts';
import type { Db } from '../store/database.ts';
import { unitsOfClient } from '../store/units-table.ts';
import { formOf } from './around-client.ts';

const yearsKept = 5;

export async function register(
  db: Db,
  sealer: Sealer,
  organisation: Organisation,
  now: Instant,
): Promise<readonly RegisterEntry[]> {
  const clients = new Map((await clientsOf(db, organisation)).map((one) => [one.client, one]));
  const from = new Date(now);
  from.setUTCFullYear(from.getUTCFullYear() - yearsKept);
  const found: RegisterEntry[] = [];
  for (const row of await carePlansSigned(db)) {
    const { plan } = row;
    const client = clients.get(plan.facts.client);
    if (!client || (plan.name !== 'in-force' && plan.name !== 'ended') || plan.since === undefined) continue;
    if (plan.name === 'ended' && plan.at < from.getTime()) continue;
    const units = plan.signed?.units.map(({ unit }) => unit) ?? [];
    const places = (await unitsOfClient(db, client.alias)).flatMap(({ unit, place }) =>
      place && units.includes(unit) ? [place] : [],
    );
    found.push({
      organisation,
      alias: client.alias,
      reference: (await newestDecision(db, client.client))?.reference ?? '',
      edition: plan.facts.edition,
      purpose: formOf(sealer, row)?.product ?? 'erased',
      units,
      places,
      begun: printInstant(plan.since),
      ...(plan.name === 'ended' && { ended: printInstant(plan.at), why: plan.why }),
    });
  }
  return found;
}

const heads = [
  'organisation',
  'alias',
  'reference',
  'edition',
  'purpose',
  'units',
  'places',
  'begun',
  'ended',
  'why',
] as const satisfies readonly (keyof RegisterEntry)[];

export async function* registerCsv(entries: readonly RegisterEntry[]): AsyncGenerator<string, void> {
  yield `${heads.join(',')}\r\n`;
  for (const entry of entries) yield csvRow(heads.map((head) => textOf(entry[head])));
}

const textOf = (value: string | number | readonly string[] | undefined): string =>
  Array.isArray(value) ? value.join(' ') : String(value ?? '');
