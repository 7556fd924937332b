/** Finds out who asks for a look: the console's signature, the municipality's voucher, and the key this operator came with before. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { consoleSaidSo } from '@nattfrid/shared/seal/console-proof';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { openVoucher } from '@nattfrid/shared/seal/voucher';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { ConsoleProof } from '@nattfrid/shared/wire/console-proof';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import type { ConsolesTable } from '../store/consoles-table.ts';
import type { Asker } from './asker.ts';

/** Clocks differ; a call that was kept back for longer is not the operator's wish any more. */
export const longestUnderWay: Duration = minutes(15);
/** A look's key belongs to one look: so many are remembered. */
const remembered = 256;

/** A call, or a colleague's joining for the reason of the look that is open. */
export type Asking = Omit<LookCall, 'until'>;
export type AskWho = (call: Asking, at: Instant) => Promise<Asker>;

/** @param municipality its public key, as given when the unit was paired */
export function asker({
  unit,
  municipality,
  consoles,
}: {
  readonly unit: UnitId;
  readonly municipality: Uint8Array<ArrayBuffer>;
  readonly consoles: Pick<ConsolesTable, 'find'>;
}): AskWho {
  /** The look's key > the look it came for: the same asking under another name is somebody else's. */
  const used = new Map<string, string>();
  return async (call, at) => {
    const { console: proof, operator, operatorKey, look } = call;
    const known = consoles.find(operator);
    if (!proof) return known === undefined ? { by: 'nothing' } : { by: 'refused', why: 'key-changed' };
    const fresh = Math.abs(at - parseInstant(proof.at)) <= longestUnderWay && (used.get(operatorKey) ?? look) === look;
    const meant = proof.look === undefined || proof.look === look;
    if (!fresh || !meant || !(await consoleSaidSo({ unit, ...call }, proof)))
      return { by: 'refused', why: 'console-proof-wrong' };
    used.set(operatorKey, look);
    if (used.size > remembered) used.delete(used.keys().next().value ?? '');
    if (await vouched(proof, municipality, at)) return { by: 'voucher' };
    if (known === proof.key) return { by: 'pin' };
    if (known !== undefined) return { by: 'refused', why: 'key-changed' };
    return { by: 'first-sight', key: proof.key, fingerprint: await fingerprint(fromBase64Url(proof.key)) };
  };
}

async function vouched(
  { key, voucher }: ConsoleProof,
  municipality: Uint8Array<ArrayBuffer>,
  at: Instant,
): Promise<boolean> {
  if (!voucher) return false;
  const said = await openVoucher(voucher, municipality);
  if (said instanceof Fault || said.console !== key) return false;
  return parseInstant(said.validFrom) <= at && at < parseInstant(said.validUntil);
}
