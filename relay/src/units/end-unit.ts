/**
 * A unit is taken out, gets a new token, or is exchanged for another one under its name and place. Each is written in the audit log in the
 * transaction that does it; a relay that runs notices within a second or two and cuts whoever has come in with the old credential.
 */
import { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { Base64Url, fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Audit, AuditWhat } from '../audit/audit.ts';
import type { Store, Tx } from '../store/database.ts';
import { deleteHalts, haltsNotTaken } from '../store/halts-table.ts';
import { deletePlans, newestPlan, plansNotTaken } from '../store/plans-table.ts';
import { deleteRooms, roomsNotInUse } from '../store/rooms-table.ts';
import { forgetServed } from '../store/serve-table.ts';
import { forgetHoursOf } from '../store/unit-hours-table.ts';
import { deleteUnit, exchangeUnit, findUnit, type UnitRow, updateToken } from '../store/units-table.ts';
import { makeToken } from './token.ts';

interface EndParts {
  readonly store: Store;
  readonly audit: Audit;
}

/** Who does it, in the audit log. */
interface By {
  readonly name: string;
  readonly id?: string;
}

/** @returns the new token, this once: the old one opens nothing from now on */
export async function newToken(parts: EndParts, by: By, given: string): Promise<{ readonly token: string } | Fault> {
  const known = UnitId.safeParse(given);
  if (known.success && (await findUnit(parts.store.db, known.data))?.isPaired)
    return new Fault(
      'not-now',
      `${given} was paired by its label: it has a certificate, and no token opens anything for it.`,
    );
  const { token, stored } = makeToken();
  const fault = await change(parts, by, given, 'unit-token-made', ({ db }, { unit }) => updateToken(db, unit, stored));
  return fault ?? { token };
}

/** Its alarms and looks stay as they are, for a person to close. */
export function removeUnit(parts: EndParts, by: By, given: string): Promise<Fault | undefined> {
  return change(parts, by, given, 'unit-removed', takeOut);
}

/** Nothing of it opens anything from now on, and nothing is kept for it. */
export async function takeOut({ db }: Tx, { unit }: Pick<UnitRow, 'unit'>): Promise<void> {
  await deleteHalts(db, unit);
  await deletePlans(db, unit);
  await deleteRooms(db, unit);
  await forgetServed(db, unit);
  await forgetHoursOf(db, unit);
  await deleteUnit(db, unit);
}

/**
 * Another unit takes its name, home and place, with a key and a token of its own. Its plan goes if it names the old key: the municipality
 * signs a new one. Plan and room are sent to it as if they were new.
 */
export async function replaceUnit(
  parts: EndParts,
  by: By,
  given: string,
  key: string,
): Promise<{ readonly token: string; readonly planGone: boolean } | Fault> {
  const publicKey = Base64Url.length(43).safeParse(key);
  if (!publicKey.success) return new Fault('request-invalid', 'The key must be Ed25519, 32 bytes in base64url.');
  const { token, stored } = makeToken();
  let planGone = false;
  const fault = await change(parts, by, given, 'unit-replaced', async ({ db }, { unit }) => {
    await exchangeUnit(db, unit, publicKey.data, stored);
    // What the other one said of itself is not so of this one.
    await forgetServed(db, unit);
    const plan = await newestPlan(db, unit);
    planGone = plan !== undefined && namesOtherKey(plan.letter.body, publicKey.data);
    if (planGone) await deletePlans(db, unit);
    else await plansNotTaken(db, unit);
    await roomsNotInUse(db, unit);
    // What was stopped stays so: the new one is told as soon as it is here.
    await haltsNotTaken(db, unit);
  });
  return fault ?? { token, planGone };
}

async function change(
  { store, audit }: EndParts,
  by: By,
  given: string,
  what: AuditWhat,
  deed: (tx: Tx, row: UnitRow) => Promise<void>,
): Promise<Fault | undefined> {
  const unit = UnitId.safeParse(given);
  return store.write(async (tx) => {
    const row = unit.success ? await findUnit(tx.db, unit.data) : undefined;
    if (!row) return new Fault('not-found', `There is no unit ${given}.`);
    await audit.append(tx, by.name, what, row.unit, { client: row.client, ...(by.id && { operator: by.id }) });
    await deed(tx, row);
    return undefined;
  });
}

function namesOtherKey(body: string, key: string): boolean {
  const plan: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(body)));
  const named = typeof plan === 'object' && plan !== null && 'unitKey' in plan ? plan.unitKey : undefined;
  return named !== undefined && named !== key;
}
