/**
 * Whether a wipe, or the choice of another camera, was asked for on a console that the municipality vouches for: itself, or by the word of
 * one that it vouches for. A console that is only known by sight does not do: the relay could have made up whose it is.
 */
import type { OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { callSaidSo, type SignedCall } from '@nattfrid/shared/seal/call-proof';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { vouchesFor } from '@nattfrid/shared/seal/voucher';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { CallProof } from '@nattfrid/shared/wire/console-proof';
import type { ConsolesTable } from '../store/consoles-table.ts';
import { longestUnderWay } from './ask-who.ts';
import { unwelcome } from './asker.ts';
import type { WhoseConsole } from './whose-console.ts';

export type CallSigned =
  | {
      readonly type: 'signed';
      /** For the log. */
      readonly fingerprint: string;
      /** From here on this word serves no second time. @returns false: it has served meanwhile @throws where it cannot be written down */
      readonly use: () => boolean;
    }
  | { readonly type: 'refused'; readonly why: 'not-vouched' | 'signature-wrong' };

/** What was done of late, kept over a start. */
export interface UsedCalls {
  readonly all: () => readonly string[];
  readonly keep: (all: readonly string[]) => void;
}

/** None is taken after a quarter of an hour, and nobody asks for so many within that. */
const remembered = 64;

/** @param municipality its public key now @param consoles which keys are known here, and what colleagues have signed of them */
export function callSigned(parts: {
  readonly unit: UnitId;
  readonly municipality: { readonly current: Uint8Array<ArrayBuffer> };
  readonly consoles: Pick<ConsolesTable, 'withKey' | 'confirmations'>;
  readonly whose: WhoseConsole;
  readonly used: UsedCalls;
}): (call: SignedCall, proof: CallProof, at: Instant) => Promise<CallSigned> {
  const { unit, municipality, consoles, whose, used } = parts;

  async function isVouchedFor(proof: CallProof, at: Instant): Promise<boolean> {
    const { key, voucher, confirmation } = proof;
    const rows = consoles.withKey(key);
    // The relay could name another person than the one whose console it no longer is: the key itself is out.
    if (rows.some(({ withdrawnAt, vouched }) => withdrawnAt !== undefined && vouched)) return false;
    if (await vouchesFor(voucher, key, municipality.current, at)) return true;
    const listed = consoles.confirmations().filter(({ console }) => console === key);
    const people = new Set<OperatorAlias>(
      [...rows, ...listed, ...(confirmation ? [confirmation] : [])].map(({ operator }) => operator),
    );
    for (const operator of people) {
      if (unwelcome(await whose(operator, { key, ...(confirmation && { confirmation }) }, at), 'vouched') === undefined)
        return true;
    }
    return false;
  }

  return async (call, proof, at) => {
    const isFresh = Math.abs(at - parseInstant(proof.at)) <= longestUnderWay;
    if (!isFresh || !(await callSaidSo({ unit, call }, proof))) return { type: 'refused', why: 'signature-wrong' };
    if (!(await isVouchedFor(proof, at))) return { type: 'refused', why: 'not-vouched' };
    return {
      type: 'signed',
      fingerprint: await fingerprint(fromBase64Url(proof.key)),
      use() {
        const all = used.all();
        if (all.includes(proof.nonce)) return false;
        used.keep([...all, proof.nonce].slice(-remembered));
        return true;
      },
    };
  };
}
