/** Finds out who asks for a look: the console's signature, the municipality's voucher, a colleague's word, and the keys this operator came with before. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { consoleSaidSo } from '@nattfrid/shared/seal/console-proof';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { vouchesFor } from '@nattfrid/shared/seal/voucher';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { ConsoleProof } from '@nattfrid/shared/wire/console-proof';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import type { ConsolesTable, KnownConsole } from '../store/consoles-table.ts';
import type { Asker } from './asker.ts';
import { isLive, type TrustedConsoles } from './trusted-consoles.ts';

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
  trusted,
}: {
  readonly unit: UnitId;
  readonly municipality: Uint8Array<ArrayBuffer>;
  readonly consoles: Pick<ConsolesTable, 'of'>;
  readonly trusted: Pick<TrustedConsoles, 'wordFor'>;
}): AskWho {
  /** The look's key > the look it came for: the same asking under another name is somebody else's. */
  const used = new Map<string, string>();

  async function whose({ operator }: Asking, proof: ConsoleProof, at: Instant): Promise<Asker> {
    const { key } = proof;
    const rows = consoles.of(operator);
    const known = rows.find((one) => one.key === key);
    const withdrawn = known?.withdrawnAt !== undefined;
    // What the municipality has signed for, only a console that it has signed for can withdraw.
    if (!(withdrawn && known.vouched) && (await vouchesFor(proof.voucher, key, municipality, at)))
      return { by: 'voucher' };
    const word = await trusted.wordFor(operator, proof, at);
    if (known && isLive(known, at) && (stillVouched(known, at) || !word?.vouched))
      return known.how === 'first-sight' && !stillVouched(known, at)
        ? { by: 'pin' }
        : { by: 'confirmed', vouched: stillVouched(known, at) };
    const figures = () => fingerprint(fromBase64Url(key));
    if (word)
      return {
        by: 'confirmed',
        vouched: word.vouched,
        fresh: { key, fingerprint: await figures(), confirmed: word },
      };
    // Whoever has been known here by any key does not begin anew, also when all of them have been withdrawn.
    if (known || rows.some(({ how }) => how !== 'withdrawn')) return { by: 'refused', why: 'key-changed' };
    return { by: 'first-sight', key, fingerprint: await figures() };
  }

  return async (call, at) => {
    const { console: proof, operator, operatorKey, look } = call;
    if (!proof)
      return consoles.of(operator).some(({ how }) => how !== 'withdrawn')
        ? { by: 'refused', why: 'key-changed' }
        : { by: 'nothing' };
    const fresh = Math.abs(at - parseInstant(proof.at)) <= longestUnderWay && (used.get(operatorKey) ?? look) === look;
    const meant = proof.look === undefined || proof.look === look;
    if (!fresh || !meant || !(await consoleSaidSo({ unit, ...call }, proof)))
      return { by: 'refused', why: 'console-proof-wrong' };
    used.set(operatorKey, look);
    if (used.size > remembered) used.delete(used.keys().next().value ?? '');
    return whose(call, proof, at);
  };
}

const stillVouched = ({ vouched, until }: KnownConsole, at: Instant): boolean =>
  vouched && until !== undefined && at < until;
