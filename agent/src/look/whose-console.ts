/** Finds out whose console has signed: the municipality's voucher, a colleague's word, and the keys this operator came with before. */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { vouchesFor } from '@nattfrid/shared/seal/voucher';
import type { Instant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { ConsoleProof } from '@nattfrid/shared/wire/console-proof';
import type { ConsolesTable, KnownConsole } from '../store/consoles-table.ts';
import type { Asker } from './asker.ts';
import { isLive, type TrustedConsoles } from './trusted-consoles.ts';

/** What goes along with a signature of a console. */
export type Named = Pick<ConsoleProof, 'key' | 'voucher' | 'confirmation'>;
/** @param proof of which the signature has been verified; undefined: it does not sign */
export type WhoseConsole = (operator: OperatorAlias, proof: Named | undefined, at: Instant) => Promise<Asker>;

/** @param municipality its public key now */
export function whoseConsole({
  municipality,
  consoles,
  trusted,
}: {
  readonly municipality: { readonly current: Uint8Array<ArrayBuffer> };
  readonly consoles: Pick<ConsolesTable, 'of'>;
  readonly trusted: Pick<TrustedConsoles, 'wordFor'>;
}): WhoseConsole {
  return async (operator, proof, at) => {
    const rows = consoles.of(operator);
    // Whoever has been known here by any key does not begin anew, also when all of them have been withdrawn.
    const came = rows.some(({ how }) => how !== 'withdrawn');
    if (!proof) return came ? { by: 'refused', why: 'key-changed' } : { by: 'nothing' };
    const { key } = proof;
    const known = rows.find((one) => one.key === key);
    const withdrawn = known?.withdrawnAt !== undefined;
    // What the municipality has signed for, only a console that it has signed for can withdraw.
    if (!(withdrawn && known.vouched) && (await vouchesFor(proof.voucher, key, municipality.current, at)))
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
    if (known || came) return { by: 'refused', why: 'key-changed' };
    return { by: 'first-sight', key, fingerprint: await figures() };
  };
}

const stillVouched = ({ vouched, until }: KnownConsole, at: Instant): boolean =>
  vouched && until !== undefined && at < until;
